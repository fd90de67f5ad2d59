package browsertest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Options say what kind of customer looks at a page. The zero value is a light desktop window of 1000 by 800
// with scripts, in English.
type Options struct {
	Width, Height int64
	Dark          bool
	ForcedColors  bool
	ReducedMotion bool
	Print         bool
	NoScript      bool
	Language      string // Accept-Language; "en-US" if empty
	Beside        *Page  // a second tab of the same window, with its cookies
}

// Page is one tab.
type Page struct {
	t   testing.TB
	ctx context.Context

	mutex    sync.Mutex
	requests []string
	faults   []string
}

// Page opens a page in a window of its own, without anybody's cookies. It is closed when the test ends.
func (b *Browser) Page(t testing.TB, url string, o Options) *Page {
	t.Helper()
	b.need(t)
	parent, option := b.ctx, chromedp.WithNewBrowserContext()
	if o.Beside != nil {
		parent, option = o.Beside.ctx, nil
	}
	var options []chromedp.ContextOption
	if option != nil {
		options = append(options, option)
	}
	ctx, cancel := chromedp.NewContext(parent, options...)
	t.Cleanup(cancel)
	p := &Page{t: t, ctx: ctx}
	p.must("listen", chromedp.Listen(ctx, p.note))
	p.prepare(o)
	p.Go(url)
	return p
}

// note keeps what pages ask for and what goes wrong in them.
func (p *Page) note(event any) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		p.requests = append(p.requests, e.Request.URL)
	case *log.EventEntryAdded:
		p.faults = append(p.faults, fmt.Sprintf("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL))
	case *runtime.EventExceptionThrown:
		p.faults = append(p.faults, "exception: "+e.ExceptionDetails.Text)
		if x := e.ExceptionDetails.Exception; x != nil {
			p.faults = append(p.faults, "exception: "+x.Description)
		}
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" || e.Type == "warning" {
			p.faults = append(p.faults, fmt.Sprintf("console.%s", e.Type))
		}
	}
}

func (p *Page) prepare(o Options) {
	p.t.Helper()
	width, height, language := o.Width, o.Height, o.Language
	if width == 0 {
		width = 1000
	}
	if height == 0 {
		height = 800
	}
	if language == "" {
		language = "en-US"
	}
	send(p, "enable network", network.Enable, network.EnableParams{})
	send(p, "enable log", log.Enable, struct{}{})
	send(p, "set language", network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": language}})
	send(p, "set window", emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1})
	send(p, "set focus", emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	send(p, "set scripts", emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: o.NoScript})
	media := emulation.SetEmulatedMediaParams{}
	if o.Print {
		media.Media = "print"
	}
	for name, value := range map[string]string{
		"prefers-color-scheme": choose(o.Dark, "dark", "light"), "forced-colors": choose(o.ForcedColors, "active", "none"),
		"prefers-reduced-motion": choose(o.ReducedMotion, "reduce", "no-preference"),
	} {
		media.Features = append(media.Features, &emulation.MediaFeature{Name: name, Value: value})
	}
	send(p, "set media", emulation.SetEmulatedMedia, media)
}

func choose(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}

// Go opens another address in the same tab and waits until it is loaded.
func (p *Page) Go(url string) {
	p.t.Helper()
	p.do("open "+url, chromedp.Navigate(url))
}

// Back goes back in the history, Reload loads the page again.
func (p *Page) Back() { p.t.Helper(); p.do("go back", chromedp.NavigateBack()) }

// Reload loads the page again.
func (p *Page) Reload() { p.t.Helper(); p.do("reload", chromedp.Reload()) }

// URL is the address of the page.
func (p *Page) URL() string {
	p.t.Helper()
	return run(p, "read address", chromedp.Location())
}

// Requests are the addresses that the page has asked for so far, images and scripts included.
func (p *Page) Requests() []string {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return append([]string(nil), p.requests...)
}

// Elsewhere are the requests to any other origin than those given.
func (p *Page) Elsewhere(origins ...string) []string {
	var found []string
	for _, url := range p.Requests() {
		here := strings.HasPrefix(url, "data:") || strings.HasPrefix(url, "blob:") || strings.HasPrefix(url, "about:")
		for _, origin := range origins {
			here = here || strings.HasPrefix(url, origin+"/") || url == origin
		}
		if !here {
			found = append(found, url)
		}
	}
	return found
}

// Faults are errors in the console, exceptions and reports of broken policies so far.
func (p *Page) Faults() []string {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return append([]string(nil), p.faults...)
}

// AllowClipboard lets scripts of an origin read and write the clipboard without asking.
func (p *Page) AllowClipboard(origin string) {
	p.t.Helper()
	for _, name := range []string{"clipboard-read", "clipboard-write"} {
		target := chromedp.FromContext(p.ctx)
		_, err := chromedp.CallBrowser(p.ctx, browser.SetPermission, browser.SetPermissionParams{
			Permission: &browser.PermissionDescriptor{Name: name}, Setting: browser.PermissionSettingGranted, Origin: origin,
			BrowserContextID: target.BrowserContextID,
		})
		p.must("allow clipboard", err)
	}
}

func (p *Page) must(what string, err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatalf("%s: %v", what, err)
	}
}

// patiently is how long a step may take. A browser that hangs must not hang the tests.
func (p *Page) patiently() (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(p.ctx, patience, errors.New("the page took too long"))
}

// do takes steps in the page, for as long as patience lasts.
func (p *Page) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := p.patiently()
	defer cancel()
	p.must(what, chromedp.Do(ctx, steps...))
}

func run[T any](p *Page, what string, action chromedp.Action[T]) T {
	p.t.Helper()
	ctx, cancel := p.patiently()
	defer cancel()
	value, err := chromedp.Run(ctx, action)
	p.must(what, err)
	return value
}
