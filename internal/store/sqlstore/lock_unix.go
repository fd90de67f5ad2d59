//go:build unix

package sqlstore

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// lock keeps other processes out that want the database for themselves too. The system lets go of it
// when the process ends, however it ends.
func lock(file string) (unlock func() error, err error) {
	held, err := os.OpenFile(file+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	err = unix.Flock(int(held.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if err == nil {
		return held.Close, nil
	}
	_ = held.Close() // nothing was written
	if errors.Is(err, unix.EWOULDBLOCK) {
		return nil, fmt.Errorf("%s is being used by another process", file)
	}
	return nil, fmt.Errorf("lock %s: %w", held.Name(), err)
}
