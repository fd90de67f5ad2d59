package fakeslack

import (
	"fmt"
	"strconv"
	"time"
)

// stamp is a new ts, later than all before. The lock is held.
func (s *Slack) stamp() string {
	s.lastTS = max(s.o.Now().UnixMicro(), s.lastTS+1)
	return tsOf(s.lastTS)
}

func tsOf(micros int64) string { return fmt.Sprintf("%d.%06d", micros/1e6, micros%1e6) }

// id is a new one that starts like Slack's of that kind. The lock is held.
func (s *Slack) id(kind string) string {
	s.ids++
	return kind + fmt.Sprintf("%08X", s.ids)
}

// secret is a part of a URL or of a trigger that nobody guesses by mistake. The lock is held.
func (s *Slack) secret() string {
	s.ids++
	return fmt.Sprintf("%032x", uint64(s.ids)*0x9E3779B97F4A7C15)
}

// uuid has the shape of an envelope id. The lock is held.
func (s *Slack) uuid() string {
	x := s.secret()
	return x[:8] + "-" + x[8:12] + "-" + x[12:16] + "-" + x[16:20] + "-" + x[20:]
}

const triggerLife = 3 * time.Second

// trigger is a right to open one view.
type trigger struct {
	user, view string // the modal it came from, if any
	born       time.Time
	used       bool
}

// newTrigger gives a user's gesture its right. The lock is held.
func (s *Slack) newTrigger(user, view string) string {
	s.ids++
	id := strconv.Itoa(1000+s.ids) + ".1." + s.secret()
	s.triggers[id] = &trigger{user: user, view: view, born: s.o.Now()}
	return id
}

// exchange uses a trigger up. The lock is held.
func (s *Slack) exchange(id string) (*trigger, error) {
	t := s.triggers[id]
	switch {
	case t == nil:
		return nil, refuse("invalid_trigger_id")
	case t.used:
		return nil, refuse("exchanged_trigger_id")
	case s.o.Now().Sub(t.born) > triggerLife:
		return nil, refuse("expired_trigger_id")
	}
	t.used = true
	return t, nil
}
