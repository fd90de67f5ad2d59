//go:build linux

package reliability_test

import (
	"os/exec"
	"strings"
	"testing"
	"time"
)

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// eventually waits until something holds and returns how long that took.
func eventually(tb testing.TB, what string, holds func() bool) time.Duration {
	tb.Helper()
	began := time.Now()
	for !holds() {
		if time.Since(began) > patience {
			tb.Fatalf("waited %v in vain: %s", patience, what)
		}
		time.Sleep(2 * time.Millisecond) // between two looks
	}
	return time.Since(began)
}

// run runs a command of the system that must succeed.
func run(tb testing.TB, name string, arguments ...string) {
	tb.Helper()
	if out, err := exec.Command(name, arguments...).CombinedOutput(); err != nil {
		tb.Fatalf("%s %s: %v: %s", name, strings.Join(arguments, " "), err, out)
	}
}
