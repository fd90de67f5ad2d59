//go:build linux

package reliability_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// pageRate is how many requests for pages come a second, half of them forms.
const pageRate = 200

// TestPages walks customers without scripts through the pages, at a steady rate, whoever is slow: a form
// is sent, and the page that it leads to is asked for.
func TestPages(t *testing.T) {
	s := serve(t, inDirectory(t.TempDir()).settings)
	var mutex sync.Mutex
	var took []time.Duration
	var group sync.WaitGroup
	ticks := time.NewTicker(time.Second * 2 / pageRate)
	defer ticks.Stop()
	visitors := make(chan *visitor, 100)
	for range cap(visitors) {
		visitors <- newVisitor(t, s.at())
	}
	for end := time.Now().Add(lasting(2 * time.Second)); time.Now().Before(end); {
		due := <-ticks.C
		group.Go(func() {
			v := <-visitors
			defer func() { visitors <- v }()
			form := v.step(t)
			page := time.Now()
			v.look(t)
			mutex.Lock()
			defer mutex.Unlock()
			took = append(took, form.Sub(due), time.Since(page))
		})
	}
	group.Wait()
	slices.Sort(took)
	t.Logf("%d requests, %d a second: p50 %v", len(took), pageRate, took[len(took)/2].Round(10*time.Microsecond))
	promised(t, "p99 of forms and pages", took[len(took)*99/100], 15*time.Millisecond)
}

// visitor is a customer with a browser that runs no scripts.
type visitor struct {
	client *http.Client
	at     string // page
	turn   int
}

func newVisitor(t *testing.T, address string) *visitor {
	jar, err := cookiejar.New(nil)
	must(t, err)
	transport := &http.Transport{MaxIdleConnsPerHost: 1}
	t.Cleanup(transport.CloseIdleConnections)
	return &visitor{at: "http://" + address + "/", client: &http.Client{
		Jar: jar, Transport: transport, Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// step sends the next form of a short conversation, and returns when it was answered.
func (v *visitor) step(t *testing.T) time.Time {
	steps := []url.Values{
		{"choose": {"prompt:vpn"}}, {"choose": {"vpn-generation:legacy"}}, {"say": {"クーポンコードはわかりません"}}, {"command": {"restart"}},
	}
	form := steps[v.turn%len(steps)]
	v.turn++
	form.Set("id", fmt.Sprint("p", v.turn))
	form.Set("in", "ja")
	root := v.at[:strings.LastIndex(v.at, "/")+1]
	response, err := v.client.PostForm(root, form)
	if err != nil {
		t.Errorf("send form: %v", err)
		return time.Now()
	}
	_ = response.Body.Close()
	at := time.Now()
	if response.StatusCode != http.StatusSeeOther {
		t.Errorf("form: %s", response.Status)
		return at
	}
	v.at = root + strings.TrimPrefix(strings.SplitN(response.Header.Get("Location"), "#", 2)[0], "/")
	return at
}

func (v *visitor) look(t *testing.T) {
	response, err := v.client.Get(v.at)
	if err != nil {
		t.Errorf("get page: %v", err)
		return
	}
	page, err := io.ReadAll(response.Body)
	_ = response.Body.Close()
	if err != nil || response.StatusCode != http.StatusOK || !bytes.Contains(page, []byte(`role="log"`)) {
		t.Errorf("page %s: %s, %v", v.at, response.Status, err)
	}
	v.at = v.at[:strings.LastIndex(v.at, "/")+1]
}
