//go:build linux

package reliability_test

import (
	"fmt"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestDiskFull lets the disk run full under load (row 25): what cannot be kept is refused with 503 and
// the server is not ready, no turn is kept by half, and all is well again soon after there is space.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=1m"); err != nil {
		t.Skipf("only root can make a small disk: %v", err)
	}
	t.Cleanup(func() { must(t, syscall.Unmount(disk, 0)) })
	d := inDirectory(filepath.Join(disk, "data"))
	s := serve(t, d.settings)
	l := torrent(t, clients, s.at)
	for round := range rounds(1) {
		refused := l.busy.Load()
		eventually(t, "the disk is full", func() bool { return l.busy.Load() > refused+clients })
		ready := l.status("/readyz")
		for until := time.Now().Add(patience); ready != 503 && time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
			ready = l.status("/readyz")
		}
		if ready != 503 {
			t.Errorf("/readyz answers %d although nothing can be kept", ready)
		}
		if status := l.status("/healthz"); status != 200 {
			t.Errorf("/healthz answers %d: a restart makes no space", status)
		}
		must(t, syscall.Mount("", disk, "", syscall.MS_REMOUNT, sized(2+round)))
		promised(t, "the first message after there was space again", l.more(t, 1), 5*time.Second)
	}
	must(t, syscall.Mount("", disk, "", syscall.MS_REMOUNT, sized(100+rounds(1))))
	promised(t, "ready again after there was much space", eventually(t, "the server is ready again", func() bool { return l.status("/readyz") == 200 }), 5*time.Second)
	l.more(t, clients)
	l.stop()
	verify(t, l.ledger, d.look(t))
	s.kill()
	s.start()
	l.again(t, l.client, 100)
	t.Logf("%d requests were refused, %d broke", l.busy.Load(), l.broken.Load())
	if l.broken.Load() > 0 {
		t.Error("the server should answer whatever its disk does")
	}
	s.kill()
}

func sized(megabytes int) string { return fmt.Sprintf("size=%dm", megabytes) }
