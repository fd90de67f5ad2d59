// Package strictyaml reads the content files that authors edit and says where each fault is.
// It exists so that every loader refuses the same things (unknown and duplicate keys, second
// documents, aliases, oversized files) in the same words, all at once.
package strictyaml

import (
	"bytes"
	"errors"
	"io"
	"io/fs"

	"gopkg.in/yaml.v3"
)

// Value is a place in a content file: what stands there and where that is.
type Value struct {
	node   *yaml.Node
	file   string
	report *Report
}

// Read parses one file and returns its single document. ok is false when there is nothing to
// go on with; the reason has then been reported.
func Read(fsys fs.FS, name string, report *Report) (value Value, ok bool) {
	data, err := readLimited(fsys, name)
	if err != nil {
		report.Add(Problem{File: name, Message: err.Error()})
		return Value{}, false
	}
	if line, fault := checkShape(data); fault != "" {
		report.Add(Problem{File: name, Line: line, Column: 1, Message: fault})
		return Value{}, false
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var document yaml.Node
	switch err := decoder.Decode(&document); {
	case errors.Is(err, io.EOF):
		report.Add(Problem{File: name, Message: "file is empty"})
		return Value{}, false
	case err != nil:
		report.Add(syntaxProblem(name, data))
		return Value{}, false
	}
	var second yaml.Node
	switch err := decoder.Decode(&second); {
	case err == nil:
		report.Add(Problem{File: name, Line: second.Line, Column: 1,
			Message: "a second document starts here; a content file holds one"})
		return Value{}, false // half of what should be here is there
	case !errors.Is(err, io.EOF):
		report.Add(syntaxProblem(name, data))
		return Value{}, false
	}
	return Value{node: document.Content[0], file: name, report: report}, true
}
