package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"passdesk/internal/strictyaml"
)

// given is what a source says about one key, as it is written.
type given struct {
	key     Key
	written []string // one text unless the key is a list
	source  Source
}

// openSettings opens the settings file: the one that is named, else the first that is in one of the
// usual places. It returns nil if there is none.
func (s Sources) openSettings() (*os.File, Source, error) {
	named := s.file
	if named == "" {
		named = s.environment[fileVariable]
	}
	if named != "" {
		return openFile(named)
	}
	for _, place := range s.settingsFiles() {
		if place == "" {
			continue
		}
		if _, err := os.Stat(place); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		return openFile(place)
	}
	return nil, Source{}, nil
}

func openFile(name string) (*os.File, Source, error) {
	source := Source{Kind: SourceFile, Name: name}
	opened, err := os.Open(name)
	if err != nil {
		return nil, source, &Error{Source: source, Fault: reason(err)}
	}
	info, err := opened.Stat()
	if err == nil && !info.IsDir() && info.Size() <= strictyaml.MaxBytes {
		return opened, source, nil
	}
	_ = opened.Close() // opened for reading only
	switch {
	case err != nil:
		return nil, source, &Error{Source: source, Fault: reason(err)}
	case info.IsDir():
		return nil, source, &Error{Source: source, Fault: "it is a directory"}
	default:
		return nil, source, &Error{Source: source, Fault: fmt.Sprintf("it is larger than %d KiB", strictyaml.MaxBytes>>10)}
	}
}

// settingsFile is a settings file that is being read.
type settingsFile struct {
	keys   []Key
	source Source
	report strictyaml.Report
	given  []given
}

// only is a file system of one open file, for strictyaml.
type only struct{ file *os.File }

func (o only) Open(string) (fs.File, error) { return o.file, nil }

// readFile returns what the settings file says, in its order.
func readFile(keys []Key, opened *os.File, source Source) ([]given, error) {
	f := &settingsFile{keys: keys, source: source}
	document, ok := strictyaml.Read(only{opened}, source.Name, &f.report)
	if !ok {
		return f.unreadable()
	}
	if err := f.group(document, ""); err != nil {
		return nil, err
	}
	return f.given, nil
}

// unreadable is what to return for a file that strictyaml refuses: nothing is wrong with an empty
// one, which may be full of comments.
func (f *settingsFile) unreadable() ([]given, error) {
	problem := f.report.Problems()[0]
	if problem.Message == "file is empty" {
		return nil, nil
	}
	return nil, f.fault(problem.Line, "", withoutContent(problem.Message))
}

// withoutContent takes out of a message what it repeats of the file, which may be a secret: a text
// that begins with * is an unknown alias.
func withoutContent(message string) string {
	const alias = "YAML syntax: unknown anchor"
	if strings.HasPrefix(message, alias) {
		return alias + "; put a text that begins with * in quotes"
	}
	message, _ = strings.CutSuffix(message, "; split it") // settings are one file
	return printable(strings.Replace(message, "a content file", "a settings file", 1))
}

// fault is an error in a line of the file, in the whole of it if that is 0.
func (f *settingsFile) fault(line int, key, fault string) error {
	source := f.source
	source.Line = line
	return &Error{Source: source, Key: key, Fault: fault}
}
