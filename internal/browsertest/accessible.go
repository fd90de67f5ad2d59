package browsertest

import (
	_ "embed" // axe-core
	"encoding/json"
	"fmt"
	"strings"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
)

// axe is axe-core 4.14.1 (see axe.LICENSE), which knows the rules of accessibility.
//
//go:embed axe.min.js
var axe string

// violation is a rule that a page breaks, with the elements that do.
type violation struct {
	ID    string
	Help  string
	Nodes []struct {
		Target         []any
		FailureSummary string
	}
}

// Axe lists the rules of WCAG 2.0 to 2.2, levels A and AA, that the page breaks, one line each.
func (p *Page) Axe() []string {
	p.t.Helper()
	p.do("load axe", chromedp.Evaluate[chromedp.Void](axe))
	var found []violation
	p.Eval(`axe.run(document, {runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]}}).then(r => r.violations)`, &found)
	var lines []string
	for _, v := range found {
		for _, node := range v.Nodes {
			lines = append(lines, fmt.Sprintf("%s: %s at %v (%s)", v.ID, v.Help, node.Target, strings.ReplaceAll(node.FailureSummary, "\n", " ")))
		}
	}
	return lines
}

// Accessible is an element as assistive technology sees it.
type Accessible struct {
	Role, Name, Description string
}

// Tree is the page as assistive technology sees it, in order, without what it ignores.
func (p *Page) Tree() []Accessible {
	p.t.Helper()
	send(p, "enable accessibility", accessibility.Enable, struct{}{})
	all := send(p, "read accessibility tree", accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	var seen []Accessible
	for _, node := range all.Nodes {
		if !node.Ignored {
			seen = append(seen, Accessible{text(node.Role), text(node.Name), text(node.Description)})
		}
	}
	return seen
}

func text(v *accessibility.Value) string {
	if v == nil {
		return ""
	}
	var words string
	if err := json.Unmarshal(v.Value, &words); err != nil {
		return string(v.Value) // a number or a truth
	}
	return words
}
