package importtest_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// eachFile parses every Go file that ends up in the program.
func eachFile(t *testing.T, visit func(p goPackage, at func(ast.Node) string, file *ast.File)) {
	t.Helper()
	for _, p := range packages(t, ownPackages) {
		for _, name := range p.GoFiles {
			files := token.NewFileSet()
			file, err := parser.ParseFile(files, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			at := func(n ast.Node) string {
				place := files.Position(n.Pos())
				return p.name() + "/" + name + ":" + strconv.Itoa(place.Line)
			}
			visit(p, at, file)
		}
	}
}

// TestEnvironmentAndExit: only config reads the environment, which it may be handed as a
// function, and only the program ends the process.
func TestEnvironmentAndExit(t *testing.T) {
	reads := map[string]bool{"os.Getenv": true, "os.LookupEnv": true, "os.Environ": true, "os.ExpandEnv": true, "syscall.Getenv": true}
	ends := map[string]bool{"os.Exit": true, "log.Fatal": true, "log.Fatalf": true, "log.Fatalln": true, "syscall.Exit": true}
	found := map[string]int{}
	eachFile(t, func(p goPackage, at func(ast.Node) string, file *ast.File) {
		handed := map[ast.Node]bool{} // arguments of a function of package config
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && strings.HasPrefix(selector(call.Fun), "config.") {
				for _, argument := range call.Args {
					handed[argument] = true
				}
			}
			name := selector(n)
			program := strings.HasPrefix(p.name(), "cmd/")
			if reads[name] {
				found["reads"]++
				if p.name() != "internal/config" && (!program || !handed[n]) {
					t.Errorf("%s: %s; only internal/config reads the environment", at(n), name)
				}
			}
			if ends[name] {
				found["ends"]++
				if !program {
					t.Errorf("%s: %s; only cmd ends the process", at(n), name)
				}
			}
			return true
		})
	})
	if found["reads"] == 0 || found["ends"] == 0 {
		t.Errorf("found %v; the program surely reads the environment and exits, so this test looks in the wrong place", found)
	}
}

// selector is "package.Name" of an expression like it, else "".
func selector(n ast.Node) string {
	s, ok := n.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	if x, ok := s.X.(*ast.Ident); ok {
		return x.Name + "." + s.Sel.Name
	}
	return ""
}

// TestWordsAreContent: what people read or write stands in knowledge/ and intents/. Code may hold
// punctuation, and package understand the kana it folds and single characters that look alike.
func TestWordsAreContent(t *testing.T) {
	kana := 0
	eachFile(t, func(p goPackage, at func(ast.Node) string, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			literal, ok := n.(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING && literal.Kind != token.CHAR {
				return true
			}
			understand := p.name() == "internal/surface"
			if understand && strings.IndexFunc(literal.Value, isKana) >= 0 {
				kana++
			}
			switch {
			case !understand && strings.IndexFunc(literal.Value, func(r rune) bool { return isKana(r) || unicode.Is(unicode.Han, r) }) >= 0:
				t.Errorf("%s: Japanese in %s; words belong into knowledge/ or intents/", at(n), literal.Value)
			case understand && literal.Kind == token.STRING && strings.IndexFunc(literal.Value, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0:
				t.Errorf("%s: a Japanese word in %s; words belong into intents/", at(n), literal.Value)
			}
			return true
		})
	})
	if kana == 0 {
		t.Error("found no kana in internal/surface, so this test looks in the wrong place")
	}
}

func isKana(r rune) bool { return unicode.In(r, unicode.Hiragana, unicode.Katakana) }
