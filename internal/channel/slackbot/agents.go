package slackbot

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"passdesk/internal/channel/slackbot/blocks"
	"passdesk/internal/chat"
)

// Agents is what support agents see and do in Slack. All of it must be given, except Group.
type Agents struct {
	Group string // id of the user group whose members may post, "" for everybody
	// Search finds answers, the best first.
	Search func(query, language string) []blocks.Hit
	// Topics lists all answers.
	Topics func(language string) []blocks.Topic
	// Guidance is an answer as customers read it, nil if there is none.
	Guidance func(id, language string) []chat.Part
	// Around is what stands before and after an answer for a customer of this name.
	Around func(id, language, customer string) (before, after string)
	// Version is that of the content.
	Version func() string
	// Understand reads a customer's message: the answer that the bot would give, or what it would ask.
	// The language is that of the message, or the one given where it shows none.
	Understand func(ctx context.Context, text chat.Raw, language string) (Understood, error)
	// Feedback is what customers said of the answers, by answer.
	Feedback func(ctx context.Context) map[string]blocks.Feedback
	// Cases lists today's hand-overs.
	Cases func(ctx context.Context, language string) ([]blocks.HomeCase, error)
}

// Understood is what an agent can answer to a message: with an answer, or else with a question.
type Understood struct{ Answer, Question, Language string }

// groupLife is how long the members of the group are remembered.
const groupLife = 5 * time.Minute

// group knows who may post. The map is not changed.
type group struct {
	mutex   sync.Mutex
	members map[string]bool
	until   time.Time
}

// groupAgain is how long those known last are taken for the members if Slack does not answer.
const groupAgain = 10 * time.Second

// mayPost reports whether somebody is one of the agents. If Slack does not say, those are who were last.
func (b *Bot) mayPost(ctx context.Context, user string) bool {
	a := b.options.Agents
	if a == nil || a.Group == "" {
		return a != nil
	}
	if members, fresh := b.agents.known(b.options.Now()); fresh {
		return members[user]
	}
	found, err := b.api.GetUserGroupMembersContext(ctx, a.Group)
	if err != nil {
		b.options.Logger.Error("members of slack.agent-group are not known", "error", reasonOf(err))
		return b.agents.keep(nil, b.options.Now().Add(groupAgain))[user]
	}
	members := map[string]bool{}
	for _, member := range found {
		members[member] = true
	}
	return b.agents.keep(members, b.options.Now().Add(groupLife))[user]
}

func (g *group) known(now time.Time) (members map[string]bool, fresh bool) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	return g.members, now.Before(g.until)
}

// keep keeps members, or those known before if there are none.
func (g *group) keep(members map[string]bool, until time.Time) map[string]bool {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if members != nil {
		g.members = members
	}
	g.until = until
	return g.members
}

// mostHits is how many answers a search shows.
const mostHits = 5

// command answers the slash command, to whoever typed it and nobody else.
func (b *Bot) command(ctx context.Context, e event) (any, error) {
	language := first(b.locales.of(ctx, e.team, e.user), b.options.Language)
	words, query := b.words(language), plainText(e.text)
	m := blocks.Help(b.options.Command, words)
	if a := b.options.Agents; a != nil && query != "" && !strings.EqualFold(query, "help") && query != words["help-word"] {
		hits := a.Search(query, language)
		m = blocks.Results(query, hits[:min(len(hits), mostHits)], words)
	}
	return private(m), nil
}

// private is an answer that only one person sees.
func private(m blocks.Message) any {
	return map[string]any{"response_type": "ephemeral", "text": m.Text, "blocks": m.Blocks}
}

// agentPress takes the buttons that only agents have.
func (b *Bot) agentPress(ctx context.Context, e event) error {
	if b.options.Agents == nil {
		return nil
	}
	language := first(b.locales.of(ctx, e.team, e.user), b.options.Language)
	switch {
	case strings.HasPrefix(e.action, "canned-preview"):
		if parts := b.options.Agents.Guidance(e.value, language); parts != nil {
			b.beside(ctx, func(ctx context.Context) {
				b.respond(ctx, e, blocks.Canned(blocks.Posted{Parts: parts}, b.words(language), b.picture(language)))
			})
		}
	case strings.HasPrefix(e.action, "canned-post"):
		b.beside(ctx, func(ctx context.Context) {
			if e.action == "canned-post" && b.external(ctx, e.channel) {
				b.respond(ctx, e, blocks.Outside(e.value, b.words(language)))
				return
			}
			b.postCanned(ctx, e, canned{answer: e.value, language: language})
		})
	case strings.HasPrefix(e.action, "home-"):
		b.beside(ctx, func(ctx context.Context) { b.homePress(ctx, e, language) })
	case strings.HasPrefix(e.action, "suggest-"):
		b.beside(ctx, func(ctx context.Context) { b.suggestPress(ctx, e, language) })
	}
	return nil
}

// canned is an answer that is posted in the name of an agent, and the customer's name, "" if the agent
// has not written it.
type canned struct{ answer, language, customer string }

func (b *Bot) written(c canned, agent string) (p blocks.Posted, ok bool) {
	a := b.options.Agents
	p = blocks.Posted{Parts: a.Guidance(c.answer, c.language), Agent: agent}
	if c.customer != "" {
		p.Before, p.After = a.Around(c.answer, c.language, c.customer)
	}
	return p, p.Parts != nil
}

// postCanned posts an answer for all to see where an event was, and tells the agent if it cannot.
func (b *Bot) postCanned(ctx context.Context, e event, c canned) {
	note := ""
	if answer, ok := b.written(c, e.user); !ok {
		note = "note-stale"
	} else if !b.mayPost(ctx, e.user) {
		note = "note-agents-only"
	} else if key := strings.Join([]string{e.channel, e.thread, first(e.ts, e.trigger), c.answer, e.user}, "/"); b.once.begin(key) {
		// By these, corrections find later what was posted.
		mark := map[string]any{"id": "canned/" + e.trigger, "answer": c.answer, "language": c.language, "version": b.options.Agents.Version(), "agent": e.user}
		_, err := b.postMarked(ctx, e.channel, e.thread, mark, blocks.Canned(answer, b.words(c.language), b.picture(c.language)))
		if note = b.whyNot(err); note != "" {
			b.once.failed(key)
		}
	}
	if note != "" {
		b.respond(ctx, e, blocks.Note(b.words(c.language)[note]))
	}
}

// whyNot is what an agent is told of an error, "" if there is none.
func (b *Bot) whyNot(err error) string {
	switch {
	case err == nil:
		return ""
	case isSlack(err, "not_in_channel", "channel_not_found"):
		return "note-invite"
	}
	b.options.Logger.Warn("answer was not posted", "error", reasonOf(err))
	return "note-not-posted"
}

// respond answers a press where only the presser sees it, also where the bot is no member.
func (b *Bot) respond(ctx context.Context, e event, m blocks.Message) {
	if e.respond == "" {
		b.tell(ctx, e, m)
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), besideTime) // the time of what it tells of may be over
	defer cancel()
	err := slack.PostWebhookCustomHTTPContext(ctx, e.respond, b.options.Client, &slack.WebhookMessage{
		Text: m.Text, Blocks: &slack.Blocks{BlockSet: m.Blocks}, ResponseType: slack.ResponseTypeEphemeral, ThreadTimestamp: e.thread,
	})
	if err != nil {
		b.options.Logger.Warn("answer was not shown", "error", reasonOf(err))
	}
}
