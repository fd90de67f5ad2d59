// Package postgrestest runs a PostgreSQL server for tests, in a temporary directory and from the
// binaries that are installed.
// It exists so that what is promised of PostgreSQL is tried on PostgreSQL, its sudden death included,
// without a server that somebody has to set up.
package postgrestest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// patience is how long a server may take to start.
const patience = time.Minute

// Cluster is a server with its directory. One is enough for the tests of a package: every test takes
// a database of its own.
type Cluster struct {
	getenv   func(string) string
	settings []string

	mutex     sync.Mutex
	binaries  string
	directory string
	port      int
	databases int
	server    *exec.Cmd     // nil when it does not run
	ended     chan struct{} // closed when the server has ended
}

// New describes a server, which starts when the first test asks for a database. Of the environment,
// usually os.Getenv, it reads CI: there a missing server is an error, elsewhere a skipped test.
// Settings are like "fsync=off". TestMain must call Stop.
func New(getenv func(string) string, settings ...string) *Cluster {
	return &Cluster{getenv: getenv, settings: settings}
}

// Database makes a new database and returns its URL. It skips the test where no PostgreSQL is
// installed.
func (c *Cluster) Database(tb testing.TB) string {
	tb.Helper()
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.binaries == "" {
		c.prepare(tb)
	}
	if c.server == nil {
		check(tb, c.start())
	}
	c.databases++
	name := fmt.Sprintf("test%d", c.databases)
	check(tb, c.execute("CREATE DATABASE "+name))
	return c.url(name)
}

// Address is where the server listens, for tests that put something between.
func (c *Cluster) Address() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(c.port)) }

func (c *Cluster) url(database string) string {
	return fmt.Sprintf("postgres://postgres@%s/%s?sslmode=disable", c.Address(), database)
}

func check(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatalf("PostgreSQL for tests: %v", err)
	}
}

// prepare makes the files of a server.
func (c *Cluster) prepare(tb testing.TB) {
	tb.Helper()
	binaries, ok := find()
	if !ok && c.getenv("CI") != "" {
		tb.Fatal("no PostgreSQL is installed, but CI must try it")
	} else if !ok {
		tb.Skip("no PostgreSQL is installed (initdb is neither in PATH nor in /usr/lib/postgresql/*/bin)")
	}
	directory, err := os.MkdirTemp("", "passdesk-postgres-*")
	check(tb, err)
	check(tb, own(directory))
	c.binaries, c.directory = binaries, directory
	if err := c.initialise("--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US"); err != nil {
		check(tb, errors.Join(os.RemoveAll(c.data()), c.initialise("--locale=C"))) // older, or built without languages
	}
	c.port, err = freePort()
	check(tb, err)
}

// find looks for the newest server that is installed.
func find() (directory string, ok bool) {
	if found, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(found), true
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", false
	}
	slices.SortFunc(found, func(a, b string) int { return version(a) - version(b) })
	return filepath.Dir(found[len(found)-1]), true
}

func version(initdb string) int {
	number, err := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(initdb))))
	if err != nil {
		return 0
	}
	return number
}

func (c *Cluster) data() string { return filepath.Join(c.directory, "data") }

func (c *Cluster) initialise(options ...string) error {
	arguments := append([]string{"--pgdata=" + c.data(), "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"}, options...)
	command := exec.Command(filepath.Join(c.binaries, "initdb"), arguments...)
	command.Dir = c.directory
	if err := detach(command); err != nil {
		return err
	}
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, strings.TrimSpace(string(out)))
	}
	return nil
}

func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	port := listener.Addr().(*net.TCPAddr).Port
	return port, listener.Close()
}

// execute runs a statement in the database that every server has.
func (c *Cluster) execute(statement string) (err error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	connection, err := pgx.Connect(ctx, c.url("postgres"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, connection.Close(ctx)) }()
	_, err = connection.Exec(ctx, statement)
	return err
}
