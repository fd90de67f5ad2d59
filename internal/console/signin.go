package console

import "net/http"

// SignIn is what the sign-in page says.
type SignIn struct {
	Action   string // path that name and password are posted to; "" if agents have no passwords here
	Provider string // address at which signing in elsewhere begins; "" if there is none
	Name     string // as typed before
	Problem  SignInProblem
}

// SignInProblem is why somebody is not signed in, "" if nothing was tried. The problems are those of
// package access.
type SignInProblem string

// The problems.
const (
	SignInWrong   SignInProblem = "wrong"    // name or password; which one is nobody's business
	SignInTooMany SignInProblem = "too-many" // attempts
	SignInFailed  SignInProblem = "failed"   // whoever vouches for agents did not
)

// SignIn shows the sign-in page. Whoever checks passwords calls it; the page tells nobody whether a
// name exists.
func (c *Console) SignIn(w http.ResponseWriter, r *http.Request, status int, s SignIn) {
	p := c.newPage(r, Agent{}, "")
	p.Address, p.Body = c.options.SignIn, s
	protect(w.Header())
	c.show(w, r, status, "sign-in", p)
}
