// Package browsertest opens pages in a real Chromium for the tests of other packages.
// It exists because what a page does with focus, input methods, clipboards and assistive technology
// is known only to a browser.
package browsertest

import (
	"context"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// patience is how long a step in a page may take before its test fails; shared machines are slow.
const patience = time.Minute

// Browser is one Chromium for all tests of a package. The first page starts it.
type Browser struct {
	getenv func(string) string
	once   sync.Once
	path   string
	ctx    context.Context
	stop   func()
	err    error
}

// New returns a browser that is not started yet. The environment tells whether this is CI, where
// tests fail for want of a browser instead of being skipped.
func New(getenv func(string) string) *Browser { return &Browser{getenv: getenv} }

// start starts Chromium once.
func (b *Browser) start() {
	if b.path = find(); b.path == "" {
		return
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(b.path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("lang", "en-US"), chromedp.Flag("force-color-profile", "srgb"),
		// Names below .test are this machine, for pages that do not count as safe as localhost does.
		chromedp.Flag("host-resolver-rules", "MAP *.test 127.0.0.1"),
	)
	allocator, cancelAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	b.ctx, b.stop = ctx, func() { _ = chromedp.Cancel(ctx); cancel(); cancelAllocator() } // it is killed if it does not go
	b.err = chromedp.Do(ctx)
}

func find() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// Stop ends the browser, if it was started. Call it in TestMain when the tests are done.
func (b *Browser) Stop() {
	if b.stop != nil {
		b.stop()
	}
}

// need returns when the browser runs.
func (b *Browser) need(t testing.TB) {
	t.Helper()
	b.once.Do(b.start)
	switch {
	case b.path == "" && b.getenv("CI") != "":
		t.Fatal("there is no Chromium: apt-get install chromium fonts-noto-cjk")
	case b.path == "":
		t.Skip("there is no Chromium: apt-get install chromium fonts-noto-cjk")
	case b.err != nil:
		t.Fatalf("start Chromium: %v", b.err)
	}
}
