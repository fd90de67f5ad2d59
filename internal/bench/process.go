package bench

import (
	"bytes"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// What processes use is read from /proc, since a process that has not ended tells it nowhere else.
// On other systems it is unknown.

// tick is the unit in which Linux tells CPU times.
const tick = 10 * time.Millisecond

// stat is what is read of /proc/PID/stat.
type stat struct {
	parent     int
	own, ended time.Duration // CPU time of the process, and of children that have ended
}

func readStat(pid int) (stat, bool) {
	content, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return stat{}, false
	}
	return parseStat(string(content))
}

// parseStat reads a line of /proc/PID/stat. The name in it may hold anything, so what counts begins
// behind its last bracket.
func parseStat(line string) (stat, bool) {
	fields := strings.Fields(line[strings.LastIndexByte(line, ')')+1:])
	const parent, times, all = 1, 11, 15
	if len(fields) < all {
		return stat{}, false
	}
	var numbers [5]int
	for i, field := range append([]string{fields[parent]}, fields[times:all]...) {
		n, err := strconv.Atoi(field)
		if err != nil {
			return stat{}, false
		}
		numbers[i] = n
	}
	return stat{parent: numbers[0], own: time.Duration(numbers[1]+numbers[2]) * tick, ended: time.Duration(numbers[3]+numbers[4]) * tick}, true
}

// processTime is the CPU time that a process has used, or -1.
func processTime(pid int) time.Duration {
	s, ok := readStat(pid)
	if !ok {
		return -1
	}
	return s.own
}

// memory is what a process has in memory now, and the most it had, or -1.
func memory(pid int) (resident, peak int64) {
	content, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return -1, -1
	}
	return kilobytes(content, "VmRSS:"), kilobytes(content, "VmHWM:")
}

func kilobytes(status []byte, name string) int64 {
	for line := range bytes.Lines(status) {
		rest, found := bytes.CutPrefix(line, []byte(name))
		if !found {
			continue
		}
		n, err := strconv.ParseInt(string(bytes.TrimSpace(bytes.TrimSuffix(bytes.TrimSpace(rest), []byte("kB")))), 10, 64)
		if err == nil {
			return n << 10
		}
	}
	return -1
}

// databaseFamily finds the server of a PostgreSQL database on this machine by the titles of the
// processes that work for its clients: it is their parent. 0 is none.
func databaseFamily(address string) (parent int) {
	at, err := url.Parse(address)
	if err != nil || address == "" {
		return 0
	}
	ip := net.ParseIP(at.Hostname())
	if at.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return 0
	}
	database := " " + strings.TrimPrefix(at.Path, "/") + " "
	for _, pid := range processes() {
		title, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
		if err == nil && bytes.HasPrefix(title, []byte("postgres: ")) && bytes.Contains(title, []byte(database)) {
			if s, ok := readStat(pid); ok {
				return s.parent
			}
		}
	}
	return 0
}

// familyTime is the CPU time of a process and its children, those that have ended included, or -1.
func familyTime(parent int) time.Duration {
	s, ok := readStat(parent)
	if !ok || parent == 0 {
		return -1
	}
	total := s.own + s.ended
	for _, pid := range processes() {
		if child, ok := readStat(pid); ok && child.parent == parent {
			total += child.own
		}
	}
	return total
}

// processes are the ids of all processes.
func processes() []int {
	names, _ := filepath.Glob("/proc/[0-9]*") // only a bad pattern is an error
	var all []int
	for _, name := range names {
		if pid, err := strconv.Atoi(filepath.Base(name)); err == nil {
			all = append(all, pid)
		}
	}
	return all
}
