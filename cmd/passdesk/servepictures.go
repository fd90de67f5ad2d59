package main

import (
	"io/fs"
	"net/http"
	"slices"
	"strings"

	"passdesk/internal/guide"
)

// picturesPrefix is where drawings are, as PNG: Slack fetches them by their address.
const picturesPrefix = "/pictures/"

// picturePath is the address of a drawing on this server.
func picturePath(id, language string) string { return picturesPrefix + id + "." + language + ".png" }

// pictures serves the drawings of the content. They are public, as the answers that they belong to.
func (s *service) pictures() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		files, name, ok := s.drawing(strings.TrimPrefix(r.URL.Path, picturesPrefix))
		if !ok {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		w.Header().Set("Cache-Control", "public, max-age=3600")
		http.ServeFileFS(w, r, files, name)
	})
}

// drawing is where a file of the pictures is that the content names, and no other.
func (s *service) drawing(name string) (files fs.FS, path string, ok bool) {
	id, language, _ := strings.Cut(strings.TrimSuffix(name, ".png"), ".")
	known := slices.Contains(guide.Languages(), guide.Language(language)) && s.desk.Content().Guide.Picture(id) != nil
	if !known || !strings.HasSuffix(name, ".png") {
		return nil, "", false
	}
	content, err := s.program.files()
	if err != nil {
		return nil, "", false
	}
	path = "pictures/" + name
	_, err = fs.Stat(content.Knowledge, path)
	return content.Knowledge, path, err == nil
}

// slackPicture is where Slack gets a drawing, and what it shows in words. Without a public address there
// is none: the words in the answer say the same.
func (s *service) slackPicture(id, language string) (url, alt string, ok bool) {
	public, p := s.settings.Web.PublicURL, s.desk.Content().Guide.Picture(id)
	if !strings.HasPrefix(public, "https://") || p == nil {
		return "", "", false
	}
	if _, _, there := s.drawing(id + "." + language + ".png"); !there {
		return "", "", false
	}
	return public + picturePath(id, language), p.Description.In(guide.Language(language)), true
}
