package browsertest

import (
	"encoding/json"
	"os"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// send gives the browser one command of its protocol.
func send[P, R any](p *Page, what string, command cdp.Command[P, R], params P) R {
	p.t.Helper()
	ctx, cancel := p.patiently()
	defer cancel()
	result, err := chromedp.Call(ctx, command, params)
	p.must(what, err)
	return result
}

// Click clicks the first element that a CSS selector finds, once it is visible.
func (p *Page) Click(selector string) {
	p.t.Helper()
	p.do("click "+selector, chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// ClickAndLoad clicks and waits for the page that this leads to.
func (p *Page) ClickAndLoad(selector string) {
	p.t.Helper()
	before := run(p, "mark page", chromedp.Evaluate[float64](`performance.timeOrigin`))
	p.Click(selector)
	p.Until("another page", `performance.timeOrigin !== `+number(before)+` && document.readyState === "complete"`)
}

// Focus gives the focus to an element.
func (p *Page) Focus(selector string) {
	p.t.Helper()
	p.do("focus "+selector, chromedp.Focus(chromedp.CSS(selector)))
}

// Type types into whatever has the focus, key by key.
func (p *Page) Type(text string) {
	p.t.Helper()
	p.do("type", chromedp.KeyEvent(text))
}

// Press presses a key of package kb (kb.Enter, kb.Tab …) with modifiers. What the key types comes with the
// key and not after it, as it does from a keyboard: else a page could not prevent it.
func (p *Page) Press(key string, modifiers ...chromedp.Modifier) {
	p.t.Helper()
	for _, r := range key {
		events := kb.Encode(r)
		down, up, typed := events[0], events[len(events)-1], len(events) > 2
		for _, m := range modifiers {
			down.Modifiers |= int64(m)
			up.Modifiers |= int64(m)
			typed = typed && m == chromedp.ModifierShift
		}
		if down.Type = input.DispatchKeyEventTypeRawKeyDown; typed {
			down.Type, down.Text, down.UnmodifiedText = input.DispatchKeyEventTypeKeyDown, events[1].Text, events[1].UnmodifiedText
		}
		send(p, "press a key", input.DispatchKeyEvent, *down)
		send(p, "release a key", input.DispatchKeyEvent, *up)
	}
}

// Compose begins to compose a text with an input method, as for Japanese: it is there and underlined,
// and not confirmed.
func (p *Page) Compose(text string) {
	p.t.Helper()
	at := int64(len([]rune(text)))
	send(p, "compose", input.ImeSetComposition, input.ImeSetCompositionParams{Text: text, SelectionStart: at, SelectionEnd: at})
}

// Commit ends composing with a text.
func (p *Page) Commit(text string) {
	p.t.Helper()
	send(p, "commit composition", input.InsertText, input.InsertTextParams{Text: text})
}

// EnterWithCode presses Enter with a virtual key code: 229 is what a key has that an input method took.
func (p *Page) EnterWithCode(code int64) {
	p.t.Helper()
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeRawKeyDown, input.DispatchKeyEventTypeKeyUp} {
		send(p, "press Enter", input.DispatchKeyEvent, input.DispatchKeyEventParams{
			Type: kind, Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: code, NativeVirtualKeyCode: code,
		})
	}
}

// Text is the visible text of the first element that a selector finds.
func (p *Page) Text(selector string) string {
	p.t.Helper()
	return run(p, "read "+selector, chromedp.Text(chromedp.CSS(selector)))
}

// Eval runs a script in the page and reads its value into out, which may be nil. Promises are awaited.
// Content policies of the page do not hold for it.
func (p *Page) Eval(script string, out any) {
	p.t.Helper()
	raw := run(p, "evaluate "+script[:min(len(script), 80)], chromedp.Evaluate[[]byte](script, chromedp.EvalAwaitPromise))
	if out != nil && len(raw) > 0 {
		p.must("read value", json.Unmarshal(raw, out))
	}
}

// True evaluates a condition in the page.
func (p *Page) True(condition string) bool {
	p.t.Helper()
	var is bool
	p.Eval("!!("+condition+")", &is)
	return is
}

// Until waits for a condition in the page and fails the test if it does not come true.
func (p *Page) Until(what, condition string) {
	p.t.Helper()
	for deadline := time.Now().Add(patience); ; {
		ctx, cancel := p.patiently()
		is, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("!!("+condition+")"))
		cancel()
		if err == nil && is {
			return
		}
		if time.Now().After(deadline) {
			p.t.Fatalf("waited in vain for %s (%v) on %s", what, err, p.URL())
		}
		time.Sleep(20 * time.Millisecond) // a page tells nobody when a condition comes true
	}
}

// Screenshot writes a picture of the whole page to a PNG file.
func (p *Page) Screenshot(file string) {
	p.t.Helper()
	picture := run(p, "take a picture", chromedp.FullScreenshot(100))
	p.must("write picture", os.WriteFile(file, picture, 0o600))
}

func number(n float64) string {
	text, _ := json.Marshal(n) // any finite number can be
	return string(text)
}
