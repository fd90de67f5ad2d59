//go:build linux

package reliability_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// disk is a file system in a file. What is in the file is what has reached the disk; what is in
// the memory of the mounted file system would be gone if the power were.
type disk struct {
	testing.TB
	image   string
	mounted string
}

// newDisk makes and mounts a disk, or skips the test where that is not allowed.
func newDisk(tb testing.TB, megabytes int64) *disk {
	tb.Helper()
	directory, err := os.MkdirTemp("", "passdesk-disk-*")
	must(tb, err)
	tb.Cleanup(func() { must(tb, os.RemoveAll(directory)) })
	must(tb, os.Chmod(directory, 0o755)) // PostgreSQL runs as another user
	d := &disk{TB: tb, image: filepath.Join(directory, "image"), mounted: filepath.Join(directory, "disk")}
	must(tb, os.Mkdir(d.mounted, 0o755))
	must(tb, os.WriteFile(d.image, nil, 0o600))
	must(tb, os.Truncate(d.image, megabytes<<20))
	if os.Geteuid() != 0 {
		tb.Skip("only root can mount a disk whose power can be cut")
	}
	run(tb, "mkfs.ext4", "-q", "-F", d.image)
	if out, err := d.mount(); err != nil {
		tb.Skipf("no disk can be mounted here: %v: %s", err, out)
	}
	tb.Cleanup(d.unmount)
	run(tb, "sync", "-f", d.mounted)
	return d
}

func (d *disk) mount() ([]byte, error) {
	return exec.Command("mount", "-o", "loop", d.image, d.mounted).CombinedOutput()
}

// unmount takes the disk away, its loop device too. It does nothing to one that is not mounted.
func (d *disk) unmount() {
	d.Helper()
	var err error
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if err = syscall.Unmount(d.mounted, 0); err == nil || errors.Is(err, syscall.EINVAL) { // EINVAL: it is not mounted
			return
		}
	}
	d.Errorf("unmount the disk: %v", err)
	must(d, syscall.Unmount(d.mounted, syscall.MNT_DETACH)) // it goes when whoever uses it does
}

// cut is what a power cut leaves: a copy of what has reached the disk. Whoever writes must have been
// stopped before.
func (d *disk) cut() (image string) {
	d.Helper()
	d.quiet()
	image = d.image + ".cut"
	run(d, "cp", "--sparse=always", d.image, image)
	return image
}

// plug mounts what a power cut has left, where the disk was. Whoever used that must be dead.
func (d *disk) plug(image string) {
	d.Helper()
	d.unmount()
	must(d, os.Rename(image, d.image))
	if out, err := d.mount(); err != nil {
		d.Fatalf("mount after the cut: %v: %s", err, out)
	}
}

// quiet waits until nothing is on its way from memory to the disk, so that the copy is of one moment.
func (d *disk) quiet() {
	d.Helper()
	out, err := exec.Command("findmnt", "-n", "-o", "SOURCE", d.mounted).Output()
	must(d, err)
	inflight := fmt.Sprintf("/sys/block/%s/inflight", filepath.Base(strings.TrimSpace(string(out))))
	eventually(d, "nothing is on its way to the disk", func() bool {
		content, err := os.ReadFile(inflight)
		must(d, err)
		return strings.Join(strings.Fields(string(content)), " ") == "0 0"
	})
}
