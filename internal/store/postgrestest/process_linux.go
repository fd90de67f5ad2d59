package postgrestest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// own gives a directory to the user that the server runs as: it refuses to run as root.
func own(directory string) error {
	credential, err := other()
	if err != nil || credential == nil {
		return err
	}
	return os.Chown(directory, int(credential.Uid), int(credential.Gid))
}

// other is another user than root, nil if nothing has to change.
func other() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	found, err := user.Lookup("postgres")
	if err != nil {
		found, err = user.Lookup("nobody")
	}
	if err != nil {
		return nil, err
	}
	uid, failure := strconv.ParseUint(found.Uid, 10, 32)
	gid, err := strconv.ParseUint(found.Gid, 10, 32)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, errors.Join(failure, err)
}

// detach keeps the keys pressed in the terminal from the server, and root's rights.
func detach(command *exec.Cmd) error {
	credential, err := other()
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: credential}
	return err
}

// family is a process and all that it has started.
func family(parent int) ([]int, error) {
	all := []int{parent}
	files, err := filepath.Glob("/proc/[0-9]*/stat")
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			continue // it has ended meanwhile
		}
		_, rest, _ := strings.Cut(string(content), ") ")
		var state string
		var its int
		if _, err := fmt.Sscan(rest, &state, &its); err != nil || its != parent {
			continue
		}
		if pid, err := strconv.Atoi(filepath.Base(filepath.Dir(file))); err == nil {
			all = append(all, pid)
		}
	}
	return all, err
}

// signal stops the parent first, so that it starts nobody meanwhile.
func signal(parent int, what syscall.Signal) error {
	if err := syscall.Kill(parent, syscall.SIGSTOP); err != nil {
		return err
	}
	all, err := family(parent)
	for _, pid := range all {
		if failure := syscall.Kill(pid, what); failure != nil && !errors.Is(failure, syscall.ESRCH) {
			err = errors.Join(err, failure)
		}
	}
	return err
}

func kill(parent int) error    { return signal(parent, syscall.SIGKILL) }
func suspend(parent int) error { return signal(parent, syscall.SIGSTOP) }
func resume(parent int) error  { return signal(parent, syscall.SIGCONT) }
