package fakeslack

import (
	"strconv"
	"strings"
)

// selecting checks a menu. Only static ones carry options.
func (c *checker) selecting(kind, at string, e object) {
	if !strings.HasSuffix(kind, "static_select") {
		for _, key := range []string{"options", "option_groups"} {
			if _, there := e[key]; there {
				c.add(at, "invalid additional property: %s", key)
			}
		}
		return
	}
	c.keys(at, e, "action_id placeholder options option_groups initial_option initial_options confirm max_selected_items focus_on_load")
	if _, grouped := e["option_groups"]; !grouped {
		c.options(at, e, 100, true)
	} else if _, both := e["options"]; both {
		c.add(at, "invalid additional property: options")
	}
	for i, v := range c.list(at, e, "option_groups", 0, 100) {
		place := at + "/option_groups/" + strconv.Itoa(i)
		group, ok := v.(object)
		if !ok {
			c.add(place, "must provide an object")
			continue
		}
		c.keys(place, group, "label options")
		c.text(place+"/label", group["label"], 75, true)
		c.options(place, group, 100, true)
	}
	if v, there := e["initial_option"]; there {
		c.option(at+"/initial_option", v, true)
	}
}

// options checks the options of a menu or of a set of buttons.
func (c *checker) options(at string, e object, most int, plain bool) {
	for i, v := range c.list(at, e, "options", 1, most) {
		c.option(at+"/options/"+strconv.Itoa(i), v, plain)
	}
}

// option checks one. Sources disagree about a value of more than 75 characters, so it is refused.
func (c *checker) option(at string, v any, plain bool) {
	o, ok := v.(object)
	if !ok {
		c.add(at, "must provide an object")
		return
	}
	c.keys(at, o, "text value description url")
	c.text(at+"/text", o["text"], 75, plain)
	c.need(at, o, "value", 1, 75)
	c.optionalText(at, o, "description", 75, plain)
	c.length(at, o, "url", 1, 3000)
}
