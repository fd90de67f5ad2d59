package blocks

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"
)

// Check tells what Slack would refuse a message for, nil if nothing. It is stricter where the sources about
// Slack disagree, and about what this package never does: a text without words, or with markup in it.
func Check(m Message) error {
	c := newChecker()
	c.words("text", m.Text, mostText)
	if strings.ContainsAny(m.Text, "<>") {
		c.fault("text: %q is markup", m.Text)
	}
	c.blocks(m.Blocks, mostBlocks)
	c.most("all text in blocks", c.total, mostTotal)
	c.most("all text in markdown", c.markdown, mostMarkdown)
	return errors.Join(c.faults...)
}

// CheckModal tells what Slack would refuse a window for, nil if nothing.
func CheckModal(v slack.ModalViewRequest) error {
	c := newChecker()
	c.view = true
	c.plain("title", v.Title, mostTitle)
	c.plainIfAny("submit", v.Submit, mostTitle)
	c.plainIfAny("close", v.Close, mostTitle)
	for i, one := range v.Blocks.BlockSet {
		if _, asks := one.(*slack.InputBlock); asks && v.Submit == nil {
			c.fault("block %d asks for something, and nothing submits it", i)
		}
	}
	c.surface(v, v.PrivateMetadata, v.CallbackID, v.ExternalID, v.Blocks.BlockSet)
	return errors.Join(c.faults...)
}

// CheckHome tells what Slack would refuse a home for, nil if nothing.
func CheckHome(v slack.HomeTabViewRequest) error {
	c := newChecker()
	c.view = true
	c.surface(v, v.PrivateMetadata, v.CallbackID, v.ExternalID, v.Blocks.BlockSet)
	return errors.Join(c.faults...)
}

// checker collects what is wrong.
type checker struct {
	faults   []error
	size     func(string) int // of what is shown
	total    int              // size of all that is shown
	markdown int              // characters of all markdown blocks
	ids      map[string]bool  // of blocks
	view     bool             // not a message
}

func newChecker() *checker {
	return &checker{size: utf8.RuneCountInString, ids: map[string]bool{}}
}

func (c *checker) fault(format string, values ...any) {
	c.faults = append(c.faults, fmt.Errorf(format, values...))
}

func (c *checker) most(what string, n, most int) {
	if n > most {
		c.fault("%s: %d, at most %d", what, n, most)
	}
}

func (c *checker) some(what string, n int) {
	if n == 0 {
		c.fault("%s: none", what)
	}
}

// count checks how many of something there are.
func (c *checker) count(what string, n, least, most int) {
	c.most(what, n, most)
	if n < least {
		c.fault("%s: %d, at least %d", what, n, least)
	}
}

func (c *checker) length(what, s string, least, most int) {
	c.count(what, utf8.RuneCountInString(s), least, most)
}

// words checks a text that must say something.
func (c *checker) words(what, s string, most int) {
	c.length(what, s, 1, most)
	if blank(s) {
		c.fault("%s: %q says nothing", what, s)
	}
}

// surface checks what windows and homes have in common.
func (c *checker) surface(v any, metadata, callback, external string, all []slack.Block) {
	c.length("metadata", metadata, 0, mostMetadata)
	c.length("callback id", callback, 0, mostID)
	c.length("external id", external, 0, mostID)
	c.blocks(all, mostViewBlocks)
	data, err := json.Marshal(v)
	if err != nil {
		c.fault("encode view: %w", err)
	}
	c.most("bytes", len(data), mostViewBytes)
}
