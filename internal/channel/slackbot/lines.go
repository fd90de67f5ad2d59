package slackbot

import "sync"

// mostWaiting is Options.Waiting unless it says something else.
const mostWaiting = 4096

// lines has events of one conversation worked on one after the other, in the order in which they came,
// and those of different ones at the same time.
type lines struct {
	mutex   sync.Mutex
	most    int
	waiting int
	changed func(waiting int)
	last    map[string]chan struct{} // closed when the last of a line is done
}

func newLines(most int, changed func(waiting int)) *lines {
	return &lines{most: most, changed: changed, last: map[string]chan struct{}{}}
}

// enter takes a place at the end of a line; turn is closed when those before are done. The caller must
// call leave. It reports false if too many wait.
func (l *lines) enter(key string) (turn <-chan struct{}, leave func(), ok bool) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.waiting >= l.most {
		return nil, nil, false
	}
	l.waiting++
	l.changed(l.waiting)
	before, done := l.last[key], make(chan struct{})
	if before == nil {
		before = make(chan struct{})
		close(before)
	}
	l.last[key] = done
	return before, func() {
		l.mutex.Lock()
		defer l.mutex.Unlock()
		l.waiting--
		l.changed(l.waiting)
		if l.last[key] == done {
			delete(l.last, key)
		}
		close(done)
	}, true
}

// depth is how many events wait or are worked on.
func (l *lines) depth() int {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.waiting
}
