package webchat

import (
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"passdesk/internal/httpd/client"
)

//go:embed pages
var pageFiles embed.FS

type site struct {
	options    Options
	proxies    client.Proxies
	limits     limits
	assets     assets
	pages      *template.Template
	build      string // tells these pages from those of another program
	loader     string // embed.js without its words
	ancestors  string // who may embed, as the policy says it
	places     *places
	protection *http.CrossOriginProtection
}

// face is one of the two ways in which the chat is shown.
type face struct {
	path     string // of the chat; its stream is below
	embedded bool   // in a window of another site
}

func newSite(o Options) (*site, error) {
	s := &site{options: o, proxies: o.TrustedProxies, protection: http.NewCrossOriginProtection()}
	var err error
	if s.limits, err = newLimits(o.Limits, o.Now); err != nil {
		return nil, err
	}
	if s.assets, err = loadAssets(s.options.PictureStyle); err != nil {
		return nil, err
	}
	if s.pages, err = template.ParseFS(pageFiles, "pages/*.html"); err != nil {
		return nil, fmt.Errorf("read pages: %w", err)
	}
	if s.loader, s.build, err = loadLoader(s.assets); err != nil {
		return nil, err
	}
	if s.ancestors, err = ancestors(o.FrameAncestors); err != nil {
		return nil, err
	}
	if u, err := url.Parse(o.PublicURL); o.PublicURL != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		return nil, fmt.Errorf("public URL %q: want http or https and a host", o.PublicURL)
	}
	s.places = newPlaces(o.Limits.Streams)
	return s, nil
}

// ancestors is the part of a policy that names the sites that may embed the chat. Our own is one of
// them: it shows what embedding looks like.
func ancestors(sites []string) (string, error) {
	for _, site := range sites {
		u, err := url.Parse(site)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.Scheme+"://"+u.Host != site || strings.ContainsAny(site, " ;,'\"") {
			return "", fmt.Errorf("site that may embed %q: want https://host", site)
		}
	}
	return strings.Join(append([]string{"'self'"}, sites...), " "), nil
}

// base is what the addresses of pages begin with.
func (s *site) base(r *http.Request) string {
	if s.options.PublicURL != "" {
		return strings.TrimSuffix(s.options.PublicURL, "/")
	}
	if s.options.Secure {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
