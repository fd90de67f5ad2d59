package redact

import (
	"io/fs"
	"strings"
	"unicode/utf8"

	"passdesk/internal/strictyaml"
)

const secretsFile = "redact/secrets.yaml"

// New builds a Cleaner from the files in intents and the texts of the desk itself, whose words
// are harmless. The error is a *strictyaml.Error if the content is not sound.
func New(intents fs.FS, own []string) (*Cleaner, error) {
	var report strictyaml.Report
	c := &Cleaner{slots: map[string]Kind{}, known: map[string]struct{}{}, pages: map[string]struct{}{}, everyday: map[string]struct{}{}}
	if file, ok := strictyaml.Read(intents, secretsFile, &report); ok {
		c.readSecrets(file)
	}
	c.words = readVocabulary(intents, &report)
	if err := report.Err(); err != nil {
		return nil, err
	}
	c.numberShapes, c.nameShapes = compileShapes()
	var all strings.Builder
	for _, text := range own {
		all.WriteString(c.learn(text) + "\n")
	}
	c.ownText = all.String()
	return c, nil
}

// readSecrets reads the lists of secrets.yaml.
func (c *Cleaner) readSecrets(file strictyaml.Value) {
	lists := map[string]*phrases{
		"links": &c.links, "strong-links": &c.strongLinks, "fillers": &c.fillers, "joints": &c.joints, "typed": &c.typed,
		"from": &c.fromWords, "works": &c.works, "ends": &c.ends, "honorifics": &c.honorifics, "dictated": &c.dictated,
		"dictated-joints": &c.dictatedJoints, "at": &c.at, "dots": &c.dots, "top-domains": &c.topDomains, "mail-hosts": &c.mailHosts,
		"spoken-names": &c.spokenNames, "units": &c.units, "public-numbers": &c.publicNumbers,
		"go-on": &c.goOn, "leads": &c.leads, "gaps": &c.gaps, "quoting": &c.quoting, "mail-signs": &c.mailSigns, "copulas": &c.copulas, "samples": &c.samples, "spelling": &c.spelling,
	}
	allowed := []string{"cues", "keywords", "weak", "slots", "keep", "no-secrets", "hosts", "prefixes", "endings", "verb-endings", "everyday"}
	for name := range lists {
		allowed = append(allowed, name)
	}
	fields := file.Fields(allowed...)
	for _, name := range allowed {
		if !fields[name].Exists() {
			file.Problemf("%q is missing", name)
		}
	}
	for name, list := range lists {
		for _, item := range fields[name].Items() {
			list.add(c, item, 0)
		}
	}
	c.readCues(fields["cues"])
	c.readKeywords(fields["keywords"], 0)
	c.readKeywords(fields["weak"], weakFlag)
	for _, e := range fields["slots"].Entries() {
		c.slots[e.Key.String()] = kindNamed(e.Value)
	}
	for _, word := range fields["keep"].Strings() {
		c.known[foldString(c, word)] = struct{}{}
	}
	for word := range strings.FieldsSeq(fields["everyday"].String()) {
		c.everyday[word] = struct{}{}
	}
	c.readNoSecrets(fields["no-secrets"])
	c.hosts = fields["hosts"].Strings()
	c.prefixes, c.endings = fields["prefixes"].Strings(), fields["endings"].Strings()
	c.verbEndings = fields["verb-endings"].Strings()
	c.amounts = newAmounts(fields["units"].Strings())
}

// readNoSecrets reads the Japanese words that stand in no secret. A single kana is one only at the
// beginning of a short word: elsewhere it may be a part of any.
func (c *Cleaner) readNoSecrets(list strictyaml.Value) {
	for _, item := range list.Items() {
		first, size := utf8.DecodeRuneInString(item.String())
		if size == len(item.String()) && !isKanji(first) {
			c.lonePlain.add(c, item, 0)
		} else {
			c.noSecrets.add(c, item, 0)
		}
	}
}

func (c *Cleaner) readKeywords(list strictyaml.Value, flag int) {
	for _, e := range list.Entries() {
		kind := kindNamed(e.Key)
		for _, item := range e.Value.Items() {
			c.keywords.add(c, item, flag|int(markOf(kind)))
		}
	}
}

func kindNamed(v strictyaml.Value) Kind {
	kind := Kind(v.String())
	if markOf(kind) == 0 {
		v.Problemf("unknown kind %q of secret", v.String())
	}
	return kind
}

// learn takes the words of one of the desk's own texts for harmless, and returns it folded.
func (c *Cleaner) learn(text string) string {
	p := newPage(c, sanitise(text))
	for word := range strings.FieldsSeq(p.low) {
		if strings.HasPrefix(word, "https://") {
			c.pages[word] = struct{}{}
		}
	}
	for start, end := range p.chunks() {
		start, end = p.trim(start, end)
		c.known[p.low[start:end]] = struct{}{}
		for part := range strings.FieldsFuncSeq(p.low[start:end], func(r rune) bool { return strings.ContainsRune(separators, r) }) {
			c.known[part] = struct{}{}
		}
	}
	return p.low
}
