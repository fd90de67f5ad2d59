package config

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"passdesk/internal/strictyaml"
)

// readEnvironment returns what environment variables say. One that is empty says nothing: that is
// what `VARIABLE=${OTHER}` in a compose file leaves of what is not there.
func (s Sources) readEnvironment(keys []Key) ([]given, error) {
	byVariable := map[string]Key{}
	for _, key := range keys {
		byVariable[key.Environment()] = key
	}
	var found []given
	for _, name := range slices.Sorted(maps.Keys(s.environment)) {
		value := s.environment[name]
		if !strings.HasPrefix(name, environmentPrefix) || name == fileVariable || value == "" {
			continue
		}
		source := Source{Kind: SourceEnvironment, Name: name}
		key, known := byVariable[name]
		switch {
		case known:
			found = append(found, given{key, written(key, value), source})
		case !isServiceLink(name, value):
			return nil, &Error{Source: source, Fault: "unknown variable" + suggestVariable(name, byVariable)}
		}
	}
	return found, nil
}

// suggestVariable names the variable that an unknown one was meant to be. What all of them begin
// with says nothing about how near two are.
func suggestVariable(name string, known map[string]Key) string {
	candidates := []string{strings.TrimPrefix(fileVariable, environmentPrefix)}
	for variable := range known {
		candidates = append(candidates, strings.TrimPrefix(variable, environmentPrefix))
	}
	suggestion := strictyaml.Suggest(strings.TrimPrefix(name, environmentPrefix), candidates)
	return strings.Replace(suggestion, `"`, `"`+environmentPrefix, 1)
}

// isServiceLink reports whether Kubernetes has set a variable because a service is called passdesk,
// or passdesk- and something; that is nobody's misspelling.
func isServiceLink(name, value string) bool {
	pattern := regexp.MustCompile(`_SERVICE_(HOST|PORT(_[A-Z0-9_]+)?)$|_PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$`)
	return pattern.MatchString(name) || strings.HasSuffix(name, "_PORT") && strings.Contains(value, "://")
}

// readFlags returns what flags say.
func (s Sources) readFlags(keys []Key) []given {
	var found []given
	for _, key := range keys {
		if value, set := s.flags[key.Flag]; set && key.Flag != "" {
			found = append(found, given{key, written(key, value), Source{Kind: SourceFlag, Name: "--" + key.Flag}})
		}
	}
	return found
}

// written takes a text apart as the kind of the key needs it: lists have commas. Blanks at the
// ends go, as they do in a file.
func written(key Key, text string) []string {
	if !key.Kind.List {
		return []string{strings.TrimSpace(text)}
	}
	items := strings.Split(text, ",")
	for i, item := range items {
		items[i] = strings.TrimSpace(item)
	}
	return items
}
