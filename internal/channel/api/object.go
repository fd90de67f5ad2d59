package api

import (
	"bytes"
	"encoding/json"
)

// refusal is what is wrong with a request, in words for its sender that do not quote it; "" if
// nothing is.
type refusal string

const (
	notObject refusal = "The body must be one JSON object, and choose must be one."
	unknown   refusal = "The body has a field that is not known here."
	twice     refusal = "The body has a field twice."
	notString refusal = "The body has a field that must be a string and is not."
	empty     refusal = "The fields change, command and language must not be empty."
)

// fields says who reads the fields of an object, by their names.
type fields map[string]func(value json.RawMessage) refusal

// object reads a JSON object. Package json alone would let pass what others may read differently:
// names in other cases, fields given twice, null for a string.
func object(data []byte, known fields) refusal {
	decoder := json.NewDecoder(bytes.NewReader(data))
	if start, err := decoder.Token(); err != nil || start != json.Delim('{') || !json.Valid(data) {
		return notObject
	}
	seen := map[string]bool{}
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return notObject
		}
		field, _ := token.(string)
		read := known[field]
		if read == nil {
			return unknown
		}
		if seen[field] {
			return twice
		}
		seen[field] = true
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return notObject
		}
		if wrong := read(value); wrong != "" {
			return wrong
		}
	}
	return ""
}

// text returns what reads a string into target, which is left nil if the field is not there.
func text(target **string) func(json.RawMessage) refusal {
	return func(value json.RawMessage) refusal {
		if err := json.Unmarshal(value, target); err != nil || *target == nil {
			return notString
		}
		return ""
	}
}

// name returns what reads a string that names something, and so is not empty.
func name(target **string) func(json.RawMessage) refusal {
	return func(value json.RawMessage) refusal {
		if wrong := text(target)(value); wrong != "" {
			return wrong
		}
		if **target == "" {
			return empty
		}
		return ""
	}
}
