// Package reliability torments `passdesk serve` from outside: it kills it, cuts the power of its disk,
// takes its database away, floods it and feeds it nonsense, and then looks for every message that was
// acknowledged. It has no code of its own, only tests. It exists because what is promised of a
// process that dies can be shown by a process only, not by its packages.
//
// Every test has a short form, so that all of them take less than a minute; -rounds and -for make
// them longer, and docs/reliability/run.sh does so. Results are in docs/reliability.md.
package reliability
