package console

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"passdesk/internal/httpd/problem"
)

// The paths that pages link to.
const (
	homePath  = "/agent/"
	guidePath = "/agent/guide"
	casesPath = "/agent/cases"
)

// Route is a path of the console and the methods it takes, besides HEAD where there is GET.
type Route struct {
	Pattern string
	Methods []string
	Open    bool // to those who are not signed in
	People  bool // only for those who may work on hand-overs
}

// Routes lists all paths of the console.
func Routes() []Route {
	var routes []Route
	for pattern, r := range (*Console)(nil).routes() {
		routes = append(routes, Route{Pattern: pattern, Methods: slices.Sorted(maps.Keys(r.methods)), Open: r.open, People: r.people})
	}
	slices.SortFunc(routes, func(a, b Route) int { return strings.Compare(a.Pattern, b.Pattern) })
	return routes
}

// handler answers a request of an agent.
type handler func(w http.ResponseWriter, r *http.Request, who Agent)

type route struct {
	methods      map[string]handler
	open, people bool
}

// routes is the table of all paths.
func (c *Console) routes() map[string]route {
	get, post := http.MethodGet, http.MethodPost
	return map[string]route{
		"/agent/{$}":                        {methods: map[string]handler{get: c.home}},
		"/agent/search":                     {methods: map[string]handler{post: c.search}},
		"/agent/compose":                    {methods: map[string]handler{post: c.compose}},
		"/agent/read":                       {methods: map[string]handler{post: c.read}},
		guidePath:                           {methods: map[string]handler{get: c.guided}},
		casesPath:                           {methods: map[string]handler{get: c.cases}, people: true},
		casesPath + "/{case}":               {methods: map[string]handler{get: c.oneCase}, people: true},
		casesPath + "/{case}/turns":         {methods: map[string]handler{get: c.newTurns}, people: true},
		casesPath + "/{case}/events":        {methods: map[string]handler{get: c.events}, people: true},
		casesPath + "/{case}/claim":         {methods: map[string]handler{post: c.claim}, people: true},
		casesPath + "/{case}/return":        {methods: map[string]handler{post: c.putBack}, people: true},
		casesPath + "/{case}/say":           {methods: map[string]handler{post: c.say}, people: true},
		casesPath + "/{case}/close":         {methods: map[string]handler{post: c.closeCase}, people: true},
		"/agent/language":                   {methods: map[string]handler{post: c.switchLanguage}, open: true},
		"/agent/assets/{version}/{file...}": {methods: map[string]handler{get: c.asset}, open: true},
	}
}

func (c *Console) mux() http.Handler {
	mux := http.NewServeMux()
	for pattern, r := range c.routes() {
		mux.Handle(pattern, c.serve(r))
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		c.serve(route{methods: map[string]handler{http.MethodGet: c.nowhere}}).ServeHTTP(w, r)
	})
	return mux
}

// serve lets in who may come in. Whoever is not signed in learns nothing, not even which paths there are.
func (c *Console) serve(r route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		who, known := Agent{}, r.open
		if !r.open {
			who, known = c.options.Agent(request)
		}
		handle := r.methods[request.Method]
		if request.Method == http.MethodHead {
			handle = r.methods[http.MethodGet] // the server leaves the body out
		}
		switch {
		case !known:
			c.turnAway(w, request)
		case r.people && (c.options.People == nil || !who.maySeePeople()):
			c.refuse(w, request, who, http.StatusForbidden, "refused-role")
		case handle == nil:
			w.Header().Set("Allow", strings.Join(r.allowed(), ", "))
			problem.Of(problem.Method).Write(w)
		default:
			handle(w, request, who)
		}
	})
}

func (r route) allowed() []string {
	allowed := slices.Collect(maps.Keys(r.methods))
	if r.methods[http.MethodGet] != nil {
		allowed = append(allowed, http.MethodHead)
	}
	slices.Sort(allowed)
	return allowed
}

// turnAway sends browsers that open a page to the sign-in page and refuses everything else.
func (c *Console) turnAway(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet && strings.Contains(r.Header.Get("Accept"), "text/html") && r.Header.Get("Sec-Fetch-Mode") != "cors" {
		http.Redirect(w, r, c.options.SignIn, http.StatusSeeOther)
		return
	}
	w.WriteHeader(http.StatusUnauthorized)
}
