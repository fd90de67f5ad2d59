package api_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/channel/api"
	"passdesk/internal/chat"
	"passdesk/internal/httpd/problem"
)

func replace(pattern, conversation string) string {
	return strings.ReplaceAll(pattern, "{conversation}", conversation)
}

// TestPaths: paths and methods of openapi.yaml are those of the handler, no more and no less.
func TestPaths(t *testing.T) {
	s := open(t, nil)
	described := map[string][]string{}
	for path, item := range s.document.Paths.Map() {
		described[path] = slices.Sorted(maps.Keys(item.Operations()))
	}
	served := map[string][]string{}
	for _, route := range api.Routes() {
		served[route.Pattern] = route.Methods
	}
	if diff := cmp.Diff(described, served); diff != "" {
		t.Errorf("described and served (-described +served):\n%s", diff)
	}
	for path, methods := range described {
		allow := append([]string{"OPTIONS"}, methods...)
		if slices.Contains(methods, "GET") {
			allow = append(allow, "HEAD")
		}
		slices.Sort(allow)
		for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "hunter2"} {
			a := s.send(method, replace(path, "x"), "")
			taken := slices.Contains(allow, method)
			if taken == (a.StatusCode == http.StatusMethodNotAllowed) {
				t.Errorf("%s %s: %d, described %v", method, path, a.StatusCode, methods)
			}
			if !taken {
				refused(t, a, problem.Method)
				if got := a.Header.Get("Allow"); got != strings.Join(allow, ", ") {
					t.Errorf("%s %s: Allow %q, want %v", method, path, got, allow)
				}
			}
		}
	}
	for _, path := range []string{"/", "/api", "/api/v1/", "/api/v2/conversations", "/api/v1/conversations/", "/api/v1/conversations/x/", "/api/v1/conversations/x/messages/y", "/api/v1/conversations/x/y/messages"} {
		for _, method := range []string{"GET", "POST", "DELETE"} {
			refused(t, s.send(method, path, ""), problem.NoSuchPath)
		}
	}
}

// TestFields: the fields of what crosses the boundary to channels are those that are described, and
// those that are always there are required.
func TestFields(t *testing.T) {
	schemas := document(t).Components.Schemas
	for name, value := range map[string]any{
		"Reply": chat.Reply{}, "Choice": chat.Choice{}, "Button": chat.Button{}, "SoFar": chat.SoFar{}, "Choose": chat.Choose{}, "Problem": problem.Problem{},
	} {
		t.Run(name, func(t *testing.T) {
			var all, always []string
			for field := range fieldsOf(reflect.TypeOf(value)) {
				tag, options, _ := strings.Cut(field.Tag.Get("json"), ",")
				if tag == "-" || !field.IsExported() {
					continue
				}
				all = append(all, tag)
				if options == "" {
					always = append(always, tag)
				}
			}
			slices.Sort(all)
			schema := schemas[name].Value
			if diff := cmp.Diff(all, slices.Sorted(maps.Keys(schema.Properties))); diff != "" {
				t.Errorf("fields (-Go +described):\n%s", diff)
			}
			slices.Sort(always)
			if diff := cmp.Diff(always, slices.Sorted(slices.Values(schema.Required))); diff != "" {
				t.Errorf("required (-Go +described):\n%s", diff)
			}
		})
	}
}

func fieldsOf(t reflect.Type) func(func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for i := range t.NumField() {
			if !yield(t.Field(i)) {
				return
			}
		}
	}
}

// TestEnumerations: closed sets are the same in the program and in the description.
func TestEnumerations(t *testing.T) {
	schemas := document(t).Components.Schemas
	var codes []any
	for _, code := range problem.Codes() {
		codes = append(codes, string(code))
	}
	if diff := cmp.Diff(codes, schemas["Problem"].Value.Properties["code"].Value.Enum); diff != "" {
		t.Errorf("codes (-Go +described):\n%s", diff)
	}
	commands := []any{string(chat.Back), string(chat.Restart), string(chat.Human), string(chat.All), string(chat.Start)}
	if diff := cmp.Diff(commands, schemas["Command"].Value.Enum); diff != "" {
		t.Errorf("commands (-Go +described):\n%s", diff)
	}
}

// TestDescribedRequestsAreTaken: what openapi.yaml shows as fields of a message is really read.
func TestDescribedRequestsAreTaken(t *testing.T) {
	s := open(t, nil)
	b := s.begin()
	samples := map[string]any{
		"text": "VPN", "choose": map[string]string{"fact": "prompt", "value": "vpn"}, "change": "prompt", "command": "back", "language": "en", "locale": "ja",
	}
	for name := range s.document.Components.Schemas["Message"].Value.Properties {
		body := map[string]any{name: samples[name]}
		if name == "language" || name == "locale" {
			body["text"] = "VPN"
		}
		data, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		if a := s.say(b, name, string(data)); a.StatusCode != http.StatusOK {
			t.Errorf("%s: %d %s", data, a.StatusCode, a.body)
		}
	}
}
