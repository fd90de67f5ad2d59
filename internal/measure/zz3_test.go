package measure

import (
	"os"
	"testing"
)

func TestPub(t *testing.T) {
	d := os.DirFS("/work/shared/nlu")
	for _, p := range []Public{{Train: "train_10", Test: "valid"}, {Train: "train", Test: "dev", Shots: 10, Seeds: 3}, {Train: "train", Test: "test"}} {
		if os.Getenv("PCAL") != "" {
			p.Calibrate = true
		}
		if err := p.Run(d, os.Stdout); err != nil {
			t.Error(err)
		}
	}
	if os.Getenv("FULL") != "" {
		(Public{Train: "train", Test: "valid"}).Run(d, os.Stdout)
	}
}
