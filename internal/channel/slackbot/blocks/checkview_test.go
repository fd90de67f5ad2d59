package blocks_test

import (
	"encoding/json"
	"testing"

	"github.com/slack-go/slack"

	"passdesk/internal/channel/slackbot/blocks"
	"passdesk/internal/channel/slackbot/fakeslack"
)

// TestCheckModal is TestCheck for windows.
func TestCheckModal(t *testing.T) {
	dividers := func(n int) slack.Blocks { return slack.Blocks{BlockSet: several(n, slack.NewDividerBlock())} }
	for _, l := range []struct {
		name        string
		least, most int
		change      func(v *slack.ModalViewRequest, n int)
	}{
		{"title", 1, 24, func(v *slack.ModalViewRequest, n int) { v.Title = plain(n) }},
		{"submit", 1, 24, func(v *slack.ModalViewRequest, n int) { v.Submit = plain(n) }},
		{"close", 1, 24, func(v *slack.ModalViewRequest, n int) { v.Close = plain(n) }},
		{"metadata", 0, 3000, func(v *slack.ModalViewRequest, n int) { v.PrivateMetadata = x(n) }},
		{"callback id", 0, 255, func(v *slack.ModalViewRequest, n int) { v.CallbackID = x(n) }},
		{"external id", 0, 255, func(v *slack.ModalViewRequest, n int) { v.ExternalID = x(n) }},
		{"blocks", 0, 100, func(v *slack.ModalViewRequest, n int) { v.Blocks = dividers(n) }},
		{"bytes", 0, 250_000, func(v *slack.ModalViewRequest, n int) { v.Blocks = bytesOf(t, *v, n) }},
	} {
		for n, right := range around(l.least, l.most) {
			v := slack.ModalViewRequest{Type: slack.VTModal, Title: plain(1), Blocks: dividers(1)}
			l.change(&v, n)
			agree(t, l.name, n, right, blocks.CheckModal(v), v)
		}
	}
}

// bytesOf are blocks that make a window so long.
func bytesOf(t *testing.T, v slack.ModalViewRequest, n int) slack.Blocks {
	t.Helper()
	of := func(n int) *slack.TextBlockObject {
		return &slack.TextBlockObject{Type: slack.PlainTextType, Text: x(n)}
	}
	last := &slack.SectionBlock{Type: slack.MBTSection, Text: of(1)}
	v.Blocks.BlockSet = append(several(81, &slack.SectionBlock{Type: slack.MBTSection, Text: of(3000)}), last)
	last.Text = of(1 + n - len(marshal(t, v)))
	if got := len(marshal(t, v)); got != n {
		t.Fatalf("%d bytes, want %d", got, n)
	}
	return v.Blocks
}

// TestCheckHome is TestCheck for homes.
func TestCheckHome(t *testing.T) {
	for _, l := range []struct {
		name   string
		most   int
		change func(v *slack.HomeTabViewRequest, n int)
	}{
		{"blocks", 100, func(v *slack.HomeTabViewRequest, n int) { v.Blocks.BlockSet = several(n, slack.NewDividerBlock()) }},
		{"metadata", 3000, func(v *slack.HomeTabViewRequest, n int) { v.PrivateMetadata = x(n) }},
		{"callback id", 255, func(v *slack.HomeTabViewRequest, n int) { v.CallbackID = x(n) }},
		{"external id", 255, func(v *slack.HomeTabViewRequest, n int) { v.ExternalID = x(n) }},
	} {
		for more := range 2 {
			v := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: several(1, header(1))}}
			l.change(&v, l.most+more)
			agree(t, l.name, l.most+more, more == 0, blocks.CheckHome(v), v)
		}
	}
}

// TestCheckModalKinds is TestCheckKinds for windows.
func TestCheckModalKinds(t *testing.T) {
	asks := input(plain(1), nil, &slack.PlainTextInputBlockElement{})
	for name, v := range map[string]slack.ModalViewRequest{
		"no title":           {Type: slack.VTModal, Blocks: slack.Blocks{BlockSet: several(1, header(1))}},
		"title with markup":  {Type: slack.VTModal, Title: mrkdwn(1), Blocks: slack.Blocks{BlockSet: several(1, header(1))}},
		"nothing submits it": {Type: slack.VTModal, Title: plain(1), Blocks: slack.Blocks{BlockSet: asks}},
		"markdown":           {Type: slack.VTModal, Title: plain(1), Blocks: slack.Blocks{BlockSet: several(1, markdown(1))}},
	} {
		agree(t, name, 1, false, blocks.CheckModal(v), v)
	}
	v := slack.ModalViewRequest{Type: slack.VTModal, Title: plain(1), Submit: plain(1), Blocks: slack.Blocks{BlockSet: asks}}
	agree(t, "submitted", 1, true, blocks.CheckModal(v), v)
}

// agree fails unless we and the fake Slack both say that a view is right, or that it is not.
func agree(t *testing.T, name string, n int, right bool, err error, v any) {
	t.Helper()
	if (err == nil) != right {
		t.Errorf("%s of %d: we say %v", name, n, err)
	}
	if faults := fakeslack.CheckView(json.RawMessage(marshal(t, v))); (len(faults) == 0) != right {
		t.Errorf("%s of %d: Slack says %q", name, n, faults)
	}
}
