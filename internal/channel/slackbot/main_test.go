package slackbot_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"passdesk/intents"
	"passdesk/internal/channel/slackbot"
	"passdesk/internal/channel/slackbot/blocks"
	"passdesk/internal/channel/slackbot/fakeslack"
	"passdesk/internal/chat"
	"passdesk/internal/desk"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/handover"
	"passdesk/internal/outbox"
	"passdesk/internal/redact"
	"passdesk/internal/reply"
	"passdesk/internal/store"
	"passdesk/internal/store/sqlstore"
	"passdesk/knowledge"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	botToken, appToken, signing = "xoxb-1-test", "xapp-1-test", "8f742231b10e8888abcd99yyyzzz85a5"
	customer, english, agent    = "U0CUSTOMER", "U0ENGLISH", "U0AGENT"
	general, supportChannel     = "C0GENERAL", "C0SUPPORT"
	patience                    = time.Minute // that a busy machine gets
)

var content = sync.OnceValue(func() desk.Content {
	g, err := guide.Load(knowledge.Files)
	if err != nil {
		panic(err)
	}
	cleaner, err := redact.New(intents.Files, nil)
	if err != nil {
		panic(err)
	}
	return desk.Content{Version: "v1", Guide: g, Read: read, Clean: cleaner.Clean}
})

// read understands a few words and nothing else: what free text means is not Slack's business.
func read(text string, _ dialogue.Expectation) dialogue.Reading {
	var in dialogue.Reading
	for word, fact := range map[string]guide.Fact{"vpn": {Slot: "prompt", Value: "vpn"}, "installer": {Slot: "prompt", Value: "install"}, "old": {Slot: "vpn-generation", Value: "legacy"}} {
		if strings.Contains(strings.ToLower(text), word) {
			in.Facts = append(in.Facts, dialogue.Heard{Fact: fact, Confidence: 1})
		}
	}
	return in
}

// stand is a desk in a workspace, as a test sees it.
type stand struct {
	testing.TB
	slack *fakeslack.Slack
	file  string // of the database
	url   string // of a PostgreSQL database instead
	log   *bytes.Buffer
	logs  sync.Mutex
	dm    string

	// What a test may change before start.
	change  func(*slackbot.Options)
	http    bool
	away    bool // Slack is not there at first
	replica string
	clock   *clock

	store   *sqlstore.Store
	desk    *desk.Desk
	bot     *slackbot.Bot
	stop    func()
	counted sync.Map // of "kind/outcome" to *int
}

// Write implements io.Writer for the log.
func (s *stand) Write(line []byte) (int, error) {
	s.logs.Lock()
	defer s.logs.Unlock()
	return s.log.Write(line)
}

func (s *stand) logged() string {
	s.logs.Lock()
	defer s.logs.Unlock()
	return s.log.String()
}

// workspace is a fake Slack with two customers, an agent and a support channel.
func workspace(t testing.TB, o fakeslack.Options) *stand {
	t.Helper()
	o.BotToken, o.AppToken, o.SigningSecret = botToken, appToken, signing
	if o.AckWithin == 0 {
		o.AckWithin = 8 * time.Second // Slack's three, and more for a busy machine; less than what is made to stall
	}
	if o.RetryAfter == nil {
		o.RetryAfter = []time.Duration{50 * time.Millisecond, 200 * time.Millisecond, time.Second}
	}
	c := &clock{}
	o.Now = c.now
	s := &stand{TB: t, clock: c, slack: fakeslack.New(o), file: filepath.Join(t.TempDir(), "passdesk.db"), log: &bytes.Buffer{}, replica: "one"}
	s.slack.AddUser(fakeslack.User{ID: customer, Name: "yamada", Locale: "ja-JP"})
	s.slack.AddUser(fakeslack.User{ID: english, Name: "smith", Locale: "en-US"})
	s.slack.AddUser(fakeslack.User{ID: agent, Name: "sato", Locale: "ja-JP"})
	s.slack.AddGroup("S0AGENTS", agent)
	s.slack.AddChannel(fakeslack.Channel{ID: supportChannel, Name: "support", Kind: "group", Members: []string{agent, fakeslack.BotUserID}})
	s.slack.AddChannel(fakeslack.Channel{ID: general, Name: "general", Kind: "channel", Members: []string{customer, english, agent, fakeslack.BotUserID}})
	if _, err := s.slack.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.slack.Close)
	s.dm = s.slack.DM(customer)
	return s
}

// open makes a workspace and starts a desk in it.
func open(t testing.TB, change func(*slackbot.Options)) *stand {
	t.Helper()
	s := workspace(t, fakeslack.Options{})
	s.change = change
	s.start()
	return s
}

// start starts the desk; it can be stopped and started again on the same database.
func (s *stand) start() {
	s.Helper()
	var err error
	if s.url != "" {
		s.store, err = sqlstore.OpenPostgres(context.Background(), s.url, sqlstore.Options{})
	} else {
		s.store, err = sqlstore.OpenSQLite(context.Background(), s.file, sqlstore.Options{})
	}
	if err != nil {
		s.Fatal(err)
	}
	var worker *outbox.Worker
	s.desk = desk.New(content(), s.store, desk.Options{HandOver: true, Relay: "relay", Idle: 24 * time.Hour, Now: s.clock.now, Wake: func() { worker.Wake() }})
	o := s.options()
	if s.change != nil {
		s.change(&o)
	}
	if s.bot, err = slackbot.New(o); err != nil {
		s.Fatal(err)
	}
	if err = s.bot.Start(s.Context()); err != nil && (!s.away || !errors.Is(err, slackbot.ErrNoAnswer)) {
		s.Fatal(err)
	}
	worker, err = outbox.New(s.store, s.work(), outbox.Options{Owner: s.replica, Lease: 20 * time.Second, Timeout: 10 * time.Second, Grace: 300 * time.Millisecond, Poll: 50 * time.Millisecond, FirstDelay: 100 * time.Millisecond, LongestDelay: time.Second})
	if err != nil {
		s.Fatal(err)
	}
	s.run(worker)
}

// clock is the time of Slack, desk and bot.
type clock struct{ ahead atomic.Int64 }

// goes lets time go by.
func (c *clock) goes(by time.Duration) { c.ahead.Add(int64(by)) }

func (c *clock) now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

// restart ends the desk and begins it again.
func (s *stand) restart() {
	s.Helper()
	s.stop()
	s.start()
}

func (s *stand) run(worker *outbox.Worker) {
	ctx, cancel := context.WithCancel(context.Background())
	var all sync.WaitGroup
	all.Go(func() { s.bot.Run(ctx) })
	all.Go(func() { worker.Run(ctx) })
	ended := func() {}
	if s.http {
		server := httptest.NewServer(s.bot)
		s.slack.SendTo(server.URL, server.URL, server.URL)
		ended = server.Close
	} else if !await(func() bool { return s.bot.Ready() == nil }) {
		s.Fatalf("no connection: %s", s.logged())
	}
	s.stop = sync.OnceFunc(func() {
		ended()
		cancel()
		all.Wait()
		if err := s.store.Close(); err != nil {
			s.Error(err)
		}
	})
	s.Cleanup(func() { s.stop() })
}

func (s *stand) options() slackbot.Options {
	o := slackbot.Options{
		Between: 20 * time.Millisecond, Wait: 5 * time.Second, Now: s.clock.now, BotToken: botToken, APIURL: s.slack.URL() + "/api/", SupportChannel: supportChannel,
		Handle: s.desk.Handle, Act: s.desk.Agent, Greet: s.desk.Greet, Contact: s.desk.Contact, Turn: s.turn, Mark: s.store.Mark, Marked: s.store.Marked,
		Take: s.take, Close: s.close,
		Words: func(language string) map[string]string {
			return content().Guide.WordsIn(guide.PageSlack, guide.Language(language))
		},
		Label: func(_, value, _ string) string { return value },
		Agents: &slackbot.Agents{
			Group: "S0AGENTS", Search: search, Topics: topics, Guidance: guidance,
			Around:  func(_, _, customer string) (string, string) { return customer + "様", "" },
			Version: func() string { return "v1" },
			Understand: func(_ context.Context, _ chat.Raw, language string) (slackbot.Understood, error) {
				return slackbot.Understood{Answer: "vpn-signin", Language: language}, nil
			},
			Feedback: func(context.Context) map[string]blocks.Feedback {
				return map[string]blocks.Feedback{content().Guide.Answers()[0]: {Helped: 31, Failed: 4}}
			},
			Cases: func(context.Context, string) ([]blocks.HomeCase, error) { return nil, nil },
		},
		Logger:  slog.New(slog.NewJSONHandler(s, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Observe: slackbot.Observer{Delivery: s.count, Retry: func() {}, Call: func(string, string) {}, Connect: func(bool) {}, Waiting: func(int) {}},
	}
	if s.http {
		o.SigningSecret = signing
	} else {
		o.AppToken = appToken
	}
	return o
}

func (s *stand) turn(ctx context.Context, conversation string, sequence int64) (slackbot.Turn, error) {
	kept, err := s.store.Turns(ctx, conversation, sequence-1, 1)
	if err != nil {
		return slackbot.Turn{}, err
	}
	if len(kept) == 0 || kept[0].Sequence != sequence {
		return slackbot.Turn{}, chat.ErrNotFound
	}
	r, err := desk.DecodeReply(kept[0].Reply)
	return slackbot.Turn{Sequence: sequence, Said: kept[0].Said.String(), Pressed: kept[0].Pressed, Reply: r}, err
}

// take gives a case to whoever comes first.
func (s *stand) take(ctx context.Context, id, agent, name string) (string, error) {
	if err := s.store.TakeCase(ctx, id, agent, name); err == nil {
		return agent, nil
	}
	one, err := s.store.Case(ctx, id)
	if err != nil || one.State == store.CaseClosed {
		return "", err
	}
	return one.Agent, nil
}

func (s *stand) close(ctx context.Context, id, holder string) error {
	return s.store.CloseCase(ctx, id, holder, store.Other)
}

// work is the outbox's work; hand-overs are cards with their reference and nothing else.
func (s *stand) work() map[string]outbox.Do {
	job := func(j store.Job) slackbot.Job {
		return slackbot.Job{ID: j.ID, Conversation: j.Conversation, Sequence: j.Sequence, Details: j.Details, Tries: j.Tries}
	}
	return map[string]outbox.Do{
		slackbot.Channel: func(ctx context.Context, j store.Job) error { return refused(s.bot.Deliver(ctx, job(j))) },
		"relay":          func(ctx context.Context, j store.Job) error { return refused(s.bot.Relay(ctx, job(j))) },
		"handover": func(ctx context.Context, j store.Job) error {
			d, err := handover.ParseDetails(j.Details)
			if err != nil {
				return err
			}
			source := handover.Source{Guide: func() *guide.Guide { return content().Guide }, Turns: s.store.Turns, Decode: desk.DecodeReply}
			packet, err := source.Packet(ctx, j)
			if err != nil {
				return err
			}
			return refused(s.bot.HandOver(ctx, slackbot.HandOver{
				ID: j.ID, Conversation: j.Conversation, Language: "ja", Address: d.Address, Tries: j.Tries, Card: blocks.Card{Reference: packet.Reference, Channel: "slack", Language: "ja"},
			}))
		},
	}
}

func refused(err error) error {
	var r slackbot.Refused
	switch {
	case !errors.As(err, &r):
		return err
	case r.Never:
		return outbox.Permanent{Err: r}
	case r.Wait > 0:
		return outbox.RetryAfter{Err: r, Wait: r.Wait}
	}
	return r
}

func search(query, language string) []blocks.Hit {
	var hits []blocks.Hit
	for _, id := range content().Guide.Answers() {
		if strings.Contains(id, query) {
			hits = append(hits, hit(id, language))
		}
	}
	return hits
}

func hit(id, language string) blocks.Hit {
	a := content().Guide.Answer(id)
	return blocks.Hit{ID: id, Title: a.Title.In(guide.Language(language)), Summary: a.Summary.In(guide.Language(language))}
}

func topics(language string) []blocks.Topic {
	t := blocks.Topic{Name: "all"}
	for _, id := range content().Guide.Answers() {
		t.Hits = append(t.Hits, hit(id, language))
	}
	return []blocks.Topic{t}
}

func guidance(id, language string) []chat.Part {
	if content().Guide.Answer(id) == nil {
		return nil
	}
	return reply.Guidance(content().Guide, id, guide.Language(language))
}

func (s *stand) count(kind, outcome string, _ time.Duration) {
	n, _ := s.counted.LoadOrStore(kind+"/"+outcome, new(counter))
	n.(*counter).add()
}

type counter struct {
	mutex sync.Mutex
	n     int
}

func (c *counter) add() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.n++
}

// outcomes is how many deliveries of a kind ended so.
func (s *stand) outcomes(kind, outcome string) int {
	n, ok := s.counted.Load(kind + "/" + outcome)
	if !ok {
		return 0
	}
	c := n.(*counter)
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.n
}

// says posts what a customer writes in the direct channel and returns its ts.
func (s *stand) says(text string) string {
	return s.slack.Post(fakeslack.Message{Channel: s.dm, User: customer, Text: text})
}

// bots are the messages of the bot in a thread that everybody sees.
func (s *stand) bots(channel, thread string) (all []fakeslack.Message) {
	for _, m := range s.slack.Thread(channel, thread) {
		if m.User == fakeslack.BotUserID && m.EphemeralTo == "" {
			all = append(all, m)
		}
	}
	return all
}

// nth waits for the nth message of the bot in a thread.
func (s *stand) nth(channel, thread string, n int) fakeslack.Message {
	s.Helper()
	if !s.slack.Await(patience, func() bool { return len(s.bots(channel, thread)) >= n }) {
		s.Fatalf("there are %d messages of the bot, want %d\n%s", len(s.bots(channel, thread)), n, s.logged())
	}
	return s.bots(channel, thread)[n-1]
}

// exactly waits until all deliveries are through and checks how many messages of the bot are in a thread.
func (s *stand) exactly(channel, thread string, n int) {
	s.Helper()
	s.nth(channel, thread, n)
	s.settled()
	if got := len(s.bots(channel, thread)); got != n {
		s.Errorf("there are %d messages of the bot, want %d", got, n)
	}
}

// settled waits until nothing is waiting, in the bot or in the outbox.
func (s *stand) settled() {
	s.Helper()
	idle := func() bool {
		jobs, _, err := s.store.Depth(context.Background())
		return err == nil && s.bot.Waiting() == 0 && jobs[store.Waiting] == 0
	}
	if !await(idle) {
		jobs, err := s.store.Jobs(context.Background(), store.Waiting, 10)
		s.Fatalf("%d events and these jobs still wait: %+v, %v; %s", s.bot.Waiting(), jobs, err, s.logged())
	}
}

// await waits until something holds that the workspace knows nothing of.
func await(holds func() bool) bool {
	for end := time.Now().Add(patience); !holds(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			return false
		}
	}
	return true
}
