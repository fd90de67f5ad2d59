package slackbot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"
)

// Scopes lists what the bot token must allow.
func Scopes() []string {
	return []string{
		"app_mentions:read", "assistant:write", "channels:history", "channels:read", "chat:write", "commands", "groups:history", "groups:read", "im:history", "reactions:write", "usergroups:read", "users:read",
	}
}

// Events lists the events that the app listens to.
func Events() []string {
	return []string{
		"app_home_opened", "app_mention", "app_uninstalled", "message.channels", "message.groups", "message.im", "tokens_revoked", "user_change",
	}
}

// The shortcuts, by their callback ids.
const (
	shortcutSuggest = "suggest" // on a message: what to answer
	shortcutFind    = "find"    // from anywhere
)

// Shortcuts lists the shortcuts by callback id, with their type.
func Shortcuts() map[string]string {
	return map[string]string{shortcutSuggest: "message", shortcutFind: "global"}
}

// ErrNoAnswer says that Slack cannot be reached at the moment. Run asks again until it can.
var ErrNoAnswer = errors.New("no answer from Slack")

// Start finds out who the bot is and whether it may do what it does. The error is one line for the
// operator, and holds no token; with ErrNoAnswer the settings may well be right.
func (b *Bot) Start(ctx context.Context) error {
	if !strings.HasPrefix(b.options.BotToken, "xoxb-") {
		return fmt.Errorf("slack.bot-token: a bot token begins with xoxb-")
	}
	if b.options.AppToken != "" && !strings.HasPrefix(b.options.AppToken, "xapp-") {
		return fmt.Errorf("slack.app-token: an app token begins with xapp-")
	}
	granted, self, err := b.identify(ctx)
	if err != nil {
		return startError{line: "slack.bot-token: Slack says " + reasonOf(err), cause: err}
	}
	if missing := slices.DeleteFunc(Scopes(), func(scope string) bool { return slices.Contains(granted, scope) }); len(granted) > 0 && len(missing) > 0 {
		return fmt.Errorf("slack.bot-token: the app lacks the scopes %s; install it again from deploy/slack/manifest.yaml", strings.Join(missing, ", "))
	}
	if b.options.AppToken != "" {
		if _, _, err := b.api.StartSocketModeContext(ctx); err != nil {
			return startError{line: "slack.app-token: Slack says " + reasonOf(err) + "; it needs the scope connections:write", cause: err}
		}
	}
	if b.options.Agents != nil {
		b.mayPost(ctx, "") // so that the members are known when the first of them writes
	}
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.self = self
	return nil
}

// startError is what Slack said, in one line.
type startError struct {
	line  string
	cause error
}

// Error is the line.
func (e startError) Error() string { return e.line }

// Is reports whether Slack said nothing at all, or nothing of its own.
func (e startError) Is(target error) bool {
	var code slack.SlackErrorResponse
	return target == ErrNoAnswer && (!errors.As(e.cause, &code) || slices.Contains([]string{"internal_error", "fatal_error", "service_unavailable", "request_timeout", "ratelimited"}, code.Err))
}

// begun starts the bot if Slack did not answer before, and reports false when ctx is done.
func (b *Bot) begun(ctx context.Context) bool {
	for wait := firstAgain; b.who() == (identity{}); wait = min(2*wait, longestAgain) {
		if pause(ctx, wait) != nil {
			return false
		}
		if err := b.Start(ctx); err != nil && ctx.Err() == nil {
			b.options.Logger.Error("Slack app is not started", "error", err.Error())
		}
	}
	return true
}

// How long it is until Slack is asked again who the bot is.
const (
	firstAgain   = 2 * time.Second
	longestAgain = time.Minute
)

// identify asks who the bot is; the scopes that were granted are in a header of the answer.
func (b *Bot) identify(ctx context.Context) (granted []string, self identity, err error) {
	var mutex sync.Mutex
	api := slack.New(b.options.BotToken, slack.OptionHTTPClient(counting{b.options.Client, b.options.Observe.Call}), slack.OptionAPIURL(b.options.APIURL),
		slack.OptionOnResponseHeaders(func(_ string, h http.Header) {
			mutex.Lock()
			defer mutex.Unlock()
			for scope := range strings.SplitSeq(h.Get("X-Oauth-Scopes"), ",") {
				if scope = strings.TrimSpace(scope); scope != "" {
					granted = append(granted, scope)
				}
			}
		}))
	who, err := api.AuthTestContext(ctx)
	if err != nil {
		return nil, identity{}, err
	}
	mutex.Lock()
	defer mutex.Unlock()
	return granted, identity{team: who.TeamID, enterprise: who.EnterpriseID, user: who.UserID, bot: who.BotID}, nil
}

// Methods lists the methods of the Web API that are called.
func Methods() []string {
	return []string{
		"apps.connections.open", "assistant.threads.setSuggestedPrompts", "auth.test", "chat.delete", "chat.getPermalink", "chat.postEphemeral", "chat.postMessage",
		"chat.update", "conversations.history", "conversations.info", "conversations.replies", "reactions.add", "usergroups.users.list", "users.info", "views.open", "views.publish", "views.update",
	}
}
