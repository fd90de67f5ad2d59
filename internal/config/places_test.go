package config_test

import (
	"os"
	"path/filepath"
	"testing"

	"passdesk/internal/config"
)

func TestDataDirectory(t *testing.T) {
	tests := []struct {
		name, platform string
		environment    []string
		want, source   string
	}{
		{"Linux", "linux", []string{"HOME=/home/a"}, "/home/a/.local/share/passdesk", "default"},
		{"Linux with a data directory", "linux", []string{"HOME=/home/a", "XDG_DATA_HOME=/data/"}, "/data/passdesk", "default"},
		{"Linux with a relative one", "linux", []string{"HOME=/home/a", "XDG_DATA_HOME=data"}, "/home/a/.local/share/passdesk", "default"},
		{"systemd", "linux", []string{"STATE_DIRECTORY=/var/lib/passdesk"}, "/var/lib/passdesk", "environment STATE_DIRECTORY"},
		{"systemd with two", "linux", []string{"STATE_DIRECTORY=/var/lib/a:/var/lib/b"}, "/var/lib/a", "environment STATE_DIRECTORY"},
		{"the first of two variables", "linux", []string{"HOME=/home/a", "HOME=/home/b"}, "/home/a/.local/share/passdesk", "default"},
		{"another Unix", "freebsd", []string{"HOME=/home/a"}, "/home/a/.local/share/passdesk", "default"},
		{"macOS", "darwin", []string{"HOME=/Users/a", "XDG_DATA_HOME=/data", "STATE_DIRECTORY=/x"}, "/Users/a/Library/Application Support/passdesk", "default"},
		{"Windows", "windows", []string{"LOCALAPPDATA=C:\\Users\\a\\AppData\\Local"}, "C:\\Users\\a\\AppData\\Local\\passdesk", "default"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			given := config.From(func() []string { return test.environment }, "", nil).On(test.platform)
			if e := explained(t, given, "data"); e.Value != test.want || e.String() != test.source {
				t.Errorf("%v from %v, want %v from %v", e.Value, e.Source, test.want, test.source)
			}
		})
	}
}

// TestSettingsFile: which file is read, of those that are there.
func TestSettingsFile(t *testing.T) {
	root := t.TempDir()
	place := func(path string) string {
		name := filepath.Join(root, path, "passdesk.yaml")
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		writeFile(t, name, "data: "+path+"\n")
		return name
	}
	named, variable := place("named"), place("variable")
	place("configuration")
	place("xdg/passdesk")
	place("home/.config/passdesk")
	place("home/Library/Application Support/passdesk")
	in := func(path string) string { return filepath.Join(root, path) }
	environment := func(pairs ...string) func() []string { return func() []string { return pairs } }
	tests := []struct {
		name, platform, file string
		environ              func() []string
		want                 string
	}{
		{"flag", "linux", named, environment("PASSDESK_CONFIG=" + variable), "named"},
		{"variable", "linux", "", environment("PASSDESK_CONFIG="+variable, "CONFIGURATION_DIRECTORY="+in("configuration")), "variable"},
		{"systemd", "linux", "", environment("CONFIGURATION_DIRECTORY="+in("configuration"), "HOME="+in("home")), "configuration"},
		{"configuration directory", "linux", "", environment("XDG_CONFIG_HOME="+in("xdg"), "HOME="+in("home")), "xdg/passdesk"},
		{"home", "linux", "", environment("HOME=" + in("home")), "home/.config/passdesk"},
		{"the next if one is not there", "linux", "", environment("CONFIGURATION_DIRECTORY="+in("empty"), "HOME="+in("home")), "home/.config/passdesk"},
		{"nowhere", "linux", "", environment("HOME=" + in("empty")), in("empty") + "/.local/share/passdesk"},
		{"macOS", "darwin", "", environment("HOME=" + in("home")), "home/Library/Application Support/passdesk"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			settings, err := config.Load(config.From(test.environ, test.file, nil).On(test.platform))
			if err != nil || settings.Data != test.want {
				t.Errorf("data is %s, error %v; want %s", settings.Data, err, test.want)
			}
		})
	}
}

// TestNoHomeButPostgres: whoever has a database elsewhere needs no directory.
func TestNoHomeButPostgres(t *testing.T) {
	settings, err := config.Load(config.From(func() []string { return []string{"PASSDESK_DATABASE_URL=postgres://db/desk"} }, "", nil))
	if err != nil || settings.Data != "" {
		t.Errorf("data %q, error %v", settings.Data, err)
	}
}
