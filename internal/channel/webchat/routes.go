package webchat

import (
	"maps"
	"net/http"
	"slices"
	"strings"
)

// Route is a path and the methods it takes, besides HEAD where there is GET.
type Route struct {
	Pattern string
	Methods []string
}

// Routes lists all paths. The last resort "/" answers that there is no such page.
func Routes() []Route {
	var routes []Route
	for pattern, methods := range (*site)(nil).routes() {
		routes = append(routes, Route{Pattern: pattern, Methods: slices.Sorted(maps.Keys(methods))})
	}
	slices.SortFunc(routes, func(a, b Route) int { return strings.Compare(a.Pattern, b.Pattern) })
	return routes
}

// routes is the table of all paths.
func (s *site) routes() map[string]map[string]http.HandlerFunc {
	own, embedded := face{path: "/"}, face{path: "/embed", embedded: true}
	get := func(handle http.HandlerFunc) map[string]http.HandlerFunc {
		return map[string]http.HandlerFunc{http.MethodGet: handle}
	}
	return map[string]map[string]http.HandlerFunc{
		"/{$}":                      {http.MethodGet: s.show(own), http.MethodPost: s.post(own)},
		"/events":                   get(s.events(own)),
		"/embed":                    {http.MethodGet: s.show(embedded), http.MethodPost: s.post(embedded)},
		"/embed/events":             get(s.events(embedded)),
		"/embed/demo":               get(s.demo),
		"/embed.js":                 get(s.serveLoader),
		"/help":                     get(s.helpHere),
		"/help/{language}":          get(s.helpList),
		"/help/{language}/{answer}": get(s.help),
		"/sitemap.xml":              get(s.sitemap),
		"/robots.txt":               get(s.robots),
		"/assets/{name}":            get(s.serveAsset),
		"/":                         get(s.missing),
	}
}

// handler is all paths, with what is checked before any of them.
func (s *site) handler() http.Handler {
	mux := http.NewServeMux()
	for pattern, methods := range s.routes() {
		handle := s.byMethod(methods)
		if pattern != "/assets/{name}" { // they are in memory, and every page brings two of them
			handle = s.limited(handle)
		}
		mux.Handle(pattern, handle)
	}
	return mux
}

// byMethod is what ServeMux could do too, if its refusals were pages. What would change something is
// refused if another site sent it.
func (s *site) byMethod(methods map[string]http.HandlerFunc) http.HandlerFunc {
	allow := append(slices.Collect(maps.Keys(methods)), http.MethodHead)
	slices.Sort(allow)
	return func(w http.ResponseWriter, r *http.Request) {
		method := r.Method
		if method == http.MethodHead {
			method = http.MethodGet // the server leaves the body out
		}
		handle := methods[method]
		switch {
		case handle == nil:
			w.Header().Set("Allow", strings.Join(allow, ", "))
			s.refuse(w, r, wrongMethod, 0)
		case s.protection.Check(r) != nil:
			s.refuse(w, r, crossOrigin, 0)
		default:
			handle(w, r)
		}
	}
}

// The operations that can go wrong, as Options.Fault is told.
const (
	opAnswer = "answer customer"
	opShow   = "show conversation"
	opStream = "stream turns"
	opRender = "render page"
)

// Operations lists what Options.Fault may be told of.
func Operations() []string { return []string{opAnswer, opShow, opStream, opRender} }
