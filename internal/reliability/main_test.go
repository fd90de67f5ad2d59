//go:build linux

package reliability_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"passdesk/internal/store/postgrestest"
)

var (
	roundsFlag = flag.Int("rounds", 0, "how often each fault is repeated; 0: so often that all tests take less than a minute")
	forFlag    = flag.Duration("for", 0, "how long load without faults goes on; 0: about a second")
	slackFlag  = flag.Float64("slack", 0, "how many times as long as promised things may take; 0: times are only reported, since the machine may have other work")
	binaryFlag = flag.String("binary", "", "the program to torment instead of building it")
)

// cluster is the PostgreSQL server of all tests that do no harm to it.
var cluster = postgrestest.New(os.Getenv)

func TestMain(m *testing.M) {
	flag.Parse()
	if testing.Short() {
		fmt.Println("reliability: not tried with -short; the race detector sees nothing of another process anyway")
		os.Exit(0)
	}
	if !given("test.parallel") {
		_ = flag.Set("test.parallel", "4") // most tests wait for other processes most of the time; the flag is there
	}
	goleak.VerifyTestMain(m, goleak.Cleanup(func(code int) {
		if err := errors.Join(cluster.Stop(), removeBuilt()); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = max(code, 1)
		}
		os.Exit(code)
	}), goleak.IgnoreAnyFunction("os/exec.(*Cmd).Wait")) // the database lives as long as the tests
}

func given(name string) bool {
	found := false
	flag.Visit(func(f *flag.Flag) { found = found || f.Name == name })
	return found
}

// rounds is how often a fault is repeated.
func rounds(short int) int {
	if *roundsFlag > 0 {
		return *roundsFlag
	}
	return short
}

// lasting is how long load goes on.
func lasting(short time.Duration) time.Duration {
	if *forFlag > 0 {
		return *forFlag
	}
	return short
}

// promised reports how long something took, and an error if that is longer than -slack allows.
func promised(tb testing.TB, what string, took, promise time.Duration) {
	tb.Helper()
	tb.Logf("%s: %v (promised: %v)", what, took.Round(time.Millisecond), promise)
	limit := patience
	if *slackFlag > 0 {
		limit = time.Duration(float64(promise) * *slackFlag)
	}
	if took > limit {
		tb.Errorf("%s took %v, promised are %v, and %v would still pass", what, took, promise, limit)
	}
}

// built is the program, made from the tree as it is.
var built = sync.OnceValues(func() (string, error) {
	if *binaryFlag != "" {
		return filepath.Abs(*binaryFlag)
	}
	directory, err := os.MkdirTemp("", "passdesk-reliability-*")
	if err != nil {
		return "", err
	}
	builtIn = directory
	file := filepath.Join(directory, "passdesk")
	if out, err := exec.Command("go", "build", "-o", file, "passdesk/cmd/passdesk").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return file, nil
})

func program(tb testing.TB) string {
	tb.Helper()
	file, err := built()
	if err != nil {
		tb.Fatal(err)
	}
	return file
}

// builtIn is the directory of the program if one was built.
var builtIn string

func removeBuilt() error {
	if builtIn == "" {
		return nil
	}
	return os.RemoveAll(builtIn)
}
