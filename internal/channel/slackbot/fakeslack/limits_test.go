package fakeslack_test

import (
	"strings"
	"testing"

	"passdesk/internal/channel/slackbot/fakeslack"
)

type m = map[string]any

func plain(n int) m { return m{"type": "plain_text", "text": strings.Repeat("x", n)} }
func mrkdwn(n int) m {
	return m{"type": "mrkdwn", "text": strings.Repeat("日", n)}
}

func times(n int, v func(i int) any) []any {
	all := make([]any, n)
	for i := range all {
		all[i] = v(i)
	}
	return all
}

func same(v any) func(int) any { return func(int) any { return v } }

func actions(elements ...any) m { return m{"type": "actions", "elements": elements} }

func button(extra m) m {
	b := m{"type": "button", "text": plain(1)}
	for k, v := range extra {
		b[k] = v
	}
	return b
}

func with(o m, key string, v any) m {
	c := m{}
	for k, v := range o {
		c[k] = v
	}
	c[key] = v
	return c
}

func menu(n int) m {
	return m{"type": "static_select", "options": times(n, func(int) any { return m{"text": plain(1), "value": "v"} })}
}

func confirm(title, text, ok int) m {
	return m{"title": plain(title), "text": plain(text), "confirm": plain(ok), "deny": plain(1)}
}

// TestLimitsOfMessages: at a limit a message passes, over it it does not, and the reason names
// the place.
func TestLimitsOfMessages(t *testing.T) {
	divider := m{"type": "divider"}
	text := func(n int) m { return m{"type": "section", "text": mrkdwn(n)} }
	long := func(key string, n int) m { return actions(button(m{key: strings.Repeat("v", n)})) }
	one := func(v m) []any { return []any{v} }
	for name, c := range map[string]struct {
		at, over []any
		because  string
	}{
		"blocks":         {times(50, same(divider)), times(51, same(divider)), "no more than 50 items allowed [json-pointer:/blocks]"},
		"section":        {one(text(3000)), one(text(3001)), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"},
		"section empty":  {one(text(1)), one(text(0)), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"},
		"fields":         {one(m{"type": "section", "fields": times(10, same(plain(1)))}), one(m{"type": "section", "fields": times(11, same(plain(1)))}), "no more than 10 items allowed [json-pointer:/blocks/0/fields]"},
		"field":          {one(m{"type": "section", "fields": []any{plain(2000)}}), one(m{"type": "section", "fields": []any{plain(2001)}}), "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]"},
		"header":         {one(m{"type": "header", "text": plain(150)}), one(m{"type": "header", "text": plain(151)}), "must be less than 151"},
		"header plain":   {one(m{"type": "header", "text": plain(1)}), one(m{"type": "header", "text": mrkdwn(1)}), "unsupported type: mrkdwn"},
		"button text":    {one(actions(m{"type": "button", "text": plain(75)})), one(actions(m{"type": "button", "text": plain(76)})), "must be less than 76"},
		"button value":   {one(long("value", 2000)), one(long("value", 2001)), "must be less than 2001"},
		"button url":     {one(long("url", 3000)), one(long("url", 3001)), "must be less than 3001"},
		"accessibility":  {one(long("accessibility_label", 75)), one(long("accessibility_label", 76)), "must be less than 76"},
		"action id":      {one(long("action_id", 255)), one(long("action_id", 256)), "must be less than 256"},
		"block id":       {one(with(divider, "block_id", strings.Repeat("b", 255))), one(with(divider, "block_id", strings.Repeat("b", 256))), "must be less than 256"},
		"elements":       {one(actions(times(25, same(button(nil)))...)), one(actions(times(26, same(button(nil)))...)), "no more than 25 items allowed"},
		"context":        {one(m{"type": "context", "elements": times(10, same(mrkdwn(1)))}), one(m{"type": "context", "elements": times(11, same(mrkdwn(1)))}), "no more than 10 items allowed"},
		"options":        {one(actions(menu(100))), one(actions(menu(101))), "no more than 100 items allowed"},
		"overflow":       {one(actions(with(menu(5), "type", "overflow"))), one(actions(with(menu(6), "type", "overflow"))), "no more than 5 items allowed"},
		"radio":          {one(actions(with(menu(10), "type", "radio_buttons"))), one(actions(with(menu(11), "type", "radio_buttons"))), "no more than 10 items allowed"},
		"confirm title":  {one(actions(button(m{"confirm": confirm(100, 300, 30)}))), one(actions(button(m{"confirm": confirm(101, 300, 30)}))), "must be less than 101"},
		"confirm text":   {one(actions(button(m{"confirm": confirm(100, 300, 30)}))), one(actions(button(m{"confirm": confirm(100, 301, 30)}))), "must be less than 301"},
		"confirm button": {one(actions(button(m{"confirm": confirm(100, 300, 30)}))), one(actions(button(m{"confirm": confirm(100, 300, 31)}))), "must be less than 31"},
		"markdown":       {one(m{"type": "markdown", "text": strings.Repeat("x", 12_000)}), one(m{"type": "markdown", "text": strings.Repeat("x", 12_001)}), "must be less than 12001"},
		"markdown in all": {times(2, same(m{"type": "markdown", "text": strings.Repeat("x", 6000)})),
			append(times(2, same(m{"type": "markdown", "text": strings.Repeat("x", 6000)})), m{"type": "markdown", "text": "x"}), "in all markdown blocks"},
		"all text":           {append(times(4, same(text(3000))), text(1200)), append(times(4, same(text(3000))), text(1201)), "msg_blocks_too_long"},
		"same block id":      {[]any{with(divider, "block_id", "a"), with(divider, "block_id", "b")}, times(2, same(with(divider, "block_id", "a"))), "block_id already exists"},
		"same action id":     {one(actions(button(m{"action_id": "a"}), button(m{"action_id": "b"}))), one(actions(button(m{"action_id": "a"}), button(m{"action_id": "a"}))), "action_id already exists"},
		"unknown block":      {one(divider), one(m{"type": "card"}), "unsupported type: card [json-pointer:/blocks/0/type]"},
		"unknown key":        {one(divider), one(with(divider, "color", "red")), "invalid additional property: color [json-pointer:/blocks/0]"},
		"emoji of mrkdwn":    {one(text(1)), one(m{"type": "section", "text": with(mrkdwn(1), "emoji", true)}), "invalid additional property: emoji"},
		"section of nothing": {one(text(1)), one(m{"type": "section"}), "missing required field: text"},
		"no text":            {one(divider), nil, "no_text"},
	} {
		t.Run(name, func(t *testing.T) {
			if found := fakeslack.CheckMessage(raw(t, c.at), ""); len(found) > 0 {
				t.Errorf("at the limit: %q", found)
			}
			found := fakeslack.CheckMessage(raw(t, c.over), "")
			if !strings.Contains(strings.Join(found, "\n"), c.because) {
				t.Errorf("over the limit: %q, want %q", found, c.because)
			}
		})
	}
}

func TestLimitsOfFeedbackButtons(t *testing.T) {
	feedback := func(n int) []any {
		half := m{"text": plain(75), "value": strings.Repeat("v", n)}
		return []any{m{"type": "context_actions", "elements": []any{m{"type": "feedback_buttons", "positive_button": half, "negative_button": half}}}}
	}
	if found := fakeslack.CheckMessage(raw(t, feedback(2000)), "x"); len(found) > 0 {
		t.Error(found)
	}
	if found := fakeslack.CheckMessage(raw(t, feedback(2001)), "x"); len(found) != 2 {
		t.Error(found)
	}
	if found := fakeslack.CheckMessage([]byte("{"), "x"); len(found) != 1 || found[0] != "invalid_blocks_format" {
		t.Error(found)
	}
}

func TestLimitsOfViews(t *testing.T) {
	modal := m{"type": "modal", "title": plain(1), "blocks": []any{}}
	home := m{"type": "home", "blocks": []any{}}
	x := func(n int) string { return strings.Repeat("x", n) }
	divider := m{"type": "divider"}
	input := m{"type": "input", "label": plain(1), "element": m{"type": "plain_text_input", "max_length": 3000}}
	tooFar := with(input, "element", m{"type": "plain_text_input", "max_length": 3001})
	big := times(90, same(m{"type": "section", "text": plain(3000)}))
	for name, c := range map[string]struct {
		at, over m
		because  string
	}{
		"title":         {with(modal, "title", plain(24)), with(modal, "title", plain(25)), "must be less than 25 characters [json-pointer:/view/title/text]"},
		"submit":        {with(modal, "submit", plain(24)), with(modal, "submit", plain(25)), "[json-pointer:/view/submit/text]"},
		"close":         {with(modal, "close", plain(24)), with(modal, "close", plain(25)), "[json-pointer:/view/close/text]"},
		"blocks":        {with(modal, "blocks", times(100, same(divider))), with(modal, "blocks", times(101, same(divider))), "no more than 100 items allowed [json-pointer:/view/blocks]"},
		"home blocks":   {with(home, "blocks", times(100, same(divider))), with(home, "blocks", times(101, same(divider))), "no more than 100 items allowed"},
		"metadata":      {with(modal, "private_metadata", x(3000)), with(modal, "private_metadata", x(3001)), "must be less than 3001 characters [json-pointer:/view/private_metadata]"},
		"callback id":   {with(modal, "callback_id", x(255)), with(modal, "callback_id", x(256)), "must be less than 256"},
		"external id":   {with(modal, "external_id", x(255)), with(modal, "external_id", x(256)), "must be less than 256"},
		"submit button": {with(with(modal, "blocks", []any{input}), "submit", plain(1)), with(modal, "blocks", []any{input}), "must define `submit`"},
		"input":         {with(with(modal, "blocks", []any{input}), "submit", plain(1)), with(with(modal, "blocks", []any{tooFar}), "submit", plain(1)), "max_length"},
		"size":          {with(modal, "blocks", big[:80]), with(modal, "blocks", big), "view_too_large"},
		"messages only": {modal, with(modal, "blocks", []any{m{"type": "markdown", "text": "x"}}), "unsupported type: markdown"},
		"kind":          {home, m{"type": "tab"}, "unsupported type: tab"},
	} {
		t.Run(name, func(t *testing.T) {
			if found := fakeslack.CheckView(raw(t, c.at)); len(found) > 0 {
				t.Errorf("at the limit: %q", found)
			}
			if found := fakeslack.CheckView(raw(t, c.over)); !strings.Contains(strings.Join(found, "\n"), c.because) {
				t.Errorf("over the limit: %q, want %q", found, c.because)
			}
		})
	}
}
