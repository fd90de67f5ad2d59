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
	localeWait = 200 * time.Millisecond // that an event waits for it to be known anew
	firstWait  = 700 * time.Millisecond // that it waits for what nothing is known of
	unknownFor = 30 * time.Second       // if Slack does not answer
	mostKnown  = 50_000                 // people
)

// locales knows in which language people have set up their Slack.
type locales struct {
	api    *slack.Client
	wait   time.Duration // for somebody of whom nothing is known
	now    func() time.Time
	beside func(context.Context, func(context.Context)) bool
	mutex  sync.Mutex
	known  map[string]locale
	asked  map[string]asked
}

// asked is a question to Slack that is under way.
type asked struct {
	since time.Time
	there chan struct{} // closed when the answer is there
}

type locale struct {
	language string // "" if Slack does not say
	name     string // as colleagues see it
	until    time.Time
}

func newLocales(api *slack.Client, wait time.Duration, now func() time.Time, beside func(context.Context, func(context.Context)) bool) *locales {
	return &locales{api: api, wait: wait, now: now, beside: beside, known: map[string]locale{}, asked: map[string]asked{}}
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
	return l.find(ctx, team, user).language
}

// nameOf is what somebody is called, "" if that is not known.
func (l *locales) nameOf(ctx context.Context, user string) string {
	return l.find(ctx, "", user).name
}

// expect begins to ask for what nameOf will want.
func (l *locales) expect(ctx context.Context, user string) { l.look(ctx, "/"+user, user) }

func (l *locales) find(ctx context.Context, team, user string) locale {
	if user == "" {
		return locale{}
	}
	key := team + "/" + user
	found, known, under := l.look(ctx, key, user)
	if under.there == nil {
		return found
	}
	most := localeWait
	if !known {
		most = l.wait
	}
	wait := time.NewTimer(most - time.Since(under.since)) // whoever comes later waits for less
	defer wait.Stop()
	select {
	case <-under.there:
	case <-wait.C:
	case <-ctx.Done():
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.known[key]
}

// look is what is known of somebody, and the question that is under way if it is not, or not any more.
func (l *locales) look(ctx context.Context, key, user string) (found locale, known bool, under asked) {
	l.mutex.Lock()
	found, known = l.known[key]
	if known && l.now().Before(found.until) {
		l.mutex.Unlock()
		return found, known, asked{}
	}
	under, there := l.asked[key]
	if !there {
		under = asked{since: time.Now(), there: make(chan struct{})}
		l.asked[key] = under
	}
	l.mutex.Unlock()
	if !there {
		l.start(ctx, key, user, under.there)
	}
	return found, known, under
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
