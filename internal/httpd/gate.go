package httpd

// Gate bounds how many requests are worked on at the same time. Who finds no place is to be refused
// at once: a queue would only make everybody wait longer than they do. A request should enter when
// it has arrived in full, so that those who send slowly take no places.
type Gate struct {
	places  chan struct{}
	changed func(change int)
}

// NewGate makes a gate with so many places. Changed is told when one is taken or given back; nil if
// nobody is to be told.
func NewGate(places int, changed func(change int)) *Gate {
	if changed == nil {
		changed = func(int) {}
	}
	return &Gate{places: make(chan struct{}, max(1, places)), changed: changed}
}

// Enter takes a place if there is one. Whoever got one must leave, once.
func (g *Gate) Enter() (leave func(), ok bool) {
	select {
	case g.places <- struct{}{}:
		g.changed(1)
		return func() { g.changed(-1); <-g.places }, true
	default:
		return nil, false
	}
}
