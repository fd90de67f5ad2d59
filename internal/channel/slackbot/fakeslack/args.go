package fakeslack

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

const maxBody = 4 << 20

// args are the arguments of a call. A value from a form is a JSON string, one from a JSON body
// is what it was.
type args map[string]json.RawMessage

// readArgs reads a call whatever it looks like, and says which warning its content type deserves.
func readArgs(r *http.Request) (args, string, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil {
		return nil, "", fmt.Errorf("read the body: %w", err)
	}
	all := args{}
	all.form(r.URL.Query())
	kind, parameters, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case len(body) == 0:
	case kind == "application/json":
		if err := json.Unmarshal(body, &all); err != nil {
			return nil, "", refuse("invalid_json")
		}
		delete(all, "token") // only in the header
		if parameters["charset"] == "" {
			return all, "missing_charset", nil
		}
	case kind == "application/x-www-form-urlencoded":
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return nil, "", refuse("invalid_form_data")
		}
		all.form(form)
	case kind == "multipart/form-data":
		r.Body = io.NopCloser(bytes.NewReader(body))
		if err := r.ParseMultipartForm(maxBody); err != nil {
			return nil, "", refuse("invalid_form_data")
		}
		all.form(r.MultipartForm.Value)
	default:
		return nil, "", refuse("invalid_post_type")
	}
	return all, "", nil
}

func (a args) form(values url.Values) {
	for key, list := range values {
		a[key], _ = json.Marshal(list[0]) // a string
	}
}

// str is an argument as text; what is not a string is its JSON.
func (a args) str(key string) string {
	v, there := a[key]
	if !there || string(v) == "null" {
		return ""
	}
	var s string
	if json.Unmarshal(v, &s) == nil {
		return s
	}
	return string(v)
}

// json is an argument that is JSON, in itself or inside a string.
func (a args) json(key string) json.RawMessage {
	if s := strings.TrimSpace(a.str(key)); s != "" {
		return json.RawMessage(s)
	}
	return nil
}

func (a args) has(key string) bool { return a.str(key) != "" }

func (a args) flag(key string) bool {
	on, _ := strconv.ParseBool(a.str(key))
	return on
}

// number is an argument within bounds, or another number if it is missing.
func (a args) number(key string, otherwise, most int) int {
	n, err := strconv.Atoi(a.str(key))
	if err != nil || n <= 0 {
		return otherwise
	}
	return min(n, most)
}

// shown are the arguments as the journal keeps them, without the token.
func (a args) shown() map[string]string {
	all := map[string]string{}
	for key := range a {
		if key != "token" {
			all[key] = a.str(key)
		}
	}
	return all
}
