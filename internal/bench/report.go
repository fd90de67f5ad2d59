package bench

import (
	"cmp"
	"runtime"
	"runtime/debug"
	"slices"
	"time"
)

// Report is what was measured.
type Report struct {
	Machine       Machine       `json:"machine"`
	Database      string        `json:"database"` // "SQLite" or "PostgreSQL"
	Clients       int           `json:"clients"`
	For           time.Duration `json:"for-ns"`
	WarmUp        time.Duration `json:"warm-up-ns"`
	Conversations int           `json:"conversations,omitempty"` // held open
	Rate          float64       `json:"rate,omitempty"`          // turns per second that were due
	Desk          []run         `json:"desk"`                    // runs in their order
	Floor         []run         `json:"floor"`
	Ratio         Spread        `json:"ratio"`     // desk to floor in turns per second, of runs that belong together
	CPURatio      Spread        `json:"cpu-ratio"` // floor to desk in CPU per turn, PostgreSQL included if known; less prey to noise
}

// The databases.
const (
	sqlite     = "SQLite"
	postgreSQL = "PostgreSQL"
)

// Machine is what it was measured on.
type Machine struct {
	System string `json:"system"` // such as linux/amd64
	Cores  int    `json:"cores"`
	Go     string `json:"go"`
	Driver string `json:"driver"` // of the database, with its version
}

// Spread is the middle of some numbers with the least and the greatest of them.
type Spread struct {
	Median float64 `json:"median"`
	Least  float64 `json:"least"`
	Most   float64 `json:"most"`
}

func newReport(o Options, desk, floor []run) Report {
	r := Report{
		Machine: thisMachine(o.Database != ""), Database: sqlite, Clients: o.Clients, For: o.For, WarmUp: o.warmUp(),
		Conversations: o.Conversations, Rate: o.Rate, Desk: desk, Floor: floor,
	}
	if o.Database != "" {
		r.Database = postgreSQL
	}
	var turns, times []float64
	for i := range min(len(desk), len(floor)) {
		if floor[i].TurnsPerSecond > 0 {
			turns = append(turns, desk[i].TurnsPerSecond/floor[i].TurnsPerSecond)
		}
		if desk[i].ServerMicros > 0 && floor[i].ServerMicros > 0 {
			times = append(times, floor[i].micros()/desk[i].micros())
		}
	}
	r.Ratio, r.CPURatio = spread(turns), spread(times)
	return r
}

// thisMachine describes this machine, and the driver that was used with it.
func thisMachine(postgres bool) Machine {
	m := Machine{System: runtime.GOOS + "/" + runtime.GOARCH, Cores: runtime.GOMAXPROCS(0), Go: runtime.Version()}
	driver := "modernc.org/sqlite"
	if postgres {
		driver = "github.com/jackc/pgx/v5"
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return m
	}
	for _, module := range info.Deps {
		if module.Path == driver {
			m.Driver = module.Path + " " + module.Version
		}
	}
	return m
}

// spread returns zeros for no numbers.
func spread(numbers []float64) Spread {
	if len(numbers) == 0 {
		return Spread{}
	}
	sorted := slices.SortedFunc(slices.Values(numbers), cmp.Compare[float64])
	middle := len(sorted) / 2
	median := sorted[middle]
	if len(sorted)%2 == 0 {
		median = (sorted[middle-1] + sorted[middle]) / 2
	}
	return Spread{Median: median, Least: sorted[0], Most: sorted[len(sorted)-1]}
}

// of is the spread of one number of all runs.
func of(runs []run, number func(run) float64) Spread {
	var numbers []float64
	for _, one := range runs {
		numbers = append(numbers, number(one))
	}
	return spread(numbers)
}
