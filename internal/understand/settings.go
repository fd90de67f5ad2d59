package understand

import (
	"io/fs"
	"strconv"
	"strings"

	"passdesk/internal/strictyaml"
)

// Settings say how sure the reader must be. They are found by cross-validation, never by hand:
// `passdesk calibrate` prints them, and calibration.yaml holds what it printed.
type Settings struct {
	Scale      float32 // what the margins of the machines are multiplied with before they become probabilities
	ReplyScale float32 // the same for the scores of the heads for replies
	Bands      Bands
}

// Bands are the confidences (0 to 1) from which on the reader acts.
type Bands struct {
	Fact     float32 // takes a fact
	Rival    float32 // takes no fact if another value of it is more probable than this
	Overturn float32 // takes a fact that contradicts what is known
	Reply    float32 // takes a value as the reply to the pending question
	Detail   float32 // takes a fact that is never asked, where guidance is given without it
	Act      float32 // takes an act
	Scope    float32 // says that a message is out of scope; times the share of known features
	Narrow   float32 // offers two or three values that together are this likely
}

const calibrationFile = "calibration.yaml"

// DefaultSettings are those of a content without calibration: cautious ones.
func DefaultSettings() Settings {
	return Settings{Scale: 3, ReplyScale: .8, Bands: Bands{Fact: .8, Rival: .2, Overturn: .9, Reply: .6, Detail: .6, Act: .7, Scope: .7, Narrow: .9}}
}

// fields names each number in the file, in order.
func (s *Settings) fields() []struct {
	Name  string
	Value *float32
} {
	b := &s.Bands
	return []struct {
		Name  string
		Value *float32
	}{
		{"scale", &s.Scale}, {"reply-scale", &s.ReplyScale}, {"fact", &b.Fact}, {"rival", &b.Rival}, {"overturn", &b.Overturn}, {"reply", &b.Reply}, {"detail", &b.Detail},
		{"act", &b.Act}, {"scope", &b.Scope}, {"narrow", &b.Narrow},
	}
}

// LoadSettings reads calibration.yaml; without it the settings are DefaultSettings.
func LoadSettings(fsys fs.FS, report *strictyaml.Report) Settings {
	s := DefaultSettings()
	if _, err := fs.Stat(fsys, calibrationFile); err != nil {
		return s
	}
	file, ok := strictyaml.Read(fsys, calibrationFile, report)
	if !ok {
		return s
	}
	all := s.fields()
	var names []string
	for _, f := range all {
		names = append(names, f.Name)
	}
	fields := file.Fields(names...)
	for _, f := range all {
		v := fields[f.Name]
		if !v.Exists() {
			continue
		}
		x, err := strconv.ParseFloat(v.String(), 32)
		most := 1.0
		if strings.HasSuffix(f.Name, "scale") {
			most = 100
		}
		if inside := x > 0 && x <= most; err != nil || !inside { // NaN is not inside
			v.Problemf("expected a number above 0, and at most 1 except for scales")
			continue
		}
		*f.Value = float32(x)
	}
	return s
}

// String writes the settings as they stand in calibration.yaml.
func (s Settings) String() string {
	var text []byte
	for _, f := range s.fields() {
		text = append(text, f.Name...)
		text = append(text, ": "...)
		text = strconv.AppendFloat(text, float64(*f.Value), 'g', 4, 32)
		text = append(text, '\n')
	}
	return string(text)
}
