package webchat_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"passdesk/internal/channel/webchat"
	"passdesk/internal/chat"
)

// TestLimits: too much of anything is answered with a page that says when to come again.
func TestLimits(t *testing.T) {
	now := time.Now()
	clock := func(o *webchat.Options) { o.Now = func() time.Time { return now } }
	refused := func(c *customer) bool { return c.status == http.StatusTooManyRequests }

	c := open(t, func(o *webchat.Options) { clock(o); o.Limits.MessagesPerMinute = 2 }).customer("en").get("/")
	if c.send("say", "vpn").send("say", "old"); refused(c) {
		t.Error("the second message is refused")
	}
	page := c.page
	if c.send("say", "vpn"); !refused(c) || c.answer.Get("Retry-After") != "30" || c.answer.Get("Cache-Control") != "no-store" {
		t.Errorf("third message: status %d, Retry-After %q", c.status, c.answer.Get("Retry-After"))
	}
	wants(t, "page", c.page, "Please wait a moment")
	now, c.page = now.Add(time.Minute), page
	if c.send("say", "vpn"); refused(c) {
		t.Error("refused a minute later")
	}

	s := open(t, func(o *webchat.Options) { clock(o); o.Limits.ConversationsPerHour = 1 })
	s.customer("en").get("/").send("say", "vpn")
	if other := s.customer("en").get("/").send("say", "vpn"); !refused(other) {
		t.Errorf("second conversation: status %d", other.status)
	}
	if other := s.customer("en").get("/"); other.status != http.StatusOK {
		t.Error("even looking is refused")
	}

	s = open(t, func(o *webchat.Options) {
		clock(o)
		o.Limits.RequestsPerMinute, o.TrustedProxies = 2, []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	})
	c = s.customer("en")
	c.header.Set("X-Forwarded-For", "2001:db8::1")
	if c.get("/").get("/help/en").get("/"); !refused(c) {
		t.Errorf("third request: status %d", c.status)
	}
	if c.header.Set("X-Forwarded-For", "2001:db8:0:1::1"); refused(c.get("/")) {
		t.Error("another network is refused")
	}
	for range 5 {
		if c.get("/assets/nothing.css"); refused(c) {
			t.Error("assets count")
		}
	}
}

// TestGate: without a place nothing is done, and the place is given back.
func TestGate(t *testing.T) {
	free, inside := true, 0
	s := open(t, func(o *webchat.Options) {
		o.Enter = func() (func(), bool) {
			if free {
				inside++
			}
			return func() { inside-- }, free
		}
	})
	c := s.customer("ja").get("/").send("choose", "prompt:vpn")
	if c.status != http.StatusOK || inside != 0 {
		t.Fatalf("status %d, %d inside", c.status, inside)
	}
	page := c.page
	for _, act := range []func() *customer{
		func() *customer { return c.get("/") },
		func() *customer { c.page = page; return c.send("choose", "vpn-generation:current") },
	} {
		free = false
		if act(); c.status != http.StatusServiceUnavailable || c.answer.Get("Retry-After") != "1" {
			t.Errorf("status %d, Retry-After %q", c.status, c.answer.Get("Retry-After"))
		}
		wants(t, "page", c.page, "ただいま混み合っています", "二重に送られることはありません")
		free = true
	}
	if len(c.turns()) != 2 {
		t.Errorf("%d turns", len(c.turns()))
	}
}

// TestErrors: what the desk says is wrong, as customers see it.
func TestErrors(t *testing.T) {
	var fails error
	var told []string
	s := open(t, func(o *webchat.Options) {
		handle := o.Handle
		o.Handle = func(ctx context.Context, m chat.Message) (chat.Reply, error) {
			if fails != nil && m.Command != chat.Start {
				return chat.Reply{}, fails
			}
			return handle(ctx, m)
		}
		o.Fault = func(_ context.Context, operation, conversation string, err error) {
			told = append(told, operation+" "+err.Error())
		}
	})
	for _, c := range []struct {
		err    error
		status int
		told   bool
		page   string
	}{
		{chat.ErrBusy, 503, false, "We're busy right now"}, {context.DeadlineExceeded, 503, false, "We're busy"}, {context.Canceled, 503, false, "We're busy"},
		{errors.New("disk on fire"), 500, true, "Something went wrong"}, {chat.ErrNotFound, 200, false, "couldn't find your earlier conversation"},
	} {
		fails, told = c.err, nil
		got := s.customer("en").get("/").send("say", "vpn")
		if got.status != c.status || (len(told) > 0) != c.told {
			t.Errorf("%v: status %d, told %q", c.err, got.status, told)
		}
		wants(t, c.err.Error(), got.page, c.page)
		wantsNot(t, c.err.Error(), got.page, "disk on fire")
	}
}

// TestForms: what cannot be a form of ours changes nothing.
func TestForms(t *testing.T) {
	s := open(t, func(o *webchat.Options) { o.BodyLimit = 2000 })
	c := s.customer("en").get("/")
	ok := c.fields()
	post := func(fields url.Values, header ...string) *customer {
		t.Helper()
		before := c.header.Clone()
		for i := 0; i+1 < len(header); i += 2 {
			c.header.Set(header[i], header[i+1])
		}
		c.do(http.MethodPost, "/", strings.NewReader(fields.Encode()))
		c.header = before
		return c
	}
	with := func(more ...string) url.Values {
		fields := url.Values{}
		for name, values := range ok {
			fields[name] = values
		}
		for i := 0; i+1 < len(more); i += 2 {
			fields.Set(more[i], more[i+1])
		}
		return fields
	}
	for name, got := range map[string]struct{ got, want int }{
		"nothing asked":      {post(with()).status, 400},
		"two things asked":   {post(with("say", "vpn", "command", "back")).status, 400},
		"no page":            {post(with("say", "vpn", "id", "")).status, 400},
		"strange page":       {post(with("say", "vpn", "id", "a b")).status, 400},
		"long page":          {post(with("say", "vpn", "id", strings.Repeat("a", 65))).status, 400},
		"too long":           {post(with("say", strings.Repeat("a", 3000))).status, 413},
		"another site":       {post(with("say", "vpn"), "Sec-Fetch-Site", "cross-site").status, 403},
		"a sister site":      {post(with("say", "vpn"), "Sec-Fetch-Site", "same-site").status, 403},
		"another origin":     {post(with("say", "vpn"), "Origin", "https://evil.example").status, 403},
		"the origin null":    {post(with("say", "vpn"), "Origin", "null").status, 403},
		"DELETE":             {c.do(http.MethodDelete, "/", nil).status, 405},
		"POST to help":       {c.do(http.MethodPost, "/help/ja", strings.NewReader("")).status, 405},
		"POST to the stream": {c.do(http.MethodPost, "/events", strings.NewReader("")).status, 405},
	} {
		if got.got != got.want {
			t.Errorf("%s: status %d, want %d", name, got.got, got.want)
		}
	}
	if c.conversation() != "" {
		t.Error("a conversation has begun")
	}
	if post(with("say", "vpn"), "Sec-Fetch-Site", "same-origin"); c.status != http.StatusOK || len(c.turns()) != 2 {
		t.Errorf("a good form: status %d", c.status)
	}
	if c.do(http.MethodHead, "/", nil); c.status != http.StatusOK || c.page != "" {
		t.Errorf("HEAD: status %d, %q", c.status, c.page)
	}
	// A body that breaks off.
	r, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/", io.MultiReader(strings.NewReader("id=a&say=%")))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := c.http.Do(r)
	if err != nil || answer.StatusCode != http.StatusBadRequest {
		t.Errorf("broken body: %v %v", answer, err)
	}
	_ = answer.Body.Close()
}

// TestCookies: what browsers are told about the cookie.
func TestCookies(t *testing.T) {
	for _, c := range []struct {
		path   string
		secure bool
		want   []string
		not    []string
	}{
		{"/", false, []string{"passdesk=", "Path=/", "HttpOnly", "SameSite=Lax"}, []string{"Secure", "Partitioned", "Domain", "Max-Age"}},
		{"/", true, []string{"__Host-passdesk=", "Path=/", "HttpOnly", "Secure", "SameSite=Lax"}, []string{"Partitioned", "Domain"}},
		{"/embed", true, []string{"__Host-passdesk-embed=", "HttpOnly", "Secure", "SameSite=None", "Partitioned"}, []string{"Domain"}},
		{"/embed", false, []string{"passdesk-embed=", "SameSite=Lax"}, []string{"Partitioned"}},
	} {
		customer := open(t, func(o *webchat.Options) { o.Secure = c.secure }).customer("en").get(c.path)
		customer.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		customer.path = c.path
		customer.send("say", "vpn")
		cookie := customer.answer.Get("Set-Cookie")
		wants(t, c.path, cookie, c.want...)
		wantsNot(t, c.path, cookie, c.not...)
		if to := customer.answer.Get("Location"); !strings.HasPrefix(to, c.path+"?t=2#e2") {
			t.Errorf("%s: leads to %s", c.path, to)
		}
	}
}
