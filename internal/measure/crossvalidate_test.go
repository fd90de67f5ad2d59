package measure_test

import (
	"testing"

	"passdesk/intents"
	"passdesk/internal/guide"
	"passdesk/internal/measure"
	"passdesk/internal/understand"
	"passdesk/knowledge"
)

// What the shipped content must reach in cross-validation, on the sets that decide.
const (
	leastRight       = .78
	mostWrong        = .045
	mostUnreliable   = .06 // expected calibration error
	leastNarrowKept  = .93 // narrowed questions that hold what is meant
	mostWrongGarbled = .02
)

func TestCrossValidation(t *testing.T) {
	if testing.Short() {
		t.Skip("trains the whole corpus six times")
	}
	g, err := guide.Load(knowledge.Files)
	if err != nil {
		t.Fatal(err)
	}
	content, err := understand.Load(intents.Files, g)
	if err != nil {
		t.Fatal(err)
	}
	v := measure.CrossValidate(g, content)
	tally := v.Tally(content.Settings, measure.Deciding()...)
	t.Log(tally)
	if tally.Share(measure.Right) < leastRight || tally.Share(measure.Wrong) > mostWrong {
		t.Errorf("cross-validation: %s; want at least %.0f %% right and at most %.1f %% wrong", tally, 100*leastRight, 100*mostWrong)
	}
	if e := v.Reliability(content.Settings, measure.Deciding()...).Error(); e > mostUnreliable {
		t.Errorf("expected calibration error %.3f, want at most %.2f", e, mostUnreliable)
	}
	if offered, kept := v.Narrowed(content.Settings); float64(kept) < leastNarrowKept*float64(offered) || offered == 0 {
		t.Errorf("of %d narrowed questions %d hold what is meant", offered, kept)
	}
	if garbled := v.Groups(content.Settings)["garbled"]; garbled.Of() == 0 || garbled.Share(measure.Wrong) > mostWrongGarbled {
		t.Errorf("messages without meaning: %s", garbled)
	}
}
