package importtest_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
)

const module = "passdesk"

// goPackage is what `go list` says of a package.
type goPackage struct {
	ImportPath string
	Dir        string
	Standard   bool
	GoFiles    []string
	Imports    []string // of the package itself, not of its tests
}

func (p goPackage) name() string { return strings.TrimPrefix(p.ImportPath, module+"/") }

// list runs go list in the root of the module.
func list(arguments ...string) ([]goPackage, error) {
	c := exec.Command("go", append([]string{"list", "-json=ImportPath,Dir,Standard,GoFiles,Imports"}, arguments...)...)
	c.Dir = "../.."
	out, err := c.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			err = errors.New(string(exit.Stderr))
		}
		return nil, err
	}
	var all []goPackage
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
}

var (
	ownPackages    = sync.OnceValues(func() ([]goPackage, error) { return list("./...") })
	linkedPackages = sync.OnceValues(func() ([]goPackage, error) { return list("-deps", "./...") })
)

func packages(t *testing.T, listed func() ([]goPackage, error)) []goPackage {
	t.Helper()
	all, err := listed()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	if len(all) < 10 {
		t.Fatalf("go list found %d packages only", len(all))
	}
	return all
}

func TestImports(t *testing.T) {
	standard := map[string]bool{}
	for _, p := range packages(t, linkedPackages) {
		standard[p.ImportPath] = p.Standard
	}
	for _, p := range packages(t, ownPackages) {
		for _, imported := range p.Imports {
			r, ok := ruleFor(p.name(), imported, standard[imported])
			if !ok || !r.allowed {
				t.Errorf("%s imports %s: %s", p.name(), imported, r.because)
			}
		}
	}
}

// ruleFor returns the first rule that fits.
func ruleFor(importer, imported string, standard bool) (rule, bool) {
	for _, r := range rules {
		if fits(r.importer, importer, false) && fits(r.imported, imported, standard) {
			return r, true
		}
	}
	return rule{because: "no rule fits"}, false
}

func fits(pattern, name string, standard bool) bool {
	own := strings.HasPrefix(name, module+"/")
	name = strings.TrimPrefix(name, module+"/")
	switch pattern {
	case "*":
		return true
	case "std":
		return standard
	case "here":
		return own
	case "other":
		return !own && !standard
	}
	if above, ok := strings.CutSuffix(pattern, "/..."); ok {
		return name == above || strings.HasPrefix(name, above+"/")
	}
	return name == pattern
}

// TestRulesAreAlive fails for a rule about a package that is not there (any more), since such a
// rule forbids nothing, and for one that is still called planned although the package is there.
func TestRulesAreAlive(t *testing.T) {
	var names []string
	for _, p := range packages(t, linkedPackages) {
		names = append(names, p.ImportPath)
	}
	exists := func(pattern string) bool {
		return slices.Contains([]string{"*", "std", "here", "other"}, pattern) || isStandard(pattern) ||
			slices.ContainsFunc(names, func(name string) bool { return fits(pattern, name, false) })
	}
	for _, r := range rules {
		alive := exists(r.importer) && exists(r.imported)
		if alive && r.planned {
			t.Errorf("the rule for %s importing %s is no longer planned: both are there", r.importer, r.imported)
		} else if !alive && !r.planned {
			t.Errorf("the rule for %s importing %s names a package that is not there", r.importer, r.imported)
		}
		if r.because == "" {
			t.Errorf("the rule for %s importing %s gives no reason", r.importer, r.imported)
		}
	}
}

// isStandard tells by the path, as the standard library is there whether it is imported or not.
func isStandard(pattern string) bool {
	first, _, _ := strings.Cut(pattern, "/")
	return !strings.Contains(first, ".") && !slices.Contains([]string{"cmd", "internal", "intents", "knowledge"}, first)
}

// TestRulesDecide tries the table itself: a rule that stands too low would never be heard.
func TestRulesDecide(t *testing.T) {
	tests := []struct {
		importer, imported string
		standard, allowed  bool
	}{
		{"internal/dialogue", "passdesk/internal/guide", false, true},
		{"internal/dialogue", "time", true, false},
		{"internal/dialogue", "log/slog", true, false},
		{"internal/channel/terminal", "passdesk/internal/desk", false, false},
		{"internal/channel/terminal", "passdesk/internal/channel/headless", false, false},
		{"internal/channel/slackbot", "github.com/slack-go/slack/socketmode", false, true},
		{"internal/desk", "github.com/slack-go/slack", false, false},
		{"internal/guide", "gopkg.in/yaml.v3", false, false},
		{"internal/desk", "passdesk/knowledge", false, false},
		{"internal/reply", "testing", true, false},
		{"internal/store/storetest", "testing", true, true},
		{"internal/desk", "github.com/google/uuid", false, false},
		{"internal/desk", "passdesk/internal/reply", false, true},
	}
	for _, test := range tests {
		if r, _ := ruleFor(test.importer, test.imported, test.standard); r.allowed != test.allowed {
			t.Errorf("%s importing %s: allowed %v by the rule %+v, want %v", test.importer, test.imported, r.allowed, r, test.allowed)
		}
	}
}

func TestNamesSaySomething(t *testing.T) {
	for _, p := range packages(t, ownPackages) {
		if slices.Contains(badNames, path.Base(p.ImportPath)) {
			t.Errorf("package %s: the name says nothing about what is in it", p.name())
		}
	}
}
