package fakeslack

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// What Slack answers when a message is refused as a whole. CheckMessage returns them as they are.
const (
	codeNoText        = "no_text"
	codeTextTooLong   = "msg_too_long"
	codeBlocksTooLong = "msg_blocks_too_long"
	codeBlocksFormat  = "invalid_blocks_format"
	codeViewTooLarge  = "view_too_large"
)

const (
	maxMessageBlocks = 50
	maxViewBlocks    = 100
	maxMarkdown      = 12_000 // over all markdown blocks of a message
	maxBlockText     = 13_200 // over all blocks of a message
	maxPostText      = 40_000
	maxUpdateText    = 4_000
	maxViewBytes     = 250_000
)

// object is a JSON object whose shape is Slack's business.
type object = map[string]any

// checker collects what is wrong with blocks, in Slack's words.
type checker struct {
	surface  string // message, modal or home
	found    []string
	blockIDs map[string]bool
	markdown int
	tables   int
}

func newChecker(surface string) *checker {
	return &checker{surface: surface, blockIDs: map[string]bool{}}
}

// add notes a problem at a place, which is a JSON pointer.
func (c *checker) add(at, format string, values ...any) {
	c.found = append(c.found, fmt.Sprintf(format, values...)+" [json-pointer:"+at+"]")
}

// CheckMessage says what Slack would refuse in a message, in the words of its response_metadata,
// or as the bare code no_text, msg_too_long, msg_blocks_too_long or invalid_blocks_format. The text
// limit is the one of chat.postMessage; chat.update takes 4,000 characters only.
func CheckMessage(blocks json.RawMessage, text string) []string {
	list, ok := blockList(blocks)
	if !ok {
		return []string{codeBlocksFormat}
	}
	if len(list) == 0 && text == "" {
		return []string{codeNoText}
	}
	c := newChecker("message")
	if utf8.RuneCountInString(text) > maxPostText {
		c.found = append(c.found, codeTextTooLong)
	}
	c.blocks("/blocks", list, maxMessageBlocks)
	if len(c.found) == 0 && textLength(list) > maxBlockText {
		c.found = append(c.found, codeBlocksTooLong)
	}
	return c.found
}

// blockList reads the blocks of a message; none at all is fine.
func blockList(blocks json.RawMessage) ([]any, bool) {
	if trimmed := bytes.TrimSpace(blocks); len(trimmed) == 0 || string(trimmed) == "null" {
		return nil, true
	}
	var list []any
	err := json.Unmarshal(blocks, &list)
	return list, err == nil
}

// textLength counts the characters that are shown, wherever in v they stand.
func textLength(v any) int {
	n := 0
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			n += textLength(e)
		}
	case object:
		for key, e := range v {
			if s, ok := e.(string); ok && key == "text" {
				n += utf8.RuneCountInString(s)
			} else if !ok {
				n += textLength(e)
			}
		}
	}
	return n
}
