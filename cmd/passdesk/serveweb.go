package main

import (
	"context"
	"html/template"
	"net/http"
	"strings"

	"passdesk/internal/channel/webchat"
	"passdesk/internal/chat"
	"passdesk/internal/desk"
	"passdesk/internal/guide"
	"passdesk/internal/httpd"
	"passdesk/internal/picture"
	"passdesk/internal/reply"
)

// web is what customers see in a browser.
func (s *service) web(gate *httpd.Gate, stopping <-chan struct{}) (http.Handler, error) {
	h, l, w := s.settings.HTTP, s.settings.Limits, s.settings.Web
	return webchat.New(webchat.Options{
		Handle: s.desk.Handle, Greet: s.desk.Greet, Latest: s.latest, Transcript: s.webTranscript, Words: s.words(guide.PageChat),
		Label: s.label, Articles: s.articles, Version: func() string { return s.desk.Content().Version },
		Picture: s.picture, PictureStyle: picture.Style(), Listen: s.live.Subscribe, Stopping: stopping, Enter: gate.Enter, Fault: s.fault,
		PublicURL: w.PublicURL, Secure: s.secure(), FrameAncestors: w.EmbedOrigins,
		TrustedProxies: h.TrustedProxies, BodyLimit: h.BodyLimit,
		Limits: webchat.Limits{
			MessagesPerMinute: l.MessagesPerMinute, ConversationsPerHour: l.ConversationsPerHour, RequestsPerMinute: l.RequestsPerMinute,
		},
	})
}

// words are the words of a page, of the content of today.
func (s *service) words(page string) func(language string) map[string]string {
	return func(language string) map[string]string {
		return s.desk.Content().Guide.WordsIn(page, guide.Language(language))
	}
}

// label is what a value of a fact is called, "" for a fact or value that the content does not know.
func (s *service) label(fact, value, language string) string {
	g := s.desk.Content().Guide
	if !g.Valid(guide.Fact{Slot: fact, Value: value}) {
		return ""
	}
	return g.Question(fact).Values[value].Label.In(guide.Language(language))
}

// articles are all answers as customers read them.
func (s *service) articles(language string) []webchat.Article {
	g := s.desk.Content().Guide
	var all []webchat.Article
	for _, id := range g.Answers() {
		a := g.Answer(id)
		all = append(all, webchat.Article{
			ID: id, Title: a.Title.In(guide.Language(language)), Parts: reply.Guidance(g, id, guide.Language(language)), Reviewed: a.Reviewed,
		})
	}
	return all
}

// picture draws a window. A drawing has no words but those of the content, which are escaped in it.
func (s *service) picture(id, language, prefix string) (svg template.HTML, title, description, caption string, ok bool) {
	g, in := s.desk.Content().Guide, guide.Language(language)
	p := g.Picture(id)
	if p == nil {
		return "", "", "", "", false
	}
	drawn, err := s.artist.SVG(p, in, prefix)
	if err != nil {
		s.logger.Error("page without its picture", "error", err)
		return "", "", "", "", false
	}
	return template.HTML(drawn), p.Title.In(in), p.Description.In(in), g.Words(guide.PageChat)["picture-note"].In(in), true //nolint:gosec // made by html/template
}

// latest is how many turns a conversation has.
func (s *service) latest(ctx context.Context, conversation string) (int64, error) {
	kept, _, err := s.store.Load(ctx, conversation, "")
	if err == nil && kept.Version == 0 {
		err = chat.ErrNotFound
	}
	return kept.Version, asBusy(err)
}

func (s *service) webTranscript(ctx context.Context, conversation string, after int64, limit int) ([]webchat.Turn, error) {
	kept, err := s.store.Turns(ctx, conversation, after, limit)
	if err != nil {
		return nil, asBusy(err)
	}
	turns := make([]webchat.Turn, 0, len(kept))
	for _, turn := range kept {
		r, err := desk.DecodeReply(turn.Reply)
		if err != nil {
			return nil, err
		}
		turns = append(turns, webchat.Turn{
			Sequence: turn.Sequence, At: turn.At, Said: turn.Said.String(), Pressed: turn.Pressed, Reply: r,
		})
	}
	return turns, nil
}

// secure reports whether browsers come by HTTPS.
func (s *service) secure() bool { return strings.HasPrefix(s.settings.Web.PublicURL, "https:") }
