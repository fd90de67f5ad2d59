package config

import "strings"

// program is the name of the directories of this program, and fileName that of its settings.
const (
	program  = "passdesk"
	fileName = "passdesk.yaml"
)

// dataDirectory is the default of `data`, "" if the environment names no home.
func (s Sources) dataDirectory() (string, Source) {
	if state, _, _ := strings.Cut(s.environment["STATE_DIRECTORY"], ":"); state != "" && s.platform == "linux" {
		return state, Source{Kind: SourceEnvironment, Name: "STATE_DIRECTORY"} // systemd gives us this one
	}
	place := Source{Kind: SourceDefault}
	switch s.platform {
	case "windows":
		return s.below("LocalAppData", program), place
	case "darwin":
		return s.below("HOME", "Library", "Application Support", program), place
	}
	if directory := s.below("XDG_DATA_HOME", program); strings.HasPrefix(directory, "/") { // others are to be ignored
		return directory, place
	}
	return s.below("HOME", ".local", "share", program), place
}

// settingsFiles are the places of a settings file that nobody named, the first one that is there
// counting.
func (s Sources) settingsFiles() []string {
	var places []string
	switch s.platform {
	case "windows":
		places = []string{s.below("AppData", program, fileName), s.below("ProgramData", program, fileName)}
	case "darwin":
		places = []string{s.below("HOME", "Library", "Application Support", program, fileName), "/etc/" + program + "/" + fileName}
	default:
		configuration, _, _ := strings.Cut(s.environment["CONFIGURATION_DIRECTORY"], ":") // from systemd
		if configuration != "" {
			configuration += "/" + fileName
		}
		own := s.below("XDG_CONFIG_HOME", program, fileName)
		if !strings.HasPrefix(own, "/") {
			own = s.below("HOME", ".config", program, fileName)
		}
		places = []string{configuration, own, "/etc/" + program + "/" + fileName}
	}
	return places
}

// below is a path below the directory in an environment variable, "" if that is not set.
func (s Sources) below(variable string, path ...string) string {
	separator := "/"
	if s.platform == "windows" {
		separator, variable = `\`, strings.ToUpper(variable)
	}
	directory := s.environment[variable]
	if directory == "" {
		return ""
	}
	return strings.Join(append([]string{strings.TrimRight(directory, separator)}, path...), separator)
}
