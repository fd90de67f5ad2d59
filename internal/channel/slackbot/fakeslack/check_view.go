package fakeslack

import (
	"encoding/json"
	"strconv"
)

// CheckView says what Slack would refuse in a modal or a Home tab, in the words of its
// response_metadata, or as the bare code view_too_large.
func CheckView(view json.RawMessage) []string {
	var v object
	if err := json.Unmarshal(view, &v); err != nil || v == nil {
		return []string{"must provide an object [json-pointer:/view]"}
	}
	if len(view) > maxViewBytes {
		return []string{codeViewTooLarge}
	}
	kind, _ := v["type"].(string)
	c := newChecker(kind)
	switch kind {
	case "modal":
		c.modal(v)
	case "home":
		c.keys("/view", v, "blocks private_metadata callback_id external_id")
	default:
		c.add("/view/type", "unsupported type: %s", kind)
		return c.found
	}
	c.length("/view", v, "private_metadata", 0, 3000)
	c.length("/view", v, "callback_id", 0, 255)
	c.length("/view", v, "external_id", 0, 255)
	c.blocks("/view/blocks", c.list("/view", v, "blocks", 0, 1<<20), maxViewBlocks)
	return c.found
}

func (c *checker) modal(v object) {
	c.keys("/view", v, "title submit close blocks private_metadata callback_id external_id clear_on_close notify_on_close submit_disabled")
	c.text("/view/title", v["title"], 24, true)
	c.optionalText("/view", v, "submit", 24, true)
	c.optionalText("/view", v, "close", 24, true)
	if _, there := v["blocks"]; !there {
		c.add("/view", "missing required field: blocks")
	}
	if _, submit := v["submit"]; submit {
		return
	}
	list, _ := v["blocks"].([]any)
	for i, b := range list {
		if o, _ := b.(object); o["type"] == "input" {
			c.add("/view/blocks/"+strconv.Itoa(i)+"/input", "must define `submit` to use an `input` block in modals")
		}
	}
}
