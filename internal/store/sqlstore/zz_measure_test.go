package sqlstore_test
import ("testing";"time";"os";"fmt";"path/filepath";"context";"passdesk/internal/store/sqlstore";"sync")
func TestMeasureRestore(t *testing.T) {
	file := newFile(t)
	s := openSQLite(t, file, sqlstore.Options{})
	var g sync.WaitGroup
	for w := range 32 { g.Go(func(){ for i := range 625 { for q := int64(1); q <= 10; q++ {
		turn := benchTurn(t, fmt.Sprintf("%d/%d", w, i), q)
		if q%5==0 { commit(t, s, turn, newWork(turn)) } else { commit(t, s, turn) } } } }) }
	b := time.Now(); g.Wait(); t.Log("200k commits", time.Since(b))
	backup := filepath.Join(t.TempDir(), "b.db")
	b = time.Now()
	if err := s.Backup(context.Background(), backup); err != nil { t.Fatal(err) }
	about, _ := os.Stat(backup)
	t.Log("backup", time.Since(b), about.Size()>>20, "MB")
	closeStore(t, s)
	for name, open := range openers() {
		target := open(t)
		b = time.Now()
		r, err := target.Restore(context.Background(), backup)
		t.Log("restore", name, time.Since(b), r, err)
		b = time.Now()
		n, err := target.Purge(context.Background(), time.Now().Add(time.Hour), 200)
		t.Log("purge", n, err, time.Since(b))
		rel, err := target.Release(context.Background())
		t.Log("release", rel, err)
		now, _ := target.Now(context.Background())
		for range 3 { b = time.Now(); jobs, err := target.Claim(context.Background(), "me", now, time.Minute, 50); t.Log("claim of 40k", len(jobs), err, time.Since(b)) }
		for _, j := range func() []string { jobs, _ := target.Jobs(context.Background(), "waiting", 200); var x []string; for _, j := range jobs { x = append(x, j.Conversation) }; return x }() { _ = j }
		closeStore(t, target)
	}
}
