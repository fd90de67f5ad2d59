package console

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
)

//go:embed templates/*.html assets
var files embed.FS

const assetsPath = "/agent/assets/"

// versionOf is a part of the address of every asset, so that a browser may keep it for ever.
func versionOf(embedded fs.FS) string {
	sum := sha256.New()
	_ = fs.WalkDir(embedded, "assets", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			data, _ := fs.ReadFile(embedded, name) // embedded files are always there
			_, _ = sum.Write(append([]byte(name), data...))
		}
		return err
	})
	return hex.EncodeToString(sum.Sum(nil)[:6])
}

// asset serves a style sheet or a script. They are for everybody: the sign-in page needs them.
func (c *Console) asset(w http.ResponseWriter, r *http.Request, _ Agent) {
	name := path.Join("assets", r.PathValue("file"))
	data, err := fs.ReadFile(files, name)
	if err != nil || r.PathValue("version") != c.assets {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	h := w.Header()
	h.Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	_, _ = w.Write(data) // a client that is gone needs no answer
}
