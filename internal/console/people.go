package console

import (
	"context"

	"passdesk/internal/chat"
	"passdesk/internal/store"
)

// People are the hand-overs and what agents can do about them. All of it must be given but Live and
// Done.
type People struct {
	// The cases, as store.Cases has them.
	Cases  func(ctx context.Context, which store.CaseFilter, skip, limit int) ([]store.Case, error)
	Case   func(ctx context.Context, id string) (store.Case, error)
	Take   func(ctx context.Context, id, agent, name string) error
	Return func(ctx context.Context, id, agent string) error
	Close  func(ctx context.Context, id, agent string, outcome store.CaseOutcome) error
	// Turns are those of a conversation after one of them, at most limit, as store.Conversations has
	// them; Decode reads their replies.
	Turns  func(ctx context.Context, conversation string, after int64, limit int) ([]store.Turn, error)
	Decode func(string) (chat.Reply, error)
	// Do does what an agent does in a conversation, as the desk does.
	Do func(ctx context.Context, m chat.AgentMessage) (chat.Reply, error)
	// Listen wakes whoever waits for new turns of a conversation, until stop is called.
	Listen func(conversation string) (wake <-chan struct{}, stop func())
	// Live reports whether customers of a channel see what an agent says [none does].
	Live func(channel string) bool
	// Done is closed when the service stops, so that event streams end [never].
	Done <-chan struct{}
}

func (p *People) complete() bool {
	return p.Cases != nil && p.Case != nil && p.Take != nil && p.Return != nil && p.Close != nil &&
		p.Turns != nil && p.Decode != nil && p.Do != nil && p.Listen != nil
}

func (p *People) live(channel string) bool { return p.Live != nil && p.Live(channel) }

// join lets an agent into a conversation, or out of it again, if its customers can be talked to.
func (p *People) join(ctx context.Context, one store.Case, do chat.AgentAct, id, agent, name string) error {
	if !p.live(one.Channel) {
		return nil
	}
	_, err := p.Do(ctx, chat.AgentMessage{ID: id, Conversation: one.Conversation, Reference: one.Reference, Agent: agent, Name: name, Do: do})
	return err
}
