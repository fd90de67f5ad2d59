package webchat

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
)

//go:embed assets
var assetFiles embed.FS

// asset is a file that browsers may keep for ever: its address changes with its content.
type asset struct {
	media        string
	plain, small []byte // small is compressed
}

// assets are the files by the name they are served under.
type assets struct {
	byName map[string]asset
	names  map[string]string // chat.css → chat.1a2b3c4d5e.css
}

func loadAssets(pictureStyle string) (assets, error) {
	all := assets{byName: map[string]asset{}, names: map[string]string{}}
	for name, media := range map[string]string{"chat.css": "text/css; charset=utf-8", "chat.js": "text/javascript; charset=utf-8"} {
		plain, err := fs.ReadFile(assetFiles, "assets/"+name)
		if err != nil {
			return all, fmt.Errorf("read asset: %w", err)
		}
		if name == "chat.css" {
			plain = append(plain, pictureStyle...)
		}
		small, err := compress(plain)
		if err != nil {
			return all, fmt.Errorf("compress asset: %w", err)
		}
		served := strings.TrimSuffix(name, path.Ext(name)) + "." + digest(plain) + path.Ext(name)
		all.byName[served], all.names[name] = asset{media, plain, small}, served
	}
	return all, nil
}

func compress(plain []byte) ([]byte, error) {
	var small bytes.Buffer
	w, err := gzip.NewWriterLevel(&small, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	err = w.Close()
	return small.Bytes(), err
}

// digest tells one content from another.
func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:5])
}

// serveAsset serves a file. One that is not there any more belongs to a page of an earlier program.
func (s *site) serveAsset(w http.ResponseWriter, r *http.Request) {
	file, ok := s.assets.byName[r.PathValue("name")]
	if !ok {
		s.missing(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", file.media)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Add("Vary", "Accept-Encoding")
	body := file.plain
	if takesGzip(r.Header) {
		h.Set("Content-Encoding", "gzip")
		body = file.small
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) // a client that is gone needs no answer
}

// takesGzip reports whether a client takes compressed bodies. "gzip;q=0" would be a no, which nobody says.
func takesGzip(h http.Header) bool { return strings.Contains(h.Get("Accept-Encoding"), "gzip") }
