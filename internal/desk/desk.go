// Package desk is the one service behind every channel: a message goes in, a reply comes out.
// It exists so that the order of the steps (load, mask, read, decide, word, keep) is written once,
// and so that a message is answered once however often it is delivered.
package desk

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"passdesk/internal/chat"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/observe"
	"passdesk/internal/redact"
	"passdesk/internal/reply"
	"passdesk/internal/store"
)

// MaxID is the longest id of a conversation or message, in bytes. Ids of work are made of it, and
// must not be longer than store.MaxID.
const MaxID = 256

// MaxText is the longest message that is read, in bytes; a longer one is no question but a document
// or an attack, and is told to be too long.
const MaxText = 16 << 10

// attempts bounds how often a turn is decided anew because somebody else was faster. Each lost race
// is somebody else's turn kept, so running out of them means a flood in one conversation.
const attempts = 12

// Content is what the desk answers from, made together and exchanged together.
type Content struct {
	Version string // tells this content from any other
	Guide   *guide.Guide
	Read    func(text string, expects dialogue.Expectation) dialogue.Reading
	Clean   func(raw, asked string) redact.Cleaned
}

// Options are what a desk may do besides answering. The zero value is a desk that tells nobody.
type Options struct {
	HandOver bool                      // hand conversations to people through the outbox
	Relay    string                    // kind of the work that takes what a customer writes to an agent there; "" for none
	Wake     func()                    // called when a turn caused work
	Kept     func(conversation string) // called when a turn was kept
	Observe  func(observe.Turn)        // called after every message, with ids only
	Now      func() time.Time          // default time.Now
	Idle     time.Duration             // after which a conversation starts afresh; 0: never
	// Remember is how many conversations are kept in memory besides the store, so that they need not
	// be loaded. It is for a desk that is alone on its store: what another one changed is found out
	// when the turn is committed, which then has to be run again. 0: none.
	Remember int
}

// Desk answers messages. It is safe for concurrent use.
type Desk struct {
	content atomic.Pointer[Content]
	store   store.Conversations
	options Options
	order   *order
	recent  *recent
}

// New makes a desk that answers from content and keeps conversations in a store.
func New(content Content, conversations store.Conversations, o Options) *Desk {
	if o.Now == nil {
		o.Now = time.Now
	}
	d := &Desk{store: conversations, options: o, order: newOrder(), recent: newRecent(o.Remember)}
	d.Replace(content)
	return d
}

// Replace makes the desk answer from other content. A turn that is under way ends with the content
// it began with.
func (d *Desk) Replace(content Content) { d.content.Store(&content) }

// Content is what the desk answers from now.
func (d *Desk) Content() Content { return *d.content.Load() }

// Handle answers one message, once: a message that comes again gets the reply it got. When it
// returns without an error the turn is kept. Errors that a channel acts upon are chat.ErrInvalid,
// chat.ErrNotFound, chat.ErrBusy (sending the message again is safe if it has an id) and the
// context's; any other is a fault of the service. No error quotes the message.
func (d *Desk) Handle(ctx context.Context, m chat.Message) (chat.Reply, error) {
	raw := string(m.Text)
	m.Text = "" // from here on only clean has the raw text
	t := d.turn(m, raw)
	r, err := t.handle(ctx, raw)
	return t.finish(r, err)
}

func (d *Desk) turn(m chat.Message, raw string) *turn {
	return &turn{
		desk: d, content: d.Content(), message: m, long: len(raw) > MaxText, at: d.options.Now(),
		record: observe.Turn{Conversation: observe.ID(m.Conversation), Channel: observe.ID(m.Channel)},
	}
}

// turn is one attempt after the other to answer one message.
type turn struct {
	desk       *Desk
	content    Content
	message    chat.Message       // without its text
	agent      *chat.AgentMessage // whose turn it is, without its text; nil for the customer
	long       bool               // the text is longer than what is read
	at         time.Time
	record     observe.Turn
	left       memory // before the customer left the agent who was there; zero if they did not
	repeat     bool   // the message had been answered already
	fromMemory bool   // the conversation was not loaded
}

// handle lets the message wait for its turn and decides anew as long as somebody else was faster.
func (t *turn) handle(ctx context.Context, raw string) (chat.Reply, error) {
	if err := t.valid(raw); err != nil {
		return chat.Reply{}, err
	}
	if t.message.ID == "" {
		t.message.ID = rand.Text() // it cannot be recognised when it comes again
	}
	done, err := t.desk.order.enter(ctx, t.message.Conversation)
	if err != nil {
		return chat.Reply{}, err
	}
	defer done()
	r, err := t.answer(ctx, raw)
	if errors.Is(err, chat.ErrInvalid) && t.fromMemory {
		r, err = t.answer(ctx, raw) // what means nothing now may have been answered before: the store knows
	}
	for try := 1; errors.Is(err, store.ErrConflict) && try < attempts; try++ {
		if err = pause(ctx, try); err == nil {
			t.record.Retries = try
			r, err = t.answer(ctx, raw)
		}
	}
	return r, err
}

// answer is the whole way of a message, top to bottom.
func (t *turn) answer(ctx context.Context, raw string) (chat.Reply, error) {
	kept, earlier, err := t.load(ctx)
	if err != nil {
		return chat.Reply{}, err
	}
	if earlier != nil {
		t.repeat, t.record.Found = true, nil
		return DecodeReply(earlier.Reply)
	}
	if t.message.Known && kept.version == 0 {
		return chat.Reply{}, chat.ErrNotFound
	}
	if t.agent != nil {
		return t.act(ctx, kept, raw)
	}
	before, asked := t.recall(kept)
	if t.message.Locale == "" {
		t.message.Locale = before.Locale
	}
	if before.answered(t.message) {
		return chat.Reply{}, chat.ErrAnswered
	}
	if t.isRelayed(before) {
		return t.relay(ctx, kept, before, asked, raw)
	}
	said := t.clean(raw, asked)
	reading, err := t.reading(said.Text, before)
	if err != nil {
		return chat.Reply{}, err
	}
	state, step := dialogue.Next(t.content.Guide, before.Dialogue, reading)
	after := before.after(reading, state, step)
	after.since(before.Dialogue, kept.version+1)
	if t.left = (memory{}); before.Agent != "" && after.Agent == "" {
		t.left = before
	}
	if c := t.message.Choose; c != nil {
		after.Chosen = &chosen{kept.version + 1, c.Fact, c.Value}
	}
	t.settle(&after)
	t.tell(&after, &step, said.Found)
	work, reference := t.handOver(&after, &step, kept.version+1)
	r := reply.Build(t.content.Guide, t.worded(state), step, reference)
	r.Conversation, r.Masked = t.message.Conversation, tellsOfSecret(step)
	return r, t.keep(ctx, kept.version+1, said.Text, after, r, work)
}

// load brings the conversation from memory or else from the store, with the turn that answered this
// message before, if there is one. From memory that is not known: the commit finds it out.
func (t *turn) load(ctx context.Context) (remembered, *store.Turn, error) {
	kept, known := t.desk.recent.take(t.message.Conversation)
	// What an agent does may be no turn, so no commit would find out that it was done before.
	if t.fromMemory = known && t.agent == nil; t.fromMemory {
		return kept, nil, nil
	}
	stored, earlier, err := t.desk.store.Load(ctx, t.message.Conversation, t.message.ID)
	if err != nil || earlier != nil {
		return remembered{}, earlier, err
	}
	m, err := decode(stored.State)
	return remembered{memory: m, version: stored.Version, updated: stored.Updated}, nil, err
}

// keep commits the turn with everything it causes.
func (t *turn) keep(ctx context.Context, version int64, said redact.Text, after memory, r chat.Reply, work []store.Work) error {
	state, err := after.encode()
	if err != nil {
		return err
	}
	encoded, err := encodeReply(r)
	if err != nil {
		return err
	}
	pressed, err := t.pressed()
	if err != nil {
		return err
	}
	if work, err = t.deliveries(work, after, version, said, r); err != nil {
		return err
	}
	err = t.desk.store.Commit(ctx, store.Turn{
		Conversation: t.message.Conversation, Channel: t.message.Channel, Sequence: version,
		Message: t.message.ID, At: t.at, Said: said, Pressed: pressed,
		Reply: encoded, Content: t.content.Version,
	}, state, work...)
	if err != nil {
		return err
	}
	t.desk.recent.put(t.message.Conversation, remembered{memory: after, version: version, updated: t.at})
	if len(work) > 0 && t.desk.options.Wake != nil {
		t.desk.options.Wake()
	}
	if t.desk.options.Kept != nil {
		t.desk.options.Kept(t.message.Conversation)
	}
	return nil
}

// worded is the state in whose language the reply is: until the customer has shown a language, that
// of the locale, or else that of most customers.
func (t *turn) worded(state dialogue.State) dialogue.State {
	if state.Language == "" {
		state.Language = reply.Fallback
		if locale := guide.Language(t.message.Locale); isLanguage(locale) {
			state.Language = locale
		}
	}
	return state
}

// finish tells what became of a message and turns the store's errors into the channel's.
func (t *turn) finish(r chat.Reply, err error) (chat.Reply, error) {
	if err != nil {
		r = chat.Reply{}
	}
	if errors.Is(err, store.ErrConflict) || errors.Is(err, store.ErrUnavailable) || errors.Is(err, store.ErrClosed) {
		err = fmt.Errorf("%w: %w", chat.ErrBusy, err)
	}
	t.record.Step, t.record.Ask, t.record.Answer, t.record.Language = observe.ID(r.Step), observe.ID(r.Ask), observe.ID(r.Answer), observe.ID(r.Language)
	t.record.Content, t.record.Outcome = observe.ID(t.content.Version), observe.OutcomeOf(err, t.repeat)
	t.record.Duration = t.desk.options.Now().Sub(t.at)
	if t.desk.options.Observe != nil {
		t.desk.options.Observe(t.record)
	}
	return r, err
}

// valid refuses what no database could keep, and messages that mean several things.
func (t *turn) valid(raw string) error {
	m := t.message
	if t.agent != nil {
		if err := t.validAgent(raw); err != nil {
			return err
		}
	}
	if m.Conversation == "" {
		return fmt.Errorf("%w: no conversation id", chat.ErrInvalid)
	}
	if err := validID("conversation", m.Conversation); err != nil {
		return err
	}
	if err := validID("message", m.ID); err != nil {
		return err
	}
	pressed := 0
	for _, is := range []bool{m.Choose != nil, m.Change != "", m.Command != ""} {
		if is {
			pressed++
		}
	}
	if pressed > 1 {
		return fmt.Errorf("%w: more than one of choose, change and command", chat.ErrInvalid)
	}
	return nil
}

func validID(what, id string) error {
	if len(id) > MaxID {
		return fmt.Errorf("%w: %s id has more than %d bytes", chat.ErrInvalid, what, MaxID)
	}
	if !utf8.ValidString(id) || strings.ContainsRune(id, 0) {
		return fmt.Errorf("%w: %s id is not text", chat.ErrInvalid, what)
	}
	return nil
}

// pause lets the one who was faster finish; the jitter keeps two losers from meeting again.
func pause(ctx context.Context, try int) error {
	wait := time.NewTimer(time.Duration(1+mathrand.IntN(1<<min(try, 6))) * time.Millisecond)
	defer wait.Stop()
	select {
	case <-wait.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
