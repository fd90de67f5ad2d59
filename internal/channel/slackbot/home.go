package slackbot

import (
	"context"
	"maps"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"passdesk/internal/channel/slackbot/blocks"
)

// mostPrompts is how many beginnings of a conversation Slack suggests.
const mostPrompts = 4

// home answers somebody who looks at the app: with beginnings for a conversation, or with the answers for
// agents.
func (b *Bot) home(ctx context.Context, e event) {
	language := first(b.locales.of(ctx, e.team, e.user), b.options.Language)
	if e.tab == "messages" {
		b.suggestPrompts(ctx, e, language)
		return
	}
	b.publish(ctx, e.user, language, 1)
}

// suggestPrompts offers the first question's choices as messages.
func (b *Bot) suggestPrompts(ctx context.Context, e event, language string) {
	p := slack.AssistantThreadsSetSuggestedPromptsParameters{ChannelID: e.channel, Title: b.words(language)["prompts-title"]}
	if e.legacy {
		p.ThreadTS = e.thread
	}
	choices := b.options.Greet(language).Choices
	for _, c := range choices[:min(len(choices), mostPrompts)] {
		p.Prompts = append(p.Prompts, slack.AssistantThreadsPrompt{Title: c.Short, Message: c.Label})
	}
	if err := b.api.SetAssistantThreadsSuggestedPromptsContext(ctx, p); err != nil {
		b.options.Logger.Warn("prompts were not suggested", "error", reasonOf(err))
	}
}

// pageSize is how many answers a page of the home lists, so that it stays below Slack's 100 blocks.
const pageSize = 20

// publish shows all answers and the open hand-overs to an agent.
func (b *Bot) publish(ctx context.Context, user, language string, page int) {
	a := b.options.Agents
	if a == nil || user == "" {
		return
	}
	if !b.mayPost(ctx, user) {
		b.publishView(ctx, user, blocks.WelcomeView(b.words(language)))
		return
	}
	b.looking(user, look{language: language, page: page})
	data := blocks.HomeData{Language: language, Feedback: a.Feedback(ctx)}
	data.Topics, data.Page, data.Pages = paged(a.Topics(language), page)
	var err error
	if data.Cases, err = a.Cases(ctx, language); err != nil {
		b.options.Logger.Error("hand-overs cannot be listed", "error", err.Error())
	}
	b.publishView(ctx, user, blocks.HomeView(data, b.words(language)))
}

func (b *Bot) publishView(ctx context.Context, user string, v slack.HomeTabViewRequest) {
	_, err := b.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: user, View: v})
	if err != nil {
		b.options.Logger.Warn("home was not shown", "error", reasonOf(err))
	}
}

// look is what an agent looks at in the home.
type look struct {
	language string
	page     int
}

// mostLooking is how many homes are kept up to date.
const mostLooking = 200

func (b *Bot) looking(user string, l look) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if b.homes == nil || len(b.homes) >= mostLooking {
		b.homes = map[string]look{}
	}
	b.homes[user] = l
}

func (b *Bot) lookOf(user string) look {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.homes[user]
}

// Refresh shows the homes anew that agents have looked at: the content has changed.
func (b *Bot) Refresh(ctx context.Context) {
	b.mutex.Lock()
	homes := maps.Clone(b.homes)
	b.mutex.Unlock()
	for user, l := range homes {
		b.beside(ctx, func(ctx context.Context) { b.publish(ctx, user, l.language, l.page) })
	}
}

// paged is a page of all topics, the number of the page and how many there are.
func paged(topics []blocks.Topic, page int) (shown []blocks.Topic, at, pages int) {
	total := 0
	for _, t := range topics {
		total += len(t.Hits)
	}
	pages = max(1, (total+pageSize-1)/pageSize)
	at = min(max(page, 1), pages)
	from, to, seen := (at-1)*pageSize, at*pageSize, 0
	for _, t := range topics {
		begin, end := min(max(from-seen, 0), len(t.Hits)), min(max(to-seen, 0), len(t.Hits))
		if begin < end {
			shown = append(shown, blocks.Topic{Name: t.Name, Hits: t.Hits[begin:end]})
		}
		seen += len(t.Hits)
	}
	return shown, at, pages
}

// homePress takes the buttons of the home.
func (b *Bot) homePress(ctx context.Context, e event, language string) {
	language = first(b.lookOf(e.user).language, language)
	switch {
	case strings.HasPrefix(e.action, "home-page"):
		page, _ := strconv.Atoi(e.value) // what is no number is the first page
		b.publish(ctx, e.user, language, page)
	case strings.HasPrefix(e.action, "home-language"):
		if languageOf(e.value) != "" {
			b.publish(ctx, e.user, e.value, 1)
		}
	case strings.HasPrefix(e.action, "home-search"):
		b.openSuggestion(ctx, e, blocks.Suggestion{Language: language})
	case strings.HasPrefix(e.action, "home-open"):
		b.openSuggestion(ctx, e, b.suggestion(blocks.Suggestion{Language: language, Chosen: e.value}))
	}
}
