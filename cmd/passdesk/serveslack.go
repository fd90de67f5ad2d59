package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"passdesk/internal/canned"
	"passdesk/internal/channel/slackbot"
	"passdesk/internal/channel/slackbot/blocks"
	"passdesk/internal/channel/webchat"
	"passdesk/internal/chat"
	"passdesk/internal/config"
	"passdesk/internal/console"
	"passdesk/internal/desk"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/handover"
	"passdesk/internal/httpd"
	"passdesk/internal/outbox"
	"passdesk/internal/reply"
	"passdesk/internal/store"
)

// relayKind is the kind of the work that takes customers' words to agents in Slack.
const relayKind = "relay"

// hasSlack reports whether there is a Slack app.
func hasSlack(s config.Settings) bool { return !s.Slack.BotToken.IsZero() }

// slack makes the Slack app and asks Slack who it is. It is a fault of the settings if Slack refuses.
func (s *service) slackApp(ctx context.Context) (*slackbot.Bot, error) {
	o := s.settings.Slack
	bot, err := slackbot.New(slackbot.Options{
		BotToken: o.BotToken.Reveal(), AppToken: o.AppToken.Reveal(), SigningSecret: o.SigningSecret.Reveal(), APIURL: o.APIURL, SupportChannel: o.SupportChannel,
		Handle: s.desk.Handle, Act: s.desk.Agent, Greet: s.desk.Greet, Contact: s.desk.Contact, Turn: s.slackTurn, Mark: s.store.Mark, Marked: s.store.Marked,
		Take: s.takeCase, Close: s.closeCase, Words: func(language string) map[string]string { return s.words(guide.PageSlack)(language) }, Label: s.label,
		Picture: s.slackPicture, Agents: s.slackAgents(), Logger: s.logger, Observe: slackbot.Observer{Delivery: s.metrics.SlackDelivery, Retry: s.metrics.SlackRetry, Call: s.metrics.SlackCall, Connect: s.metrics.SlackConnected, Waiting: s.metrics.SlackWaiting}, Language: string(reply.Fallback),
	})
	if err != nil {
		return nil, err
	}
	asking, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	if err = bot.Start(asking); errors.Is(err, slackbot.ErrNoAnswer) {
		s.logger.Error("Slack cannot be reached; it is tried again", "error", err.Error())
		err = nil
	}
	return bot, err
}

func (s *service) slackTurn(ctx context.Context, conversation string, sequence int64) (slackbot.Turn, error) {
	kept, err := s.store.Turns(ctx, conversation, sequence-1, 1)
	if err != nil {
		return slackbot.Turn{}, asBusy(err)
	}
	if len(kept) == 0 || kept[0].Sequence != sequence {
		return slackbot.Turn{}, chat.ErrNotFound
	}
	r, err := desk.DecodeReply(kept[0].Reply)
	return slackbot.Turn{Sequence: sequence, Said: kept[0].Said.String(), Pressed: kept[0].Pressed, Reply: r}, err
}

// takeCase gives a hand-over to an agent, unless somebody has it: then that is who is returned.
func (s *service) takeCase(ctx context.Context, id, agent, name string) (holder string, err error) {
	err = s.store.TakeCase(ctx, id, agent, name)
	if err == nil {
		return agent, nil
	}
	one := store.Case{}
	if errors.Is(err, store.ErrConflict) {
		one, err = s.store.Case(ctx, id)
	}
	switch {
	case errors.Is(err, store.ErrNotFound):
		return "", nil
	case err != nil:
		return "", asBusy(err)
	case one.State == store.CaseClosed:
		return "", nil
	}
	return one.Agent, nil
}

// closeCase closes a hand-over for whoever has it. Who was faster is right.
func (s *service) closeCase(ctx context.Context, id, holder string) error {
	err := s.store.CloseCase(ctx, id, holder, store.Other)
	if errors.Is(err, store.ErrConflict) || errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return asBusy(err)
}

func (s *service) slackAgents() *slackbot.Agents {
	return &slackbot.Agents{
		Group: s.settings.Slack.AgentGroup,
		Search: func(query, language string) []blocks.Hit {
			var hits []blocks.Hit
			for _, found := range s.library.Load().Search(query, nil) {
				hits = append(hits, s.hit(found.ID, language))
			}
			return hits
		},
		Topics: s.slackTopics,
		Guidance: func(id, language string) []chat.Part {
			if g := s.desk.Content().Guide; g.Answer(id) != nil {
				return reply.Guidance(g, id, guide.Language(language))
			}
			return nil
		},
		Around: s.around, Version: func() string { return s.desk.Content().Version }, Understand: s.suggest, Feedback: s.slackFeedback(), Cases: s.slackCases,
	}
}

// around is the greeting and the closing of a canned answer.
func (s *service) around(id, language, customer string) (before, after string) {
	m, err := s.library.Load().Render(id, canned.Options{
		Language: guide.Language(language), Format: canned.Plain, Tone: canned.ToneChat, Values: map[string]string{canned.Customer: customer},
	})
	if err != nil {
		return "", "" // the answer alone is right, too
	}
	return m.Greeting, m.Closing
}

// hit is an answer as it is listed.
func (s *service) hit(id, language string) blocks.Hit {
	a := s.desk.Content().Guide.Answer(id)
	if a == nil { // content has been exchanged since it was found
		return blocks.Hit{ID: id}
	}
	return blocks.Hit{ID: id, Title: a.Title.In(guide.Language(language)), Summary: a.Summary.In(guide.Language(language))}
}

func (s *service) slackTopics(language string) []blocks.Topic {
	var topics []blocks.Topic
	words, at := s.words(guide.PageChat)(language), map[string]int{}
	for _, id := range s.desk.Content().Guide.Answers() {
		word := webchat.TopicOf(id)
		if _, known := at[word]; !known {
			at[word] = len(topics)
			topics = append(topics, blocks.Topic{Name: words[word]})
		}
		topics[at[word]].Hits = append(topics[at[word]].Hits, s.hit(id, language))
	}
	return topics
}

// suggest reads a customer's message as the bot would.
func (s *service) suggest(_ context.Context, text chat.Raw, language string) (slackbot.Understood, error) {
	in, _ := s.desk.Understand(text)
	g := s.desk.Content().Guide
	u := slackbot.Understood{Language: language}
	if in.Language != "" {
		u.Language = string(in.Language)
	}
	_, step := dialogue.Next(g, dialogue.State{Language: guide.Language(u.Language)}, in)
	if u.Answer = step.Answer; u.Answer == "" && step.Ask != "" && len(in.Facts) > 0 {
		u.Question = g.Question(step.Ask).Ask.In(guide.Language(u.Language))
	}
	return u, nil
}

func (s *service) slackCases(ctx context.Context, _ string) ([]blocks.HomeCase, error) {
	found, err := s.store.Cases(ctx, store.CaseFilter{State: store.CaseOpen}, 0, 20)
	if err != nil {
		return nil, asBusy(err)
	}
	var all []blocks.HomeCase
	for _, one := range found {
		all = append(all, blocks.HomeCase{Reference: one.Reference, Page: s.casePage(one.ID)})
	}
	return all, nil
}

// feedbackLife is how long what customers said is shown before it is counted anew.
const feedbackLife = time.Minute

// feedbackWait is how long the home of the app waits for the count; without it the rest is shown.
const feedbackWait = 2 * time.Second

// slackFeedback counts what customers said of the answers, not for each who looks.
func (s *service) slackFeedback() func(context.Context) map[string]blocks.Feedback {
	var mutex sync.Mutex
	var shown map[string]blocks.Feedback
	var until time.Time
	counting := false // others do not wait for it
	return func(ctx context.Context) map[string]blocks.Feedback {
		if mutex.Lock(); counting || time.Now().Before(until) {
			defer mutex.Unlock()
			return shown
		}
		counting = true
		mutex.Unlock()
		ctx, cancel := context.WithTimeout(ctx, feedbackWait)
		defer cancel()
		counted, err := desk.CountFeedback(ctx, s.store.States)
		mutex.Lock()
		defer mutex.Unlock()
		counting, until = false, time.Now().Add(feedbackLife)
		if err != nil { // a table that cannot be counted in time now cannot be in a moment either
			s.logger.Error("feedback cannot be counted", "error", err.Error())
			return shown
		}
		shown = map[string]blocks.Feedback{}
		for answer, f := range counted {
			shown[answer] = blocks.Feedback(f)
		}
		return shown
	}
}

// slackWork is the work of the outbox that Slack does.
func (s *service) slackWork() map[string]outbox.Do {
	job := func(j store.Job) slackbot.Job {
		return slackbot.Job{ID: j.ID, Conversation: j.Conversation, Sequence: j.Sequence, Details: j.Details, Tries: j.Tries, Last: j.Tries >= s.settings.Handover.Attempts}
	}
	return map[string]outbox.Do{
		slackbot.Channel: func(ctx context.Context, j store.Job) error { return soon(fromSlack(s.bot.Deliver(ctx, job(j)))) },
		relayKind:        func(ctx context.Context, j store.Job) error { return soon(fromSlack(s.bot.Relay(ctx, job(j)))) },
	}
}

// soon has it tried again soon: somebody waits for it.
func soon(err error) error {
	if err == nil {
		return nil
	}
	return outbox.RetryWithin{Err: err, Longest: 2 * time.Minute}
}

// fromSlack turns refusals into what the outbox acts upon.
func fromSlack(err error) error {
	var refused slackbot.Refused
	if !errors.As(err, &refused) {
		return err
	}
	reason := outbox.Reason(refused.Error())
	switch {
	case refused.Never:
		return outbox.Permanent{Err: reason}
	case refused.Wait > 0:
		return outbox.RetryAfter{Err: reason, Wait: refused.Wait}
	}
	return reason
}

// slackHandOver posts hand-overs into the support channel.
func (s *service) slackHandOver(source handover.Source) outbox.Do {
	return func(ctx context.Context, job store.Job) error {
		packet, err := source.Packet(ctx, job)
		if err != nil {
			return err
		}
		details, err := handover.ParseDetails(job.Details)
		if err != nil {
			return outbox.Permanent{Err: outbox.Reason("details cannot be read")}
		}
		return fromSlack(s.bot.HandOver(ctx, slackbot.HandOver{
			ID: job.ID, Conversation: job.Conversation, Language: packet.Language, Address: details.Address, Card: s.card(packet),
			Tries: job.Tries, Last: job.Tries >= s.settings.Handover.Attempts,
		}))
	}
}

// lookAtSlack tells whether messages come in.
func (s *service) lookAtSlack(context.Context) httpd.Health {
	if err := s.bot.Ready(); err != nil {
		return httpd.Health{Reason: "not connected"}
	}
	return httpd.Health{Details: map[string]any{"waiting": s.bot.Waiting()}}
}

// cardLines is how many lines of a conversation a card shows: the last ones.
const cardLines = 8

// card is what agents in Slack see of a hand-over.
func (s *service) card(p handover.Packet) blocks.Card {
	c := blocks.Card{Reference: p.Reference, Channel: p.Channel, Language: p.Language}
	for _, f := range p.Facts {
		c.Facts = append(c.Facts, f.About+": "+f.Label)
	}
	for _, step := range p.Path {
		c.Path = append(c.Path, first(step.Question, step.Slot))
	}
	for _, a := range p.Answers {
		c.Answers = append(c.Answers, a.Title)
		if a.Failed {
			c.Failed = append(c.Failed, a.Title)
		}
	}
	for _, turn := range p.Transcript[max(0, len(p.Transcript)-cardLines):] {
		if turn.Agent != nil {
			continue
		}
		if said := turn.Said.String(); said != "" {
			c.Lines = append(c.Lines, blocks.Line{Text: said})
		} else if turn.Pressed != nil && turn.Pressed.Label != "" {
			c.Lines = append(c.Lines, blocks.Line{Text: turn.Pressed.Label})
		}
	}
	c.Console = s.casePage(p.ID)
	return c
}

// casePage is the address of a hand-over in the console, "" if there is none.
func (s *service) casePage(id string) string {
	if public := s.settings.Web.PublicURL; public != "" && s.settings.Console.Enabled {
		return public + console.CasePath(id)
	}
	return ""
}

func first(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}
