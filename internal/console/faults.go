package console

import (
	"context"
	"errors"
	"net/http"
)

// The operations that can go wrong, as Options.Fault is told.
const (
	opShow    = "show page"
	opCompose = "compose message"
	opRead    = "read message of customer"
	opCases   = "list cases"
	opCase    = "show case"
	opAct     = "change case"
	opSay     = "answer customer"
)

// Operations lists what Options.Fault may be told of.
func Operations() []string { return []string{opShow, opCompose, opRead, opCases, opCase, opAct, opSay} }

// fault says that something went wrong that the agent can do nothing about but try again.
func (c *Console) fault(w http.ResponseWriter, r *http.Request, p page, operation string, err error) {
	if r.Context().Err() == nil && !errors.Is(err, context.Canceled) {
		c.options.Fault(r.Context(), operation, "", err)
	}
	c.refuse(w, r, p.Agent, http.StatusServiceUnavailable, "refused-fault")
}
