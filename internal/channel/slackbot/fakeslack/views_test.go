package fakeslack_test

import (
	"strconv"
	"sync"
	"testing"

	"github.com/slack-go/slack"

	"passdesk/internal/channel/slackbot/fakeslack"
)

// TestFillWhileUpdating is for the race detector: somebody types while the app changes the modal and reads
// back what is in it.
func TestFillWhileUpdating(t *testing.T) {
	s, api := workspace(t, fakeslack.Options{})
	input := slack.NewInputBlock("where", plainText("Where"), nil, slack.NewPlainTextInputBlockElement(nil, "text"))
	modal := slack.ModalViewRequest{Type: slack.VTModal, Title: plainText("Form"), Submit: plainText("Send"), Blocks: slack.Blocks{BlockSet: []slack.Block{input}}}
	opened, err := api.OpenViewContext(t.Context(), s.GlobalShortcut("U1", "form").TriggerID, modal)
	if err != nil {
		t.Fatal(err)
	}
	var typing sync.WaitGroup
	typing.Go(func() {
		for i := range 500 {
			s.Fill(opened.ID, map[string]map[string]any{"where" + strconv.Itoa(i%50): {"text": strconv.Itoa(i)}})
		}
		s.Fill(opened.ID, map[string]map[string]any{"where": {"text": "last"}})
	})
	for range 30 {
		if _, err := api.UpdateViewContext(t.Context(), modal, "", "", opened.ID); err != nil {
			t.Error(err)
		}
	}
	typing.Wait()
	after, err := api.UpdateViewContext(t.Context(), modal, "", "", opened.ID)
	if err != nil || after.State.Values["where"]["text"].Value != "last" {
		t.Errorf("%+v %v", after, err)
	}
}
