package fakeslack

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// blocks checks a list of blocks that may hold so many.
func (c *checker) blocks(at string, list []any, most int) {
	if len(list) > most {
		c.add(at, "no more than %d items allowed", most)
	}
	for i, v := range list {
		c.block(at+"/"+strconv.Itoa(i), v)
	}
	if c.markdown > maxMarkdown {
		c.add(at, "must be less than %d characters in all markdown blocks", maxMarkdown+1)
	}
	if c.tables > 1 {
		c.add(at, "only one table allowed")
	}
}

func (c *checker) block(at string, v any) {
	b, ok := v.(object)
	if !ok {
		c.add(at, "must provide an object")
		return
	}
	kind, _ := b["type"].(string)
	if !c.takes(kind) {
		c.add(at+"/type", "unsupported type: %s", kind)
		return
	}
	c.length(at, b, "block_id", 1, 255)
	if id, _ := b["block_id"].(string); id != "" {
		if c.blockIDs[id] {
			c.add(at+"/block_id", "block_id already exists: %s", id)
		}
		c.blockIDs[id] = true
	}
	c.blockOf(kind, at, b)
}

// takes says whether a surface shows blocks of a kind.
func (c *checker) takes(kind string) bool {
	everywhere := " section divider image actions context header input rich_text video "
	only := " context_actions markdown table data_table data_visualization task_card plan container "
	if c.surface != "message" {
		only = " alert "
	}
	return kind != "" && strings.Contains(everywhere+only, " "+kind+" ")
}

func (c *checker) blockOf(kind, at string, b object) {
	switch kind {
	case "section":
		c.section(at, b)
	case "divider":
		c.keys(at, b, "block_id")
	case "header":
		c.keys(at, b, "block_id text level")
		c.text(at+"/text", b["text"], 150, true)
	case "actions":
		c.keys(at, b, "block_id elements")
		c.elements(at, b, 25, inActions)
	case "context":
		c.keys(at, b, "block_id elements")
		c.context(at, b)
	case "context_actions":
		c.keys(at, b, "block_id elements")
		c.elements(at, b, 5, inContextActions)
	case "markdown":
		c.keys(at, b, "block_id text")
		c.need(at, b, "text", 1, maxMarkdown)
		s, _ := b["text"].(string)
		c.markdown += utf8.RuneCountInString(s)
	case "image":
		c.keys(at, b, "block_id image_url slack_file alt_text title")
		c.image(at, b)
		c.optionalText(at, b, "title", 2000, true)
	case "input":
		c.input(at, b)
	case "table":
		c.tables++
		c.list(at, b, "rows", 1, 100)
	case "rich_text":
		c.keys(at, b, "block_id elements")
		c.list(at, b, "elements", 0, 1000)
	}
}

func (c *checker) section(at string, b object) {
	c.keys(at, b, "block_id text fields accessory expand")
	_, text := b["text"]
	_, fields := b["fields"]
	if !text && !fields {
		c.add(at, "missing required field: text")
	}
	c.optionalText(at, b, "text", 3000, false)
	least := 0
	if fields {
		least = 1
	}
	for i, f := range c.list(at, b, "fields", least, 10) {
		c.text(at+"/fields/"+strconv.Itoa(i), f, 2000, false)
	}
	if accessory, there := b["accessory"]; there {
		c.element(at+"/accessory", accessory, inSection, map[string]bool{})
	}
}

func (c *checker) context(at string, b object) {
	for i, v := range c.list(at, b, "elements", 1, 10) {
		place := at + "/elements/" + strconv.Itoa(i)
		if e, _ := v.(object); e["type"] == "image" {
			c.keys(place, e, "image_url slack_file alt_text")
			c.image(place, e)
		} else {
			c.text(place, v, 3000, false)
		}
	}
}

func (c *checker) image(at string, b object) {
	c.need(at, b, "alt_text", 0, 2000)
	_, file := b["slack_file"]
	if !file {
		c.need(at, b, "image_url", 1, 3000)
	}
}

func (c *checker) input(at string, b object) {
	c.keys(at, b, "block_id label element hint optional dispatch_action")
	c.text(at+"/label", b["label"], 2000, true)
	c.optionalText(at, b, "hint", 2000, true)
	c.element(at+"/element", b["element"], inInput, map[string]bool{})
}

// optionalText checks a text object that may be missing.
func (c *checker) optionalText(at string, o object, key string, limit int, plain bool) {
	if v, there := o[key]; there {
		c.text(at+"/"+key, v, limit, plain)
	}
}
