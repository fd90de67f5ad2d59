package fakeslack

import (
	"encoding/json"
	"slices"
	"strings"
)

const (
	maxPrompts         = 4
	maxLoadingMessages = 10
)

// dmPlace is the conversation of an assistant call and its thread, if it names one.
func (s *Slack) dmPlace(c call, needsThread bool) (*channel, string, error) {
	ch, err := s.seen(c.str("channel_id"))
	if err != nil {
		return nil, "", err
	}
	ts := c.str("thread_ts")
	if ts == "" && !needsThread {
		return ch, "", nil
	}
	if ch.find(ts) == nil {
		no := refuse("invalid_thread_ts")
		no.more = object{"detail": "Thread not found"}
		return nil, "", no
	}
	return ch, ts, nil
}

func (s *Slack) setStatus(c call) (object, error) {
	ch, ts, err := s.dmPlace(c, true)
	if err != nil {
		return nil, err
	}
	loading := c.str("loading_messages")
	if n := strings.Count(loading, ",") + 1; loading != "" && n > maxLoadingMessages {
		return nil, refuse("invalid_arguments", "no more than 10 items allowed [json-pointer:/loading_messages]")
	}
	ch.status[ts] = c.str("status")
	s.touch()
	return nil, nil
}

func (s *Slack) setTitle(c call) (object, error) {
	ch, ts, err := s.dmPlace(c, true)
	if err != nil {
		return nil, err
	}
	ch.titles[ts] = c.str("title")
	return nil, nil
}

func (s *Slack) setPrompts(c call) (object, error) {
	ch, _, err := s.dmPlace(c, false)
	if err != nil {
		return nil, err
	}
	var prompts []Prompt
	if err := json.Unmarshal(c.json("prompts"), &prompts); err != nil {
		return nil, refuse("invalid_arguments", "must provide an array [json-pointer:/prompts]")
	}
	if len(prompts) > maxPrompts {
		return nil, refuse("invalid_arguments", "no more than 4 items allowed [json-pointer:/prompts]")
	}
	for _, p := range prompts {
		if p.Title == "" || p.Message == "" {
			return nil, refuse("invalid_arguments", "must be more than 0 characters [json-pointer:/prompts]")
		}
	}
	ch.prompts = prompts
	s.touch()
	return nil, nil
}

// Prompts are the suggestions of a conversation.
func (s *Slack) Prompts(channel string) []Prompt {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.channels[channel]; c != nil {
		return slices.Clone(c.prompts)
	}
	return nil
}

// Status is what the app says it is doing in a thread; a message there ends it.
func (s *Slack) Status(channel, thread string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.channels[channel]; c != nil {
		return c.status[thread]
	}
	return ""
}

// Title is the name of a thread.
func (s *Slack) Title(channel, thread string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.channels[channel]; c != nil {
		return c.titles[thread]
	}
	return ""
}
