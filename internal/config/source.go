package config

import (
	"runtime"
	"strconv"
	"strings"
)

// Sources is where settings may come from.
type Sources struct {
	file        string            // named by --config, "" for the environment's or the usual places
	environment map[string]string // by name
	flags       map[string]string // what was given, by name without dashes
	platform    string            // a GOOS, which decides about the usual places
}

// From returns the sources of this process: environ is os.Environ, file the value of --config, and
// flags holds the flags that were given, by name without dashes.
func From(environ func() []string, file string, flags map[string]string) Sources {
	s := Sources{file: file, environment: map[string]string{}, flags: flags, platform: runtime.GOOS}
	for _, pair := range environ() {
		name, value, _ := strings.Cut(pair, "=")
		if s.platform == "windows" {
			name = strings.ToUpper(name)
		}
		if _, twice := s.environment[name]; !twice { // as os.Getenv does
			s.environment[name] = value
		}
	}
	return s
}

// SourceKind is a way by which a value can be given.
type SourceKind string

// The ways, each beating those before it.
const (
	SourceDefault     SourceKind = "default"
	SourceFile        SourceKind = "file"
	SourceEnvironment SourceKind = "environment"
	SourceFlag        SourceKind = "flag"
)

// Source is where a value comes from.
type Source struct {
	Kind SourceKind `json:"source"`
	Name string     `json:"name,omitempty"` // of the file, variable or flag
	Line int        `json:"line,omitempty"` // in a settings file
}

// String is "default", "file passdesk.yaml:3", "environment PASSDESK_LISTEN" or "flag --listen".
func (s Source) String() string {
	switch {
	case s.Kind == SourceDefault:
		return string(s.Kind)
	case s.Line > 0:
		return string(s.Kind) + " " + printable(s.Name) + ":" + strconv.Itoa(s.Line)
	default:
		return string(s.Kind) + " " + printable(s.Name)
	}
}
