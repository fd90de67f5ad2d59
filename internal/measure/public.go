package measure

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"time"
)

// Public is a measurement on public sets: TSV files of split, language, intent and text.
type Public struct {
	Train, Test string // splits
	Shots       int    // examples per intent to learn from, 0 for all of them
	Seeds       int    // how many draws of shots are averaged
	Calibrate   bool   // calibrate by cross-validation, which takes five trainings more
}

// outOfScope is the intent of messages that have none of the others.
const outOfScope = "oos"

// Figures are what one classifier reached on one set.
type Figures struct {
	Accuracy, MacroF1   float64       // of messages in scope
	AUROC, Rejected     float64       // out of scope: ranking, and share rejected at 90 % of the others kept; -1 without such messages
	CalibrationError    float64       // see Reliability.Error
	Training            time.Duration // without calibration
	PerSecond           float64       // messages, one after the other
	Median, NinetyNinth time.Duration
	Intents, Learnt, Of int // how many intents, messages learnt from, messages tried
}

// labelled is a TSV file by split.
type labelled map[string][]Row

// Run measures every file of a directory that has the splits, and writes a line for each.
func (p Public) Run(dir fs.FS, out io.Writer) error {
	names, err := fs.Glob(dir, "*.tsv")
	if err != nil {
		return fmt.Errorf("list public sets: %w", err)
	}
	if _, err := fmt.Fprintf(out, "%-28s %7s %7s %6s %6s %6s %6s %8s %8s %8s %8s  %s\n",
		"set", "acc", "F1", "AUROC", "rec@90", "ECE", "train", "msgs/s", "p50", "p99", "of", "learnt from"); err != nil {
		return fmt.Errorf("write figures: %w", err)
	}
	measured := 0
	for _, name := range names {
		rows, err := readLabelled(dir, name)
		if err != nil {
			return err
		}
		if len(rows[p.Train]) == 0 || len(rows[p.Test]) == 0 {
			continue
		}
		measured++
		f := p.measure(rows)
		if _, err := fmt.Fprintf(out, "%-28s %6.1f%% %6.1f%% %6s %6s %6.3f %5.1fs %8.0f %8s %8s %8d  %d messages, %d intents\n", strings.TrimSuffix(path.Base(name), ".tsv"),
			100*f.Accuracy, 100*f.MacroF1, optional(f.AUROC), optional(f.Rejected), f.CalibrationError, f.Training.Seconds(),
			f.PerSecond, f.Median.Round(100*time.Nanosecond), f.NinetyNinth.Round(100*time.Nanosecond), f.Of, f.Learnt, f.Intents); err != nil {
			return fmt.Errorf("write figures: %w", err)
		}
	}
	if measured == 0 {
		return fmt.Errorf("measure public sets: no file has the splits %q and %q", p.Train, p.Test)
	}
	return nil
}

func optional(x float64) string {
	if x < 0 {
		return "-"
	}
	return fmt.Sprintf("%.3f", x)
}

func readLabelled(dir fs.FS, name string) (labelled, error) {
	file, err := dir.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read public set: %w", err)
	}
	defer func() { _ = file.Close() }() // it was only read
	rows := labelled{}
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for number := 1; lines.Scan(); number++ {
		columns := strings.Split(strings.TrimSuffix(lines.Text(), "\r"), "\t")
		if len(columns) != 4 {
			return nil, fmt.Errorf("%s:%d: expected split, language, intent and text", name, number)
		}
		if columns[0] != "split" {
			rows[columns[0]] = append(rows[columns[0]], Row{columns[2], columns[3]})
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read public set %s: %w", name, err)
	}
	return rows, nil
}

// measure averages over the draws.
func (p Public) measure(rows labelled) Figures {
	seeds := 1
	if p.Shots > 0 {
		seeds = max(1, p.Seeds)
	}
	var sum Figures
	for seed := range seeds {
		f := p.once(rows, uint64(seed))
		sum.Accuracy += f.Accuracy / float64(seeds)
		sum.MacroF1 += f.MacroF1 / float64(seeds)
		sum.AUROC += f.AUROC / float64(seeds)
		sum.Rejected += f.Rejected / float64(seeds)
		sum.CalibrationError += f.CalibrationError / float64(seeds)
		sum.Training, sum.PerSecond, sum.Median, sum.NinetyNinth = f.Training, f.PerSecond, f.Median, f.NinetyNinth
		sum.Intents, sum.Learnt, sum.Of = f.Intents, f.Learnt, f.Of
	}
	return sum
}

func (p Public) once(rows labelled, seed uint64) Figures {
	train := slices.Clone(rows[p.Train])
	if p.Shots > 0 {
		draw := rand.New(rand.NewPCG(seed, 7))
		draw.Shuffle(len(train), func(i, k int) { train[i], train[k] = train[k], train[i] })
		taken := map[string]int{}
		train = slices.DeleteFunc(train, func(r Row) bool { taken[r.Intent]++; return taken[r.Intent] > p.Shots })
	}
	start := time.Now()
	c := NewClassifier(train)
	f := Figures{Training: time.Since(start), Intents: len(c.Intents), Learnt: len(train)}
	if p.Calibrate {
		c.Calibrate(train)
	}
	var inside, outside []Row
	for _, row := range slices.Concat(rows[p.Test], rows["oos_"+p.Test]) {
		if row.Intent == outOfScope && !slices.Contains(c.Intents, outOfScope) {
			outside = append(outside, row)
		} else {
			inside = append(inside, row)
		}
	}
	f.Of = len(inside) + len(outside)
	f.try(c, inside, outside)
	return f
}

// try classifies all messages, one after the other.
func (f *Figures) try(c *Classifier, inside, outside []Row) {
	var times []time.Duration
	var reliability Reliability
	counts := map[string]*[3]int{} // by intent: predicted, true, both
	count := func(intent string, k int) {
		if counts[intent] == nil {
			counts[intent] = new([3]int)
		}
		counts[intent][k]++
	}
	score := func(row Row) (string, float64, float64) {
		start := time.Now()
		intent, p, coverage := c.Classify(row.Text)
		times = append(times, time.Since(start))
		return intent, p, p * coverage
	}
	var kept, refused []float64
	right := 0
	for _, row := range inside {
		intent, p, s := score(row)
		kept = append(kept, s)
		reliability.Add(p, intent == row.Intent)
		count(intent, 0)
		count(row.Intent, 1)
		if intent == row.Intent {
			right++
			count(intent, 2)
		}
	}
	for _, row := range outside {
		_, _, s := score(row)
		refused = append(refused, s)
	}
	f.Accuracy = float64(right) / float64(max(1, len(inside)))
	f.MacroF1 = macroF1(counts)
	f.AUROC, f.Rejected = separation(kept, refused)
	f.CalibrationError = reliability.Error()
	f.speed(times)
}

// macroF1 averages the F1 of all intents that occur.
func macroF1(counts map[string]*[3]int) float64 {
	sum, n := 0.0, 0
	for _, c := range counts {
		if c[1] > 0 {
			sum += 2 * float64(c[2]) / float64(c[0]+c[1])
			n++
		}
	}
	return sum / float64(max(1, n))
}

// keptShare is the share of messages in scope that rejection at 90 % keeps.
const keptShare = .9

// separation says how well a score tells the kept from the refused: the probability that one of
// the kept ranks above one of the refused, and the share of the refused below the threshold that
// keeps 90 %. Both are -1 if there is nothing to refuse.
func separation(kept, refused []float64) (auroc, rejected float64) {
	if len(kept) == 0 || len(refused) == 0 {
		return -1, -1
	}
	slices.Sort(kept)
	slices.Sort(refused)
	below := 0.0
	for _, s := range kept {
		first, _ := slices.BinarySearch(refused, s)
		last, _ := slices.BinarySearchFunc(refused, s, func(r, s float64) int {
			if r <= s {
				return -1
			}
			return 1
		})
		below += float64(first) + float64(last-first)/2
	}
	threshold := kept[int(float64(len(kept))*(1-keptShare))]
	n, _ := slices.BinarySearchFunc(refused, threshold, cmp.Compare[float64])
	return below / float64(len(kept)) / float64(len(refused)), float64(n) / float64(len(refused))
}

func (f *Figures) speed(times []time.Duration) {
	if len(times) == 0 {
		return
	}
	var sum time.Duration
	for _, t := range times {
		sum += t
	}
	slices.Sort(times)
	f.PerSecond = float64(len(times)) / sum.Seconds()
	f.Median, f.NinetyNinth = times[len(times)/2], times[len(times)*99/100]
}
