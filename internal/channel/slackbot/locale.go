package slackbot

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"
)

const (
	localeLife = 6 * time.Hour          // of what is known of somebody
	localeWait = 200 * time.Millisecond // that an event waits for it; it is known by the next
	nameWait   = 700 * time.Millisecond // for what customers read there is no next
	unknownFor = 30 * time.Second       // if Slack does not answer
	mostKnown  = 50_000                 // people
)

// locales knows in which language people have set up their Slack.
type locales struct {
	api    *slack.Client
	now    func() time.Time
	beside func(context.Context, func(context.Context)) bool
	mutex  sync.Mutex
	known  map[string]locale
	asked  map[string]chan struct{} // closed when the answer is there
}

type locale struct {
	language string // "" if Slack does not say
	name     string // as colleagues see it
	until    time.Time
}

func newLocales(api *slack.Client, now func() time.Time, beside func(context.Context, func(context.Context)) bool) *locales {
	return &locales{api: api, now: now, beside: beside, known: map[string]locale{}, asked: map[string]chan struct{}{}}
}

// forget has somebody's language looked up anew: they have changed something about themselves.
func (l *locales) forget(team, user string) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	delete(l.known, team+"/"+user)
	delete(l.known, "/"+user)
}

// of is "ja" or "en", or "" if that is not known.
func (l *locales) of(ctx context.Context, team, user string) string {
	return l.find(ctx, team, user, localeWait).language
}

// nameOf is what somebody is called, "" if that is not known.
func (l *locales) nameOf(ctx context.Context, user string) string {
	return l.find(ctx, "", user, nameWait).name
}

func (l *locales) find(ctx context.Context, team, user string, most time.Duration) locale {
	if user == "" {
		return locale{}
	}
	key := team + "/" + user
	l.mutex.Lock()
	found, known := l.known[key]
	if known && l.now().Before(found.until) {
		l.mutex.Unlock()
		return found
	}
	there := l.asked[key]
	first := there == nil
	if first {
		there = make(chan struct{})
		l.asked[key] = there
	}
	l.mutex.Unlock()
	if first {
		l.start(ctx, key, user, there)
	}
	wait := time.NewTimer(most)
	defer wait.Stop()
	select {
	case <-there:
	case <-wait.C:
	case <-ctx.Done():
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.known[key]
}

// start asks Slack beside the rest. If there is no place for that, the next one asks.
func (l *locales) start(ctx context.Context, key, user string, there chan struct{}) {
	begun := l.beside(ctx, func(ctx context.Context) {
		defer l.answered(key, there)
		l.ask(ctx, key, user)
	})
	if !begun {
		l.answered(key, there)
	}
}

func (l *locales) answered(key string, there chan struct{}) {
	l.mutex.Lock()
	delete(l.asked, key)
	l.mutex.Unlock()
	close(there)
}

// ask asks Slack. Of people of other organisations it may not be told; that is remembered, too.
func (l *locales) ask(ctx context.Context, key, user string) {
	info, err := l.api.GetUserInfoContext(ctx, user)
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if len(l.known) >= mostKnown {
		clear(l.known)
	}
	known := locale{until: l.now().Add(localeLife)}
	switch {
	case err == nil:
		known.language, known.name = languageOf(info.Locale), first(info.Profile.DisplayName, info.RealName, info.Name)
	case !isSlack(err, "user_not_visible", "user_not_found", "users_not_found"):
		known = l.known[key] // what was known last, until it is asked again
		known.until = l.now().Add(unknownFor)
	}
	l.known[key] = known
}

// languageOf is the language of a locale such as ja-JP, "" for others than ours.
func languageOf(locale string) string {
	language, _, _ := strings.Cut(strings.ToLower(locale), "-")
	if language == "ja" || language == "en" {
		return language
	}
	return ""
}
