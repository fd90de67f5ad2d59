package config

import (
	"fmt"
	"strings"

	"github.com/spf13/viper"
)

// Effective is the value that a key has in the end, and where it comes from.
type Effective struct {
	Key   string `json:"key"`
	Value any    `json:"value"` // text, number, bool or list of texts; of secrets only whether there is one
	Source
}

// reading is a value that a source gives to a key.
type reading struct {
	value, shown any // for the field of Settings, and to show
	source       Source
}

// Load returns the settings: flags before environment variables, those before the settings file,
// that before the defaults. Errors are of type *Error, one at a time.
func Load(sources Sources) (Settings, error) {
	settings, _, err := load(sources)
	return settings, err
}

// Explain returns the value of every key and its source, secrets masked, if Load finds no fault.
func Explain(sources Sources) ([]Effective, error) {
	_, effective, err := load(sources)
	return effective, err
}

func load(sources Sources) (Settings, []Effective, error) {
	keys := Keys()
	v, err := layers(keys, sources)
	if err != nil {
		return Settings{}, nil, err
	}
	if err := readSecretFiles(keys, v); err != nil {
		return Settings{}, nil, err
	}
	var effective []Effective
	from := map[string]Source{}
	for _, key := range keys {
		r := v.Get(key.Name).(reading)
		effective = append(effective, Effective{key.Name, r.shown, r.source})
		from[key.Name] = r.source
		v.Set(key.Name, r.value)
	}
	var settings Settings
	if err := v.UnmarshalExact(&settings); err != nil {
		return Settings{}, nil, fmt.Errorf("fill settings: %w", err)
	}
	if err := settings.check(from); err != nil {
		return Settings{}, nil, err
	}
	return settings, effective, nil
}

// layers reads all sources and lays one over the other; viper then knows which reading counts.
func layers(keys []Key, sources Sources) (*viper.Viper, error) {
	v := viper.New()
	if err := setDefaults(v, keys, sources); err != nil {
		return nil, err
	}
	opened, source, err := sources.openSettings()
	if err != nil {
		return nil, err
	}
	var file []given
	if opened != nil {
		if file, err = readFile(keys, opened, source); err != nil {
			return nil, err
		}
	}
	environment, err := sources.readEnvironment(keys)
	if err != nil {
		return nil, err
	}
	for _, layer := range [][]given{file, environment, sources.readFlags(keys)} {
		readings, err := readLayer(layer)
		if err != nil {
			return nil, err
		}
		if err := v.MergeConfigMap(readings); err != nil {
			return nil, fmt.Errorf("merge settings: %w", err)
		}
	}
	return v, nil
}

func setDefaults(v *viper.Viper, keys []Key, sources Sources) error {
	for _, key := range keys {
		g := given{key: key, source: Source{Kind: SourceDefault}}
		if !key.Kind.List {
			g.written = []string{key.Default}
		}
		if key.Name == "data" {
			var directory string
			directory, g.source = sources.dataDirectory()
			g.written = []string{directory}
		}
		r, err := g.read()
		if err != nil {
			return err
		}
		v.SetDefault(key.Name, r)
	}
	return nil
}

// read turns what is written into a value.
func (g given) read() (reading, error) {
	value, shown, fault := g.key.Kind.read(g.written)
	if fault != "" {
		return reading{}, &Error{Source: g.source, Key: g.key.Name, Fault: fault}
	}
	return reading{value, shown, g.source}, nil
}

// readLayer reads what one source gives, nested as viper wants it.
func readLayer(layer []given) (map[string]any, error) {
	nested := map[string]any{}
	for _, g := range layer {
		r, err := g.read()
		if err != nil {
			return nil, err
		}
		group := nested
		names := strings.Split(g.key.Name, ".")
		for _, name := range names[:len(names)-1] {
			inner, ok := group[name].(map[string]any)
			if !ok {
				inner = map[string]any{}
				group[name] = inner
			}
			group = inner
		}
		group[names[len(names)-1]] = r
	}
	return nested, nil
}
