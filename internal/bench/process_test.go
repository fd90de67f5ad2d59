package bench

import (
	"os"
	"runtime"
	"testing"
	"time"
)

func TestParseStat(t *testing.T) {
	tests := []struct {
		name, line string
		want       stat
		ok         bool
	}{
		{"plain", "12 (passdesk) S 7 1 1 0 -1 4 1 2 3 4 150 50 20 10 20 0 9 0", stat{parent: 7, own: 2 * time.Second, ended: 300 * time.Millisecond}, true},
		{"hostile name", "12 (a) S 9 9 ) (b) R 8 1 1 0 -1 4 1 2 3 4 1 0 0 0 20 0", stat{parent: 8, own: 10 * time.Millisecond}, true},
		{"short", "12 (passdesk) S 7", stat{}, false},
		{"no numbers", "12 (passdesk) S a b c d e f g h i j k l m n o p", stat{}, false},
		{"empty", "", stat{}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, ok := parseStat(test.line); got != test.want || ok != test.ok {
				t.Errorf("%+v, %t; want %+v, %t", got, ok, test.want, test.ok)
			}
		})
	}
}

func TestKilobytes(t *testing.T) {
	status := []byte("Name:\tpassdesk\nVmHWM:\t   2048 kB\nVmRSS:\t1024 kB\nVmSwap:\tmany kB\n")
	for name, want := range map[string]int64{"VmHWM:": 2 << 20, "VmRSS:": 1 << 20, "VmSwap:": -1, "VmPeak:": -1} {
		if got := kilobytes(status, name); got != want {
			t.Errorf("%s %d, want %d", name, got, want)
		}
	}
}

func TestThisProcess(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux tells")
	}
	resident, peak := memory(os.Getpid())
	if own := processTime(os.Getpid()); own < 0 || familyTime(os.Getpid()) < own || resident <= 0 || peak < resident {
		t.Errorf("own time %v, with children %v, %d bytes, at most %d", own, familyTime(os.Getpid()), resident, peak)
	}
	if resident, _ := memory(-1); resident != -1 || processTime(-1) != -1 || familyTime(0) != -1 {
		t.Error("something is known of a process that is not there")
	}
}

func TestNoDatabaseFamily(t *testing.T) {
	for _, url := range []string{"", "postgres://db.example.com/desk", "postgres://10.0.0.1/desk", "%", "postgres://127.0.0.1/there-is-no-such-database"} {
		if got := databaseFamily(url); got != 0 {
			t.Errorf("%q is served by process %d", url, got)
		}
	}
}

func TestSince(t *testing.T) {
	tests := []struct{ before, after, want time.Duration }{{1, 3, 2}, {3, 3, 0}, {-1, 3, -1}, {3, -1, -1}, {-1, -1, -1}}
	for _, test := range tests {
		if got := since(test.before, test.after); got != test.want {
			t.Errorf("from %d to %d is %d, want %d", test.before, test.after, got, test.want)
		}
	}
}
