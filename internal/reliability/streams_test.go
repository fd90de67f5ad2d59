//go:build linux

package reliability_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// streamsARound is how many pages listen for each round: 20 rounds are as many as the server takes.
const streamsARound = 500

// TestStreams has many pages listen for what comes: a turn reaches the one that it is for, on this replica
// and on another, all of them together take little memory, and a stop ends them.
func TestStreams(t *testing.T) {
	d := onPostgres(cluster.Database(t))
	s, other := serve(t, d.settings), serve(t, d.settings)
	before := s.memory()
	count := rounds(1) * streamsARound
	streams := make([]*stream, count)
	var group sync.WaitGroup
	for worker := range 20 {
		group.Go(func() {
			for i := worker; i < count; i += 20 {
				streams[i] = openStream(t, s.at())
			}
		})
	}
	group.Wait()
	if t.Failed() {
		return
	}
	grown := s.memory() - before
	t.Logf("%d streams: %d MB more than before, %d KB each", count, grown>>20, grown>>10/int64(count))
	if limit := int64(count) * 30 << 10; grown > limit+50<<20 {
		t.Errorf("%d streams take %d MB", count, grown>>20)
	}
	for i, replica := range []*server{s, other} {
		one := streams[i*7]
		began := time.Now()
		one.say(t, replica.at(), fmt.Sprint("turn", i))
		must(t, one.wait(fmt.Sprintf("data: {\"sequence\":%d}", 3)))
		promised(t, fmt.Sprintf("hearing of a turn kept by replica %d", i+1), time.Since(began), []time.Duration{100 * time.Millisecond, 1500 * time.Millisecond}[i])
	}
	began := time.Now()
	s.stop()
	promised(t, "stopping with all streams open", time.Since(began), 5*time.Second)
}

// stream is a page that listens.
type stream struct {
	connection net.Conn
	lines      *bufio.Reader
	cookie     string
}

// openStream begins a conversation and listens to it.
func openStream(t *testing.T, address string) *stream {
	v := newVisitor(t, address)
	v.client.Transport = &http.Transport{DisableKeepAlives: true}
	v.step(t)
	root, err := url.Parse("http://" + address + "/")
	if err != nil || len(v.client.Jar.Cookies(root)) != 1 {
		t.Errorf("no cookie: %v", err)
		return nil
	}
	cookie := v.client.Jar.Cookies(root)[0]
	connection, err := net.Dial("tcp", address)
	if err != nil {
		t.Errorf("listen: %v", err)
		return nil
	}
	t.Cleanup(func() { _ = connection.Close() }) // the server may have closed it
	o := &stream{connection, bufio.NewReaderSize(connection, 256), cookie.Name + "=" + cookie.Value}
	_, err = fmt.Fprintf(connection, "GET /events?after=2 HTTP/1.1\r\nHost: a\r\nCookie: %s\r\n\r\n", o.cookie)
	if err = errors.Join(err, o.wait("retry:")); err != nil {
		t.Errorf("listen: %v", err)
	}
	return o
}

// wait reads until a line begins like this.
func (o *stream) wait(begin string) error {
	if err := o.connection.SetReadDeadline(time.Now().Add(patience)); err != nil {
		return err
	}
	for {
		line, err := o.lines.ReadString('\n')
		if err != nil || strings.HasPrefix(line, begin) {
			return err
		}
	}
}

// say sends a form in the conversation of the stream, through any replica.
func (o *stream) say(t *testing.T, address, id string) {
	t.Helper()
	form := url.Values{"id": {id}, "in": {"en"}, "choose": {"vpn-generation:current"}}
	request, err := http.NewRequest(http.MethodPost, "http://"+address+"/", strings.NewReader(form.Encode()))
	must(t, err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Cookie", o.cookie)
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	must(t, err)
	_, err = io.Copy(io.Discard, response.Body)
	must(t, errors.Join(err, response.Body.Close()))
	if response.StatusCode != http.StatusSeeOther {
		t.Fatalf("form: %s", response.Status)
	}
}
