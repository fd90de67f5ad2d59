// Package fakeslack is a Slack workspace in one process, because nobody can test against the real
// one a thousand times a day or ask it to fail. It keeps Slack's rules and limits as strictly as
// they are known, so that what it takes may be expected to work there too.
package fakeslack
