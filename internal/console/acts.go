package console

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"slices"
	"strings"

	"passdesk/internal/chat"
	"passdesk/internal/store"
)

// maxID is the longest id of a message that a form may give, in bytes.
const maxID = 128

// holds reports whether an agent has a case.
func holds(one store.Case, who Agent) bool {
	return one.State == store.CaseClaimed && one.Agent == who.ID
}

// claim gives a case to whoever asks first, and lets them into the conversation.
func (c *Console) claim(w http.ResponseWriter, r *http.Request, who Agent) {
	c.act(w, r, who, func(ctx context.Context, one store.Case, id string) error {
		if err := c.options.People.Take(ctx, one.ID, who.ID, who.Name); err != nil {
			return err
		}
		return c.options.People.join(ctx, one, chat.AgentJoin, id, who.ID, who.Name)
	})
}

// putBack gives a case back. An administrator may take it from somebody who has gone home.
func (c *Console) putBack(w http.ResponseWriter, r *http.Request, who Agent) {
	c.act(w, r, who, func(ctx context.Context, one store.Case, id string) error {
		if one.State == store.CaseOpen {
			return nil // pressed twice
		}
		if !holds(one, who) && (who.Role != RoleAdmin || one.State != store.CaseClaimed) {
			return store.ErrConflict
		}
		if err := c.leave(ctx, one, chat.AgentLeave, id); err != nil {
			return err
		}
		return c.options.People.Return(ctx, one.ID, one.Agent)
	})
}

// closeCase ends a case.
func (c *Console) closeCase(w http.ResponseWriter, r *http.Request, who Agent) {
	outcome := store.CaseOutcome(r.PostFormValue("outcome"))
	if !slices.Contains(outcomes(), outcome) {
		c.showCase(w, r, c.newPage(r, who, casesPath), http.StatusUnprocessableEntity, "case-outcome-missing", "")
		return
	}
	c.act(w, r, who, func(ctx context.Context, one store.Case, id string) error {
		if holds(one, who) {
			if err := c.leave(ctx, one, chat.AgentClose, id); err != nil {
				return err
			}
		}
		return c.options.People.Close(ctx, one.ID, who.ID, outcome)
	})
}

// leave lets whoever has a case out of its conversation, so that the bot answers again; with AgentClose the
// customer can ask for a person again, too. Who is not in it any more need not leave.
func (c *Console) leave(ctx context.Context, one store.Case, do chat.AgentAct, id string) error {
	err := c.options.People.join(ctx, one, do, id, one.Agent, one.Name)
	if errors.Is(err, chat.ErrAway) || errors.Is(err, chat.ErrNotFound) {
		return nil
	}
	return err
}

// act changes a case and shows what it is then. Who comes too late sees who was faster.
func (c *Console) act(w http.ResponseWriter, r *http.Request, who Agent, change func(ctx context.Context, one store.Case, id string) error) {
	p := c.newPage(r, who, casesPath)
	ctx, cancel := context.WithTimeout(r.Context(), c.options.Timeout)
	defer cancel()
	one, ok := c.load(ctx, w, r, p)
	if !ok {
		return
	}
	err := change(ctx, one, messageID(r.PostFormValue("message")))
	switch {
	case errors.Is(err, store.ErrConflict):
		c.showCase(w, r, p, http.StatusConflict, "case-conflict", "")
	case errors.Is(err, store.ErrNotFound), errors.Is(err, chat.ErrNotFound):
		c.refuse(w, r, who, http.StatusNotFound, "refused-case")
	case err != nil:
		c.fault(w, r, p, opAct, err)
	default:
		http.Redirect(w, r, CasePath(one.ID), http.StatusSeeOther)
	}
}

// messageID is the id that a form gave what it does, so that it is done once; or a new one.
func messageID(given string) string {
	if given == "" || len(given) > maxID {
		return rand.Text()
	}
	return given
}

// say says something to the customer.
func (c *Console) say(w http.ResponseWriter, r *http.Request, who Agent) {
	p := c.newPage(r, who, casesPath)
	form, ok := c.form(w, r, p)
	if !ok {
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), c.options.Timeout)
	defer cancel()
	one, ok := c.load(ctx, w, r, p)
	if !ok {
		return
	}
	text := strings.TrimSpace(form.Get("text"))
	if !holds(one, who) || !c.options.People.live(one.Channel) {
		c.showCase(w, r, p, http.StatusConflict, "case-conflict", text)
		return
	}
	if text != "" {
		if err := c.tell(ctx, one, messageID(form.Get("message")), who, chat.Raw(text)); err != nil {
			c.options.Fault(r.Context(), opSay, one.Conversation, err)
			c.showCase(w, r, p, http.StatusServiceUnavailable, "case-not-said", text)
			return
		}
	}
	if form.Get("part") != "" {
		p.Body = rand.Text() // of the next message
		c.show(w, r, http.StatusOK, "message-id", p)
		return
	}
	http.Redirect(w, r, CasePath(one.ID)+"#say", http.StatusSeeOther)
}

// tell says something, and joins the conversation first if it has been left meanwhile: the customer may
// have gone back to the bot, but the case is still this agent's.
func (c *Console) tell(ctx context.Context, one store.Case, id string, who Agent, text chat.Raw) error {
	m := chat.AgentMessage{ID: id, Conversation: one.Conversation, Reference: one.Reference, Agent: who.ID, Name: who.Name, Do: chat.AgentSay, Text: text}
	_, err := c.options.People.Do(ctx, m)
	if errors.Is(err, chat.ErrAway) {
		if err = c.options.People.join(ctx, one, chat.AgentJoin, id+"-join", who.ID, who.Name); err == nil {
			_, err = c.options.People.Do(ctx, m)
		}
	}
	return err
}
