package sqlstore_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"passdesk/internal/store"
	"passdesk/internal/store/postgrestest"
	"passdesk/internal/store/sqlstore"
)

// own is a server that a test may treat badly.
func own(t *testing.T, settings ...string) *postgrestest.Cluster {
	t.Helper()
	c := postgrestest.New(os.Getenv, settings...)
	t.Cleanup(func() {
		if err := c.Stop(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// ask runs a statement behind the store's back.
func ask(t *testing.T, database, text string, targets ...any) {
	t.Helper()
	connection, err := pgx.Connect(context.Background(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := connection.Close(context.Background()); err != nil {
			t.Error(err)
		}
	}()
	if len(targets) == 0 {
		_, err = connection.Exec(context.Background(), text)
	} else {
		err = connection.QueryRow(context.Background(), text).Scan(targets...)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestReplicasStartTogether(t *testing.T) {
	for range 5 {
		database := cluster.Database(t)
		var group sync.WaitGroup
		for range 6 {
			group.Go(func() {
				s, err := sqlstore.OpenPostgres(context.Background(), database, sqlstore.Options{})
				if err != nil {
					t.Error(err)
					return
				}
				closeStore(t, s)
			})
		}
		group.Wait()
		var versions, distinct int
		ask(t, database, `SELECT COUNT(*), COUNT(DISTINCT version_id) FROM goose_db_version`, &versions, &distinct)
		if versions != distinct || versions < 3 {
			t.Errorf("%d versions were noted, %d different ones", versions, distinct)
		}
	}
}

func TestUnsafeServer(t *testing.T) {
	for _, setting := range []string{"fsync=off", "synchronous_commit=off"} {
		t.Run(setting, func(t *testing.T) {
			database := own(t, setting).Database(t)
			_, err := sqlstore.OpenPostgres(t.Context(), database, sqlstore.Options{})
			if err == nil || !strings.Contains(err.Error(), setting) || strings.Contains(err.Error(), "\n") {
				t.Errorf("OpenPostgres: %v", err)
			}
			closeStore(t, openPostgres(t, database, sqlstore.Options{AllowUnsafe: true}))
		})
	}
}

func TestNewerServer(t *testing.T) {
	database := cluster.Database(t)
	closeStore(t, openPostgres(t, database, sqlstore.Options{}))
	ask(t, database, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, true)`)
	if _, err := sqlstore.OpenPostgres(t.Context(), database, sqlstore.Options{}); err == nil || !strings.Contains(err.Error(), "newer version") {
		t.Errorf("OpenPostgres: %v", err)
	}
}

func TestPasswordStaysSecret(t *testing.T) {
	const secret = "hunter2-secret"
	good, err := url.Parse(cluster.Database(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, database := range map[string]string{
		"nobody listens": "postgres://me:" + secret + "@127.0.0.1:1/x", "not an address": "postgres://me:" + secret + "@127.0.0.1:port/x",
		"no such database": "postgres://postgres:" + secret + "@" + good.Host + "/none", "words": "host=127.0.0.1 password=" + secret + " port=x",
		"bad escape": "postgres://me:%zz" + secret + "@h/x", "no such user": "postgres://me:" + secret + "@" + good.Host + "/x",
	} {
		_, err := sqlstore.OpenPostgres(t.Context(), database, sqlstore.Options{})
		if err == nil || strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, err), secret) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestRefusedRowsAreNotLogged: the server notes what it refuses; customer text must not be among it.
func TestRefusedRowsAreNotLogged(t *testing.T) {
	c := own(t)
	s := openPostgres(t, c.Database(t), sqlstore.Options{})
	defer closeStore(t, s)
	commit(t, s, newTurn(t, "c", 1, "CANARY"))
	for _, turn := range []store.Turn{newTurn(t, "c", 1, "CANARY"), newTurn(t, "c", 2, "CANARY"), newTurn(t, "c", 7, "CANARY"), newTurn(t, "none", 2, "CANARY")} {
		turn.Message = "m1"
		if err := s.Commit(t.Context(), turn, "{}"); !errors.Is(err, store.ErrConflict) || strings.Contains(err.Error(), "CANARY") {
			t.Errorf("Commit: %v", err)
		}
	}
	log := c.Log()
	if strings.Contains(log, "CANARY") || !strings.Contains(log, "violates") {
		t.Errorf("the server's log:\n%s", log)
	}
}

// TestServerDies kills, restarts and pauses the server while a store is being used.
func TestServerDies(t *testing.T) {
	c := own(t)
	s := openPostgres(t, c.Database(t), sqlstore.Options{})
	defer closeStore(t, s)
	commit(t, s, newTurn(t, "c", 1, "hello"))
	sequence := int64(2)
	next := func() error {
		ctx, cancel := context.WithTimeout(context.Background(), 40*time.Second)
		defer cancel()
		return s.Commit(ctx, newTurn(t, "c", sequence, "hello"), "{}")
	}
	c.Kill(t)
	if err := next(); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("while it is dead: %v", err)
	}
	c.Restart(t)
	recovered(t, next)
	sequence++
	c.Pause(t)
	began := time.Now()
	if err := next(); !errors.Is(err, store.ErrUnavailable) || errors.Is(err, context.DeadlineExceeded) || time.Since(began) > 30*time.Second {
		t.Errorf("while it hangs: %v after %v", err, time.Since(began))
	}
	c.Continue(t)
	recovered(t, next)
	if turns, err := s.Turns(t.Context(), "c", 0, 10); err != nil || len(turns) != 3 {
		t.Errorf("%d turns, %v", len(turns), err)
	}
}

// recovered tries until the store is well again, as the desk's callers do. That the turn is there
// already is fine: nobody knew.
func recovered(t *testing.T, commit func() error) {
	t.Helper()
	var err error
	for began := time.Now(); time.Since(began) < 30*time.Second; time.Sleep(50 * time.Millisecond) {
		if err = commit(); err == nil || errors.Is(err, store.ErrConflict) {
			return
		}
	}
	t.Fatalf("after 30 s: %v", err)
}

func TestStandBy(t *testing.T) {
	database := cluster.Database(t)
	s := openPostgres(t, database, sqlstore.Options{})
	defer closeStore(t, s)
	name := database[strings.LastIndex(database, "/")+1 : strings.Index(database, "?")]
	ask(t, database, `ALTER DATABASE `+name+` SET default_transaction_read_only = on`)
	ask(t, database, `SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'passdesk'`, new(int))
	var err error
	for range 20 { // connections that were cut off come first
		if err = s.Commit(t.Context(), newTurn(t, "c", 1, "hello"), "{}"); !errors.Is(err, store.ErrUnavailable) {
			t.Fatalf("Commit: %v", err)
		}
	}
	if !strings.Contains(err.Error(), "25006") {
		t.Errorf("Commit: %v", err)
	}
	ask(t, database+"&default_transaction_read_only=off", `ALTER DATABASE `+name+` SET default_transaction_read_only = off`)
	recovered(t, func() error { return s.Commit(t.Context(), newTurn(t, "c", 1, "hello"), "{}") })
}

// TestSerializable: servers that put all transactions into one order say 40001 now and then.
func TestSerializable(t *testing.T) {
	c := own(t, "default_transaction_isolation=serializable")
	s := openPostgres(t, c.Database(t), sqlstore.Options{Connections: 16})
	defer closeStore(t, s)
	var group sync.WaitGroup
	for writer := range 16 {
		group.Go(func() {
			for sequence := int64(1); sequence <= 20; sequence++ {
				turn := newTurn(t, fmt.Sprint("c", writer), sequence, "hello")
				err := store.ErrConflict
				for try := 0; try < 20 && errors.Is(err, store.ErrConflict); try++ { // as the desk does
					err = s.Commit(context.Background(), turn, "{}", newWork(turn))
				}
				if err != nil {
					t.Errorf("Commit: %v", err)
				}
				now, err := s.Now(context.Background())
				if err == nil {
					_, err = s.Claim(context.Background(), fmt.Sprint("w", writer), now, time.Minute, 2)
				}
				if err != nil && !errors.Is(err, store.ErrConflict) {
					t.Errorf("Claim: %v", err)
				}
			}
		})
	}
	group.Wait()
	t.Logf("the server said 40001 %d times", strings.Count(c.Log(), "could not serialize"))
}

// TestWaitingForOthers holds rows in a transaction of somebody else, so that what races hit only now
// and then happens every time: a statement waits for a row, which then is another than it was.
func TestWaitingForOthers(t *testing.T) {
	tests := map[string]struct {
		others []string
		do     func(*testing.T, *sqlstore.Store) error
		want   error
	}{
		"a turn of the same version": {
			[]string{`UPDATE conversations SET version = 3`, `INSERT INTO turns SELECT conversation, 3, 'x', channel, at, said, pressed, reply, content FROM turns WHERE sequence = 2`},
			func(t *testing.T, s *sqlstore.Store) error {
				return s.Commit(t.Context(), newTurn(t, "c", 3, "hello"), "{}")
			}, store.ErrConflict,
		},
		"forgotten": {
			[]string{`DELETE FROM conversations`},
			func(t *testing.T, s *sqlstore.Store) error {
				return s.Commit(t.Context(), newTurn(t, "c", 3, "hello"), "{}")
			}, store.ErrConflict,
		},
		"forgotten and begun anew": {
			[]string{`DELETE FROM conversations`, `INSERT INTO conversations VALUES ('c', 'web', 1, '{}', 1, 1)`},
			func(t *testing.T, s *sqlstore.Store) error {
				return s.Commit(t.Context(), newTurn(t, "c", 3, "hello"), "{}")
			}, store.ErrConflict,
		},
		"claimed": {
			[]string{`UPDATE outbox SET owner = 'other', tries = tries + 1, lease = CAST(EXTRACT(EPOCH FROM now() + interval '1 hour') * 1000000 AS BIGINT)`},
			func(t *testing.T, s *sqlstore.Store) error {
				now, err := s.Now(t.Context())
				if err != nil {
					return err
				}
				jobs, err := s.Claim(t.Context(), "me", now, time.Minute, 10)
				if len(jobs) != 0 {
					t.Errorf("claimed %+v", jobs)
				}
				return err
			}, nil,
		},
		"purged while it goes on": {
			[]string{`UPDATE outbox SET state = 'done'`, `UPDATE conversations SET version = 3`, `UPDATE outbox SET state = 'waiting'`},
			func(t *testing.T, s *sqlstore.Store) error {
				n, err := s.Purge(t.Context(), time.Now().Add(time.Hour), 10)
				if n != 0 {
					t.Errorf("purged %d", n)
				}
				return err
			}, nil,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			database := cluster.Database(t)
			s := openPostgres(t, database, sqlstore.Options{})
			defer closeStore(t, s)
			commit(t, s, newTurn(t, "c", 1, "hello"))
			second := newTurn(t, "c", 2, "hello")
			commit(t, s, second, newWork(second))
			if name == "purged while it goes on" {
				ask(t, database, `UPDATE outbox SET state = 'done'`)
			}
			release := hold(t, database, test.others)
			result := make(chan error)
			go func() { result <- test.do(t, s) }()
			select {
			case err := <-result:
				t.Fatalf("did not wait: %v", err)
			case <-time.After(200 * time.Millisecond):
			}
			release()
			if err := <-result; !errors.Is(err, test.want) {
				t.Errorf("error %v, want %v", err, test.want)
			}
		})
	}
}

// hold runs statements in a transaction that is committed later.
func hold(t *testing.T, database string, texts []string) (release func()) {
	t.Helper()
	connection, err := pgx.Connect(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	other, err := connection.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range texts {
		if _, err := other.Exec(t.Context(), text); err != nil {
			t.Fatal(err)
		}
	}
	return func() {
		t.Helper()
		if err := errors.Join(other.Commit(t.Context()), connection.Close(t.Context())); err != nil {
			t.Error(err)
		}
	}
}
