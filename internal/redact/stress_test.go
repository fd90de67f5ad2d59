package redact_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// TestHostileTextsCostLittle repeats what a search could stumble over until the text is full.
func TestHostileTextsCostLittle(t *testing.T) {
	pieces := []string{
		"password ", "pw", ":", " is ", "sunflower", "パスワード", "は", "を", "です", "から", "/", "-", "•••", "\n", "「", "」", "\"", "'", "abcd", "1", "12", " ", "@", ".jp", "https://", "?token=", "の", "エー", "、",
		"ﾊﾟ", "then ", "to ", "from ", "typed ", ">", "<", "|", "+", "(", ")", ".", ",", "error ", "worked ", "login ", "h ", "dot ", "at ", "=", "zq", "xkqz ", "-----begin ", "eyJ", "\u3099", "\U0001f600",
		"call me ", "555-0147 ", "i just put ", "って打って", "'s name, ", "の名前にしてあるの。", "p1234567", "like ", "underscore ", "as in ", "いち", "area code ", "Butter ", "it asks ", "ひまわり", "アットマーク", "どっと",
	}
	if testing.Short() {
		t.Skip("it takes long with the race detector")
	}
	random := rand.New(rand.NewPCG(1, 2)) // the same texts in every run
	c := cleaner(t)
	var worst time.Duration
	var slowest string
	for range 400 {
		var unit strings.Builder
		for range 1 + random.IntN(6) {
			unit.WriteString(pieces[random.IntN(len(pieces))])
		}
		text := strings.Repeat(unit.String(), 16<<10/unit.Len())
		start := time.Now()
		c.Clean(text, "")
		took := time.Since(start)
		if took > worst {
			worst, slowest = took, unit.String()
		}
		if took > 2*time.Second { // a safety net, not a measurement
			t.Errorf("%q repeated took %v", unit.String(), took)
		}
	}
	t.Logf("the slowest took %v: %q repeated", worst, slowest)
}
