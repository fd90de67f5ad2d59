package slackbot

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"passdesk/internal/channel/slackbot/blocks"
	"passdesk/internal/chat"
)

// place is where an answer would be posted; it travels with the window.
type place struct {
	Channel  string `json:"channel"`
	Thread   string `json:"thread"`
	External bool   `json:"external,omitempty"` // other organisations read it, and the agent has been told
}

func placeOf(metadata string) (p place) {
	_ = json.Unmarshal([]byte(metadata), &p) // what is no place is none
	return p
}

func (p place) String() string {
	data, err := json.Marshal(p)
	if err != nil || p.Channel == "" { // the first cannot be
		return ""
	}
	return string(data)
}

// shortcut opens the window in which an agent finds an answer: to the message that it was called on, or to
// anything. The window is opened before anything is looked for, since Slack waits three seconds only.
func (b *Bot) shortcut(ctx context.Context, e event) {
	if b.options.Agents == nil {
		return
	}
	b.beside(ctx, func(ctx context.Context) {
		language := first(b.locales.of(ctx, e.team, e.user), b.options.Language)
		s := blocks.Suggestion{Language: language}
		at := place{}
		if e.callback == shortcutSuggest && e.channel != "" {
			at = place{Channel: e.channel, Thread: e.root()}
		}
		opened, err := b.api.OpenViewContext(ctx, e.trigger, blocks.LoadingView(b.words(language)))
		if err != nil {
			b.options.Logger.Warn("window was not opened", "error", reasonOf(err))
			return
		}
		at.External = b.external(ctx, at.Channel)
		s.External, s.Metadata = at.External, at.String()
		if text := plainText(e.text); text != "" {
			s = b.understood(ctx, s, text)
		}
		b.showSuggestion(ctx, opened.ID, b.suggestion(s))
	})
}

// external reports whether other organisations may read a channel. Where the bot cannot post nobody is
// warned; if Slack does not say, somebody is.
func (b *Bot) external(ctx context.Context, channel string) bool {
	if channel == "" || strings.HasPrefix(channel, "D") {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, b.options.Wait)
	defer cancel()
	about, err := b.api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: channel})
	if err != nil {
		return !isSlack(err, "channel_not_found", "not_in_channel")
	}
	return about.IsExtShared || about.IsPendingExtShared
}

// understood fills in what the bot would answer to a message, or ask.
func (b *Bot) understood(ctx context.Context, s blocks.Suggestion, text string) blocks.Suggestion {
	u, err := b.options.Agents.Understand(ctx, chat.Raw(text), s.Language)
	if err != nil {
		b.options.Logger.Error("message was not understood", "error", err.Error())
	}
	s.Chosen, s.Question, s.Language = u.Answer, u.Question, first(u.Language, s.Language)
	if s.Chosen == "" && s.Question == "" {
		hits := b.options.Agents.Search(text, s.Language)
		s.Hits = hits[:min(len(hits), mostHits)]
	}
	return s
}

// suggestion fills in what follows from the rest.
func (b *Bot) suggestion(s blocks.Suggestion) blocks.Suggestion {
	if s.Query != "" {
		hits := b.options.Agents.Search(s.Query, s.Language)
		s.Hits = hits[:min(len(hits), mostHits)]
	}
	if s.Chosen == "" {
		return s
	}
	s.Answer, _ = b.written(canned{answer: s.Chosen, language: s.Language, customer: s.Customer}, "")
	if !slices.ContainsFunc(s.Hits, func(h blocks.Hit) bool { return h.ID == s.Chosen }) {
		named := b.options.Agents.Search(s.Chosen, s.Language)
		s.Hits = append(named[:min(len(named), 1)], s.Hits...)
	}
	return s
}

func (b *Bot) openSuggestion(ctx context.Context, e event, s blocks.Suggestion) {
	if _, err := b.api.OpenViewContext(ctx, e.trigger, blocks.SuggestView(s, b.words(s.Language))); err != nil {
		b.options.Logger.Warn("window was not opened", "error", reasonOf(err))
	}
}

func (b *Bot) showSuggestion(ctx context.Context, id string, s blocks.Suggestion) {
	if _, err := b.api.UpdateViewContext(ctx, blocks.SuggestView(s, b.words(s.Language)), "", "", id); err != nil {
		b.options.Logger.Warn("window was not changed", "error", reasonOf(err))
	}
}

// filled is what stands in the window.
func (e event) filled(action string) string {
	for _, fields := range e.view.State.Values {
		for name, f := range fields {
			if strings.HasPrefix(name, action) {
				return first(f.Value, f.SelectedOption.Value, f.SelectedConversation)
			}
		}
	}
	return ""
}

// suggestPress takes what is chosen in the window: words to search for, an answer, a language.
func (b *Bot) suggestPress(ctx context.Context, e event, language string) {
	s := blocks.Suggestion{Language: first(languageOf(e.filled("suggest-language")), language), Query: e.filled("suggest-query"), Customer: e.filled("suggest-customer"), Metadata: e.view.Metadata}
	s.External = placeOf(s.Metadata).External
	if strings.HasPrefix(e.action, "suggest-pick") {
		s.Chosen = e.value
	} else {
		s.Chosen = e.filled("suggest-pick")
	}
	b.showSuggestion(ctx, e.view.ID, b.suggestion(s))
}

// submit posts what stands in the window, or says what is missing, in the window.
func (b *Bot) submit(ctx context.Context, e event) (any, error) {
	if e.callback != "suggest" || b.options.Agents == nil {
		return nil, nil //nolint:nilnil // the window closes
	}
	language := first(languageOf(e.filled("suggest-language")), b.locales.of(ctx, e.team, e.user), b.options.Language)
	words := b.words(language)
	at := placeOf(e.view.Metadata)
	if to := e.filled("suggest-channel"); to != "" && at.Channel == "" {
		at.Channel = to
	}
	id := e.filled("suggest-pick")
	if id == "" || b.options.Agents.Guidance(id, language) == nil {
		return map[string]any{"response_action": "errors", "errors": map[string]string{"suggest-query": words["error-nothing-chosen"]}}, nil
	}
	if at.Channel == "" {
		return map[string]any{"response_action": "errors", "errors": map[string]string{"suggest-channel": words["error-no-channel"]}}, nil
	}
	if view, outside := b.outside(ctx, e, at, language, id); outside {
		return map[string]any{"response_action": "update", "view": view}, nil
	}
	b.beside(ctx, func(ctx context.Context) {
		here := event{team: e.team, user: e.user, channel: at.Channel, thread: at.Thread, trigger: e.view.ID}
		b.postCanned(ctx, here, canned{answer: id, language: language, customer: e.filled("suggest-customer")})
	})
	return nil, nil //nolint:nilnil // the window closes
}

// outside is the window again, with a warning, if other organisations read the channel that was chosen in it.
func (b *Bot) outside(ctx context.Context, e event, at place, language, answer string) (view slack.ModalViewRequest, outside bool) {
	if placeOf(e.view.Metadata).Channel != "" {
		return view, false // it was known when the window was opened
	}
	if at.External = b.external(ctx, at.Channel); !at.External {
		return view, false
	}
	s := blocks.Suggestion{Language: language, Query: e.filled("suggest-query"), Customer: e.filled("suggest-customer"), Chosen: answer, External: true, Metadata: at.String()}
	return blocks.SuggestView(b.suggestion(s), b.words(language)), true
}
