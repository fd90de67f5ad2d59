package understand

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"

	"passdesk/internal/classify"
	"passdesk/internal/guide"
	"passdesk/internal/surface"
)

// SavedFile holds, beside the examples, what a reader has learnt from them, so that a start need
// not learn it again. It is a cache and nothing more: it counts only if its key is that of the
// content, and is made anew by `passdesk train`.
const SavedFile = "reader.model"

// savedFormat is the first line of a saved reader. It must change whenever training or features do,
// since then the same content gives another reader.
const savedFormat = "passdesk reader 2\n"

// key identifies all that a reader is made from: facts, tree, questions, examples and rules.
func key(g *guide.Guide, fsys fs.FS) ([sha256.Size]byte, error) {
	hash := sha256.New()
	hash.Write([]byte(savedFormat + g.Asking() + "\n"))
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return [sha256.Size]byte{}, fmt.Errorf("list examples: %w", err)
	}
	for _, name := range names {
		if name == calibrationFile {
			continue // it says when to act, not what to learn
		}
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return [sha256.Size]byte{}, fmt.Errorf("read examples: %w", err)
		}
		hash.Write(fmt.Appendf(nil, "%s %d\n", name, len(data)))
		hash.Write(data)
	}
	return [sha256.Size]byte(hash.Sum(nil)), nil
}

// Saved returns what is to be written to SavedFile for this reader.
func (r *Reader) Saved(fsys fs.FS) ([]byte, error) {
	key, err := key(r.guide, fsys)
	if err != nil {
		return nil, err
	}
	m := r.model
	to := binary.LittleEndian.AppendUint32(nil, uint32(len(m.outcomes.shares)))
	to = binary.LittleEndian.AppendUint32(to, uint32(m.outcomes.count))
	for _, row := range m.outcomes.shares {
		to, _ = binary.Append(to, binary.LittleEndian, row) // of fixed size, so it cannot fail
	}
	to = binary.LittleEndian.AppendUint32(to, uint32(len(m.language.weight)))
	for _, word := range slices.Sorted(maps.Keys(m.language.weight)) {
		to = binary.AppendUvarint(to, uint64(len(word)))
		to = append(to, word...)
		to, _ = binary.Append(to, binary.LittleEndian, m.language.weight[word])
	}
	to = classify.AppendBinary(to, m.vocabulary, m.bank)
	sum := sha256.Sum256(to)
	return slices.Concat([]byte(savedFormat), key[:], sum[:], to), nil
}

// recall reads the saved reader of fsys. It returns nil if there is none, or if it is not that of
// this content; a broken one counts as none, since the examples are there to learn from.
func (r *Reader) recall(fsys fs.FS) *model {
	data, err := fs.ReadFile(fsys, SavedFile)
	if err != nil {
		return nil
	}
	want, err := key(r.guide, fsys)
	if err != nil || !bytes.HasPrefix(data, append([]byte(savedFormat), want[:]...)) {
		return nil
	}
	data = data[len(savedFormat)+len(want):]
	if len(data) < sha256.Size || sha256.Sum256(data[sha256.Size:]) != [sha256.Size]byte(data[:sha256.Size]) {
		return nil
	}
	m, err := r.decode(data[sha256.Size:])
	if err != nil {
		return nil
	}
	return m
}

func (r *Reader) decode(data []byte) (*model, error) {
	in := bytes.NewReader(data)
	m := &model{language: languageModel{weight: map[string]float32{}}}
	if err := m.outcomes.decode(in, r.layout); err != nil {
		return nil, err
	}
	var words uint32
	if err := binary.Read(in, binary.LittleEndian, &words); err != nil {
		return nil, fmt.Errorf("read words: %w", err)
	}
	for range words {
		length, err := binary.ReadUvarint(in)
		if err != nil || length > uint64(in.Len()) {
			return nil, fmt.Errorf("read words: %w", classify.ErrCorrupt)
		}
		word := make([]byte, length)
		var weight float32
		if _, err := io.ReadFull(in, word); err != nil {
			return nil, fmt.Errorf("read words: %w", err)
		}
		if err := binary.Read(in, binary.LittleEndian, &weight); err != nil {
			return nil, fmt.Errorf("read words: %w", err)
		}
		m.language.weight[string(word)] = weight
	}
	var err error
	m.vocabulary, m.bank, err = classify.ReadBinary(data[len(data)-in.Len():], surface.Weights())
	if err != nil {
		return nil, err
	}
	if m.bank.Outputs() != r.layout.outcomes+m.outcomes.count {
		return nil, fmt.Errorf("%w: %d outputs", classify.ErrCorrupt, m.bank.Outputs())
	}
	return m, nil
}

// decode reads the shares; their number must be that of the layout's classes of facts.
func (o *outcomes) decode(in io.Reader, l layout) error {
	var sizes struct{ Rows, Outcomes uint32 }
	if err := binary.Read(in, binary.LittleEndian, &sizes); err != nil {
		return fmt.Errorf("read outcomes: %w", err)
	}
	if int(sizes.Rows) != l.acts.first || sizes.Outcomes > 1<<16 {
		return fmt.Errorf("%w: %d rows of outcomes", classify.ErrCorrupt, sizes.Rows)
	}
	o.count = int(sizes.Outcomes)
	for range sizes.Rows {
		row := make([]float32, sizes.Outcomes)
		if err := binary.Read(in, binary.LittleEndian, row); err != nil {
			return fmt.Errorf("read outcomes: %w", err)
		}
		o.shares = append(o.shares, row)
	}
	return nil
}
