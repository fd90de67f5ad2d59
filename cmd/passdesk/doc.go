// Passdesk answers one question for Intego's customers: which password is being asked for, and
// how do I get back in?
package main
