package config

import (
	"slices"
	"strings"

	"passdesk/internal/strictyaml"
)

// environmentPrefix begins the name of every environment variable that is a setting, and
// fileVariable is the one that is none: it names the file.
const (
	environmentPrefix = "PASSDESK_"
	fileVariable      = environmentPrefix + "CONFIG"
)

// Key is one setting: its name, what it takes, and what it means.
type Key struct {
	Name    string // groups and name with dots between: http.body-limit
	Kind    Kind
	Default string // as it would be written, "" for none
	Flag    string // the flag that gives it, without dashes; "" if there is none
	FileOf  string // the secret that is read from the file named here, "" if this is no such setting
	Secret  bool   // never shown
	Doc     string // what it means, in one sentence or two
}

// Environment is the variable that gives the setting.
func (k Key) Environment() string {
	return environmentPrefix + strings.ToUpper(strings.NewReplacer(".", "_", "-", "_").Replace(k.Name))
}

// keyOf returns the key of a name.
func keyOf(keys []Key, name string) (Key, bool) {
	i := slices.IndexFunc(keys, func(k Key) bool { return k.Name == name })
	if i < 0 {
		return Key{}, false
	}
	return keys[i], true
}

// isGroup reports whether keys begin with the name.
func isGroup(keys []Key, name string) bool {
	return slices.ContainsFunc(keys, func(k Key) bool { return strings.HasPrefix(k.Name, name+".") })
}

// suggestKey names the key that an unknown one was meant to be: the one that has the same last
// part if there is one only, since a group is easily forgotten, else the nearest.
func suggestKey(keys []Key, name string) string {
	last := name[strings.LastIndex(name, ".")+1:]
	var names, same []string
	for _, k := range keys {
		names = append(names, k.Name)
		if strings.HasSuffix(k.Name, "."+last) {
			same = append(same, k.Name)
		}
		for group, _, found := cutLast(k.Name); found; group, _, found = cutLast(group) {
			names = append(names, group)
		}
	}
	if len(same) == 1 {
		return strictyaml.Suggest(same[0], same)
	}
	slices.Sort(names)
	return strictyaml.Suggest(name, slices.Compact(names))
}

// cutLast cuts a name at its last dot.
func cutLast(name string) (group, last string, found bool) {
	i := strings.LastIndex(name, ".")
	if i < 0 {
		return "", name, false
	}
	return name[:i], name[i+1:], true
}
