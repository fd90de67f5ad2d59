package sqlstore

import (
	"bytes"
	"io"
	"io/fs"
	"strings"
)

// byteOrder serves the migrations with text columns that are ordered by their bytes, as SQLite does
// by default. Ids are then listed in the same order by both databases, and an update of the
// operating system that changes the order of a language does not damage PostgreSQL's indexes.
type byteOrder struct{ fs.FS }

// Open implements fs.FS.
func (b byteOrder) Open(name string) (fs.File, error) {
	file, err := b.FS.Open(name)
	if err != nil || !strings.HasSuffix(name, ".sql") {
		return file, err
	}
	content, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	return changedFile{file, bytes.NewReader(bytes.ReplaceAll(content, []byte(" TEXT "), []byte(` TEXT COLLATE "C" `)))}, nil
}

// changedFile is a file that reads differently.
type changedFile struct {
	fs.File
	content io.Reader
}

// Read implements fs.File.
func (f changedFile) Read(p []byte) (int, error) { return f.content.Read(p) }
