package sqlstore_test

import (
	"context"
	"database/sql"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"passdesk/internal/store"
	"passdesk/internal/store/sqlstore"
)

// committers are how many commit at the same time.
func committers() []int { return []int{1, 32} }

// BenchmarkCommit keeps turns with a reply of 600 bytes, one in five with work, ten to a conversation.
func BenchmarkCommit(b *testing.B) {
	for name, open := range openers() {
		for _, n := range committers() {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				s := open(b)
				defer closeStore(b, s)
				parallel(b, n, func(me int) func() error {
					sequence, talk := int64(0), 0
					return func() error {
						if sequence++; sequence > 10 {
							sequence, talk = 1, talk+1
						}
						turn := benchTurn(b, fmt.Sprintf("%d/%d", me, talk), sequence)
						if sequence%5 == 0 {
							return s.Commit(context.Background(), turn, `{"dialogue":{}}`, newWork(turn))
						}
						return s.Commit(context.Background(), turn, `{"dialogue":{}}`)
					}
				})
			})
		}
	}
}

func benchTurn(tb testing.TB, conversation string, sequence int64) store.Turn {
	turn := newTurn(tb, conversation, sequence, "VPN\u306E\u30D1\u30B9\u30EF\u30FC\u30C9\u304C\u308F\u304B\u308A\u307E\u305B\u3093")
	turn.Reply = strings.Repeat("r", 600)
	return turn
}

// parallel divides b.N among n workers.
func parallel(b *testing.B, n int, worker func(me int) func() error) {
	b.Helper()
	var next, me atomic.Int64
	b.SetParallelism((n + runtime.GOMAXPROCS(0) - 1) / runtime.GOMAXPROCS(0))
	if n == 1 {
		do := worker(0)
		for b.Loop() {
			if err := do(); err != nil {
				b.Fatal(err)
			}
		}
	} else {
		b.RunParallel(func(p *testing.PB) {
			do := worker(int(me.Add(1)))
			for p.Next() {
				next.Add(1)
				if err := do(); err != nil {
					b.Error(err)
				}
			}
		})
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "turns/s")
}

// BenchmarkFloor inserts the same rows by bare statements: one transaction for each turn, and for
// SQLite also for every 64 turns, which no store can do without waiting for them.
func BenchmarkFloor(b *testing.B) {
	b.Run("SQLite/1", func(b *testing.B) { floorSQLite(b, 1) })
	b.Run("SQLite/64 a transaction", func(b *testing.B) { floorSQLite(b, 64) })
	for _, n := range committers() {
		b.Run(fmt.Sprintf("PostgreSQL/%d", n), func(b *testing.B) { floorPostgres(b, n) })
	}
}

const (
	floorConversation = `INSERT INTO conversations VALUES ($1, 'web', 1, '{}', 1, 1) ON CONFLICT (id) DO UPDATE SET version = $2, updated = $2`
	floorTurn         = `INSERT INTO turns VALUES ($1, $2, $3, 'web', 1, $4, '', $5, 'v1')`
)

func floorSQLite(b *testing.B, group int) {
	file := newFile(b)
	closeStore(b, openSQLite(b, file, sqlstore.Options{}))
	database, err := sql.Open("sqlite", file+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		b.Fatal(err)
	}
	defer closing(b, database)
	database.SetMaxOpenConns(1)
	run := func(s *sql.Stmt, arguments ...any) {
		if _, err := s.Exec(arguments...); err != nil {
			b.Fatal(err)
		}
	}
	prepare := func(text string) *sql.Stmt {
		s, err := database.Prepare(text)
		if err != nil {
			b.Fatal(err)
		}
		return s
	}
	begin, conversation, turn, end := prepare(`BEGIN IMMEDIATE`), prepare(floorConversation), prepare(floorTurn), prepare(`COMMIT`)
	n := 0
	for b.Loop() {
		if n%group == 0 {
			run(begin)
		}
		t := benchTurn(b, fmt.Sprint("c", n/10), int64(n%10+1))
		run(conversation, t.Conversation, t.Sequence)
		run(turn, t.Conversation, t.Sequence, t.Message, t.Said.String(), t.Reply)
		if n++; n%group == 0 {
			run(end)
		}
	}
	if n%group != 0 {
		run(end)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "turns/s")
}

func floorPostgres(b *testing.B, n int) {
	url := cluster.Database(b)
	closeStore(b, openPostgres(b, url, sqlstore.Options{}))
	pool, err := pgxpool.New(context.Background(), url+"&pool_max_conns=8")
	if err != nil {
		b.Fatal(err)
	}
	defer pool.Close()
	parallel(b, n, func(me int) func() error {
		i := 0
		return func() error {
			t := benchTurn(b, fmt.Sprintf("%d/%d", me, i/10), int64(i%10+1))
			i++
			batch := &pgx.Batch{}
			batch.Queue(floorConversation, t.Conversation, t.Sequence)
			batch.Queue(floorTurn, t.Conversation, t.Sequence, t.Message, t.Said.String(), t.Reply)
			return pool.SendBatch(context.Background(), batch).Close()
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	for name, open := range openers() {
		b.Run(name, func(b *testing.B) {
			s := open(b)
			defer closeStore(b, s)
			commit(b, s, benchTurn(b, "c", 1))
			for b.Loop() {
				if _, _, err := s.Load(b.Context(), "c", "m1"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
