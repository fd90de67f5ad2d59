package webchat_test

import (
	"context"
	"errors"
	"html"
	"html/template"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"passdesk/intents"
	"passdesk/internal/browsertest"
	"passdesk/internal/channel/webchat"
	"passdesk/internal/chat"
	"passdesk/internal/desk"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/live"
	"passdesk/internal/picture"
	"passdesk/internal/redact"
	"passdesk/internal/reply"
	"passdesk/internal/store"
	"passdesk/internal/store/memstore"
	"passdesk/knowledge"
)

var chromium = browsertest.New(os.Getenv)

// readTimeout is how long the server lets a request take.
const readTimeout = 3 * time.Second

// stopping stops the browser before anybody looks for what was left running.
type stopping struct{ *testing.M }

func (m stopping) Run() int {
	code := m.M.Run()
	chromium.Stop()
	return code
}

func TestMain(m *testing.M) { goleak.VerifyTestMain(stopping{m}) }

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

var artist = sync.OnceValue(func() *picture.Artist {
	a, err := picture.New()
	if err != nil {
		panic(err)
	}
	return a
})

// read understands a few words and nothing else: what free text means is not the chat's business.
func read(text string, _ dialogue.Expectation) dialogue.Reading {
	means := map[string]guide.Fact{
		"vpn": {Slot: "prompt", Value: "vpn"}, "installer": {Slot: "prompt", Value: "install"}, "old": {Slot: "vpn-generation", Value: "legacy"},
	}
	acts := map[string]dialogue.Act{
		"はい": dialogue.Yes, "いいえ": dialogue.No, "yes": dialogue.Yes, "no": dialogue.No, "english": dialogue.Language, "日本語": dialogue.Language,
	}
	var in dialogue.Reading
	for word := range strings.FieldsSeq(strings.ToLower(text)) {
		if fact, ok := means[word]; ok {
			in.Facts = append(in.Facts, dialogue.Heard{Fact: fact, Confidence: 1})
		} else if act, ok := acts[word]; ok {
			in.Act = act
		}
	}
	if in.Act == dialogue.Language {
		in.Language = map[bool]guide.Language{true: guide.English, false: guide.Japanese}[strings.EqualFold(text, "English")]
	}
	return in
}

// stand is a desk with its pages, as a test sees it.
type stand struct {
	testing.TB
	URL     string
	Options webchat.Options
	store   *memstore.Store
	desk    *desk.Desk
	hub     *live.Hub
	mutex   sync.Mutex
	spoken  string // conversation of the last message
	faults  []string
}

// open opens a desk. Change may change the options of the pages.
func open(tb testing.TB, change func(*webchat.Options)) *stand {
	tb.Helper()
	s := &stand{TB: tb, store: memstore.New()}
	s.hub = live.New(s.store.Versions, live.Options{})
	s.desk = desk.New(content(), s.store, desk.Options{HandOver: true, Remember: 100, Kept: s.hub.Committed})
	s.Options = s.options()
	if change != nil {
		change(&s.Options)
	}
	handler, err := webchat.New(s.Options)
	if err != nil {
		tb.Fatal(err)
	}
	server := httptest.NewUnstartedServer(handler)
	server.Config.ReadTimeout, server.Config.WriteTimeout = readTimeout, readTimeout // streams must outlive them
	server.Config.IdleTimeout = time.Minute
	server.Start()
	tb.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
		for _, fault := range s.faults {
			tb.Errorf("fault: %s", fault)
		}
	})
	s.URL = server.URL
	return s
}

func (s *stand) options() webchat.Options {
	g := content().Guide
	return webchat.Options{
		Handle: func(ctx context.Context, m chat.Message) (chat.Reply, error) {
			s.mutex.Lock()
			s.spoken = m.Conversation
			s.mutex.Unlock()
			return s.desk.Handle(ctx, m)
		},
		Latest: s.latest, Transcript: s.transcript,
		Greet: s.desk.Greet,
		Words: func(language string) map[string]string {
			return g.WordsIn(guide.PageChat, guide.Language(language))
		},
		Label: func(fact, value, language string) string {
			if !g.Valid(guide.Fact{Slot: fact, Value: value}) {
				return ""
			}
			return g.Question(fact).Values[value].Label.In(guide.Language(language))
		},
		Articles: func(language string) []webchat.Article {
			var all []webchat.Article
			for _, id := range g.Answers() {
				a := g.Answer(id)
				all = append(all, webchat.Article{
					ID: id, Title: a.Title.In(guide.Language(language)), Parts: reply.Guidance(g, id, guide.Language(language)), Reviewed: a.Reviewed,
				})
			}
			return all
		},
		Version: func() string { return "v1" },
		Picture: func(id, language, prefix string) (template.HTML, string, string, string, bool) {
			p := g.Picture(id)
			svg, err := artist().SVG(p, guide.Language(language), prefix)
			if err != nil {
				s.faults = append(s.faults, err.Error())
			}
			return template.HTML(svg), p.Title.In(guide.Language(language)), p.Description.In(guide.Language(language)), "≈", true
		},
		PictureStyle: picture.Style(),
		Listen:       s.hub.Subscribe,
		Fault: func(_ context.Context, operation, _ string, err error) {
			s.faults = append(s.faults, operation+": "+err.Error())
		},
		Limits: webchat.Limits{MessagesPerMinute: -1, ConversationsPerHour: -1, RequestsPerMinute: -1},
	}
}

// last is the conversation of the last message.
func (s *stand) last() string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.spoken
}

func (s *stand) latest(ctx context.Context, conversation string) (int64, error) {
	c, _, err := s.store.Load(ctx, conversation, "")
	if err == nil && c.Version == 0 {
		err = chat.ErrNotFound
	}
	return c.Version, err
}

func (s *stand) transcript(ctx context.Context, conversation string, after int64, limit int) ([]webchat.Turn, error) {
	turns, err := s.store.Turns(ctx, conversation, after, limit)
	if err != nil {
		return nil, err
	}
	var all []webchat.Turn
	for _, turn := range turns {
		r, err := desk.DecodeReply(turn.Reply)
		if err != nil {
			return nil, err
		}
		all = append(all, webchat.Turn{Sequence: turn.Sequence, At: turn.At, Said: turn.Said.String(), Pressed: turn.Pressed, Reply: r})
	}
	return all, nil
}

// agent does what a support agent does.
func (s *stand) agent(conversation string, do chat.AgentAct, said string) {
	s.Helper()
	_, err := s.desk.Agent(context.Background(), chat.AgentMessage{Conversation: conversation, Agent: "a", Name: "佐藤 <b>", Do: do, Text: chat.Raw(said)})
	if err != nil {
		s.Fatal(err)
	}
}

// customer is a browser without scripts.
type customer struct {
	*stand
	http   *http.Client
	header http.Header
	path   string
	page   string // HTML
	at     *url.URL
	status int
	answer http.Header
}

func (s *stand) customer(language string) *customer {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.Fatal(err)
	}
	c := &customer{stand: s, http: &http.Client{Jar: jar, Transport: &http.Transport{}}, header: http.Header{"Accept-Language": {language}}, path: "/"}
	s.Cleanup(c.http.CloseIdleConnections)
	return c
}

func (c *customer) do(method, address string, body io.Reader) *customer {
	c.Helper()
	r, err := http.NewRequest(method, c.URL+address, body)
	if err != nil {
		c.Fatal(err)
	}
	r.Header = c.header.Clone()
	if body != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := c.http.Do(r)
	if err != nil {
		c.Fatal(err)
	}
	data, err := io.ReadAll(answer.Body)
	_ = answer.Body.Close() // it has been read
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		c.Fatal(err)
	}
	c.page, c.at, c.status, c.answer = string(data), answer.Request.URL, answer.StatusCode, answer.Header
	return c
}

func (c *customer) get(address string) *customer {
	c.Helper()
	return c.do(http.MethodGet, address, nil)
}

// send sends the page's form with one field more.
func (c *customer) send(name, value string) *customer {
	c.Helper()
	return c.sendFields(c.fields(), name, value)
}

func (c *customer) sendFields(fields url.Values, name, value string) *customer {
	c.Helper()
	fields.Set(name, value)
	return c.do(http.MethodPost, c.path, strings.NewReader(fields.Encode()))
}

var (
	hiddenField  = regexp.MustCompile(`<input type="hidden" name="([a-z]+)" value="([^"]*)">`)
	anyButton    = regexp.MustCompile(`<button[^>]*name="([a-z]+)" value="([^"]*)"`)
	anyTag       = regexp.MustCompile(`<[^>]*>`)
	assetAddress = regexp.MustCompile(`/assets/[a-z0-9.]+`)
)

// fields are the hidden fields of the page.
func (c *customer) fields() url.Values {
	fields := url.Values{}
	for _, found := range hiddenField.FindAllStringSubmatch(c.page, -1) {
		fields.Set(found[1], html.UnescapeString(found[2]))
	}
	return fields
}

// buttons are the buttons of the page, as name=value.
func (c *customer) buttons() []string {
	var all []string
	for _, found := range anyButton.FindAllStringSubmatch(c.page, -1) {
		all = append(all, found[1]+"="+html.UnescapeString(found[2]))
	}
	return all
}

// log is the text of the transcript.
func (c *customer) log() string {
	_, after, _ := strings.Cut(c.page, `role="log"`)
	_, after, _ = strings.Cut(after, ">")
	log, _, _ := strings.Cut(after, `<div id="links">`)
	return html.UnescapeString(anyTag.ReplaceAllString(log, ""))
}

// heading is what the group of choices is called.
func (c *customer) heading() string {
	_, after, _ := strings.Cut(c.page, `<h2 id="heading"`)
	_, after, _ = strings.Cut(after, ">")
	text, _, _ := strings.Cut(after, "</h2>")
	return html.UnescapeString(text)
}

// conversation is the id of the conversation that the customer's cookie opens.
func (c *customer) conversation() string {
	at, _ := url.Parse(c.URL)
	for _, cookie := range c.http.Jar.Cookies(at) {
		return webchat.ConversationOf(cookie.Value)
	}
	return ""
}

// turns are those that the customer's conversation has.
func (c *customer) turns() []store.Turn {
	c.Helper()
	if c.conversation() == "" {
		return nil
	}
	turns, err := c.store.Turns(context.Background(), c.conversation(), 0, 1000)
	if err != nil {
		c.Fatal(err)
	}
	return turns
}

// wants fails unless all of the words are in the text, which may be HTML.
func wants(t testing.TB, what, text string, words ...string) {
	t.Helper()
	for _, word := range words {
		if !strings.Contains(text, word) && !strings.Contains(html.UnescapeString(text), word) {
			t.Errorf("%s lacks %q in %.3000q", what, word, text)
		}
	}
}

// wantsNot fails if any of the words is in the text.
func wantsNot(t testing.TB, what, text string, words ...string) {
	t.Helper()
	for _, word := range words {
		if strings.Contains(text, word) {
			t.Errorf("%s has %q in %.3000q", what, word, text)
		}
	}
}
