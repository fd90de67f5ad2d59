package fakeslack

import (
	"strings"
	"unicode/utf8"
)

// text says why a text object of at most limit characters is not one.
func (c *checker) text(at string, v any, limit int, plain bool) {
	o, ok := v.(object)
	if !ok {
		c.add(at, "must provide an object")
		return
	}
	kind, _ := o["type"].(string)
	switch {
	case kind == "plain_text":
		c.keys(at, o, "text emoji")
	case kind == "mrkdwn" && !plain:
		c.keys(at, o, "text verbatim")
	default:
		c.add(at+"/type", "unsupported type: %s", kind)
	}
	c.need(at, o, "text", 1, limit)
}

// need checks a string that must be there.
func (c *checker) need(at string, o object, key string, least, most int) {
	if _, there := o[key]; !there {
		c.add(at, "missing required field: %s", key)
		return
	}
	c.length(at, o, key, least, most)
}

// length checks a string that may be missing.
func (c *checker) length(at string, o object, key string, least, most int) {
	v, there := o[key]
	if !there {
		return
	}
	at += "/" + key
	s, ok := v.(string)
	switch n := utf8.RuneCountInString(s); {
	case !ok:
		c.add(at, "must provide a string")
	case n < least:
		c.add(at, "must be more than %d characters", least-1)
	case n > most:
		c.add(at, "must be less than %d characters", most+1)
	}
}

// keys refuses what does not belong into an object besides its type.
func (c *checker) keys(at string, o object, allowed string) {
	for key := range o {
		if key != "type" && !strings.Contains(" "+allowed+" ", " "+key+" ") {
			c.add(at, "invalid additional property: %s", key)
		}
	}
}

// list reads an array of least to most items.
func (c *checker) list(at string, o object, key string, least, most int) []any {
	v, there := o[key]
	if !there {
		if least > 0 {
			c.add(at, "missing required field: %s", key)
		}
		return nil
	}
	l, ok := v.([]any)
	switch {
	case !ok:
		c.add(at+"/"+key, "must provide an array")
	case len(l) > most:
		c.add(at+"/"+key, "no more than %d items allowed", most)
	case len(l) < least:
		c.add(at+"/"+key, "no fewer than %d items allowed", least)
	}
	return l
}

// one checks that a string is one of those allowed, if it is there.
func (c *checker) one(at string, o object, key, allowed string) {
	if s, ok := o[key].(string); ok && !strings.Contains(" "+allowed+" ", " "+s+" ") {
		c.add(at+"/"+key, "must be a valid enum value")
	}
}
