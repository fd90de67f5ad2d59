package api_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"passdesk/internal/channel/api"
	"passdesk/internal/chat"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fake is a desk that answers with what it was told, so that a test sees what reached it. It keeps
// its promises: a message is answered once, and only in a conversation that is there.
type fake struct {
	mutex         sync.Mutex
	conversations map[string][]api.Turn
	replies       map[string]chat.Reply // by conversation and message id
	messages      []chat.Message        // that were handled
	faults        []string
}

func newFake() *fake {
	return &fake{conversations: map[string][]api.Turn{}, replies: map[string]chat.Reply{}}
}

var errSecret = errors.New("the customer wrote hunter2")

func (f *fake) handle(ctx context.Context, m chat.Message) (chat.Reply, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	turns := f.conversations[m.Conversation]
	if r, ok := f.replies[m.Conversation+" "+m.ID]; ok && m.ID != "" {
		return r, nil
	}
	switch {
	case m.Known && len(turns) == 0:
		return chat.Reply{}, chat.ErrNotFound
	case m.Choose != nil && m.Choose.Fact != "prompt", m.Language != "" && m.Language != "ja" && m.Language != "en", !slices.Contains([]chat.Command{"", chat.Start, chat.Back, chat.Restart, chat.Human, chat.All}, m.Command), m.Change != "" && m.Change != "prompt":
		return chat.Reply{}, fmt.Errorf("%w: %w", chat.ErrInvalid, errSecret)
	case m.Text == "busy":
		return chat.Reply{}, fmt.Errorf("%w: %w", chat.ErrBusy, errSecret)
	case m.Text == "fault":
		return chat.Reply{}, errSecret
	case m.Text == "slow":
		<-ctx.Done()
		return chat.Reply{}, ctx.Err()
	}
	r := chat.Reply{
		Conversation: m.Conversation, Language: "ja", Step: "ask", Ask: "prompt", Text: told(m),
		SoFar: []chat.SoFar{{Fact: "prompt", About: "場所", Label: "VPN"}}, Reference: "ref",
		Choices:  []chat.Choice{{Fact: "prompt", Value: "vpn", Label: "<VPN>", Short: "VPN"}},
		Commands: []chat.Button{{Command: chat.Human, Label: "人"}},
	}
	turn := api.Turn{Sequence: int64(len(turns) + 1), At: time.Date(2026, 1, 2, 3, 4, 5, 6000, time.FixedZone("JST", 9*3600)), Said: strings.ReplaceAll(string(m.Text), "hunter2", "•••"), Reply: r}
	if m.Command != "" {
		turn.Pressed = fmt.Sprintf(`{"command":%q}`, m.Command)
	}
	f.conversations[m.Conversation], f.replies[m.Conversation+" "+m.ID] = append(turns, turn), r
	f.messages = append(f.messages, m)
	return r, nil
}

func told(m chat.Message) string {
	switch {
	case m.Choose != nil:
		return fmt.Sprintf("choose %s=%s", m.Choose.Fact, m.Choose.Value)
	case m.Change != "":
		return "change " + m.Change
	case m.Command != "":
		return "command " + string(m.Command)
	}
	return fmt.Sprintf("text %q", string(m.Text))
}

func (f *fake) transcript(_ context.Context, conversation string, after int64, limit int) (api.Transcript, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	turns := f.conversations[conversation]
	turns = turns[min(int(after), len(turns)):]
	return api.Transcript{Turns: turns[:min(limit, len(turns))]}, nil
}

func (f *fake) fault(_ context.Context, operation, conversation string, err error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.faults = append(f.faults, fmt.Sprintf("%s in %s: %v", operation, conversation, err))
}
