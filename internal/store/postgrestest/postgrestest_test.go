package postgrestest_test

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"passdesk/internal/store/postgrestest"
)

func ask(t *testing.T, url string) error {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	connection, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer func() {
		if err := connection.Close(ctx); err != nil {
			t.Error(err)
		}
	}()
	return connection.Ping(ctx)
}

func TestServerLivesAndDies(t *testing.T) {
	c := postgrestest.New(os.Getenv)
	defer func() {
		if err := c.Stop(); err != nil {
			t.Error(err)
		}
	}()
	first, second := c.Database(t), c.Database(t)
	if first == second || !strings.Contains(first, c.Address()) {
		t.Errorf("databases %q and %q at %s", first, second, c.Address())
	}
	steps := []struct {
		name    string
		do      func(testing.TB)
		answers bool
	}{
		{"start", func(testing.TB) {}, true},
		{"pause", c.Pause, false},
		{"continue", c.Continue, true},
		{"kill", c.Kill, false},
		{"restart after kill", c.Restart, true},
		{"restart", c.Restart, true},
	}
	for _, step := range steps {
		step.do(t)
		if err := ask(t, first); (err == nil) != step.answers {
			t.Fatalf("after %s: %v; answers %v", step.name, err, step.answers)
		}
	}
}

func TestSettings(t *testing.T) {
	c := postgrestest.New(os.Getenv, "synchronous_commit=off")
	defer func() {
		if err := c.Stop(); err != nil {
			t.Error(err)
		}
	}()
	connection, err := pgx.Connect(context.Background(), c.Database(t))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := connection.Close(context.Background()); err != nil {
			t.Error(err)
		}
	}()
	var value string
	if err := connection.QueryRow(context.Background(), "SHOW synchronous_commit").Scan(&value); err != nil || value != "off" {
		t.Errorf("synchronous_commit is %q, %v", value, err)
	}
}

func TestStopWithoutStart(t *testing.T) {
	if err := postgrestest.New(os.Getenv).Stop(); err != nil {
		t.Error(err)
	}
}
