package webchat

import "sync"

// ofOne is how many pages may listen to one conversation: as many tabs as somebody has open, and not as
// many as keep everybody else out.
const ofOne = 8

// places are those for pages that listen.
type places struct {
	most  int
	mutex sync.Mutex
	taken int
	of    map[string]int // by conversation
}

func newPlaces(most int) *places { return &places{most: most, of: map[string]int{}} }

// take takes a place, which leave gives back. If there is none, ok is false.
func (p *places) take(conversation string) (leave func(), ok bool) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.taken >= p.most || p.of[conversation] >= ofOne {
		return nil, false
	}
	p.taken++
	p.of[conversation]++
	return func() {
		p.mutex.Lock()
		defer p.mutex.Unlock()
		p.taken--
		if p.of[conversation]--; p.of[conversation] == 0 {
			delete(p.of, conversation)
		}
	}, true
}
