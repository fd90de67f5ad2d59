package measure

import (
	"fmt"
	"os"
	"passdesk/intents"
	"passdesk/internal/guide"
	"passdesk/internal/understand"
	"passdesk/knowledge"
	"testing"
	"time"
)

func TestZZ(t *testing.T) {
	g, err := guide.Load(knowledge.Files)
	if err != nil {
		t.Fatal(err)
	}
	c, err := understand.Load(intents.Files, g)
	if err != nil {
		t.Fatal(err)
	}
	s := time.Now()
	understand.Train(g, c, c.Examples)
	fmt.Println("train", time.Since(s))
	s = time.Now()
	v := CrossValidate(g, c)
	set := understand.DefaultSettings()
	set.Bands = understand.Bands{Fact: .7, Overturn: .6, Reply: .7, Detail: .35, Act: .6, Scope: .3, Narrow: .9}
	for _, sc := range []float32{2.5, 3, 3.5, 4} {
		set.Scale = sc
		fmt.Println(sc, v.Tally(set), v.Reliability(set).Error(), v.Tally(set).Cost())
	}
	if os.Getenv("CAL") != "" {
		cal := v.Calibrate()
		fmt.Println(cal, v.Tally(cal), v.Tally(cal).Cost(), time.Since(s))
		r := v.Reliability(cal)
		fmt.Println(r.Error())
		for _, f := range []float32{.5, .6, .65, .7, .75, .8} {
			x := cal
			x.Bands.Fact = f
			fmt.Println(f, v.Tally(x), v.Tally(x).Cost())
		}
		fmt.Println(v.narrowed(cal))
	}
}
