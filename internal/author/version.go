package author

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
)

// Version identifies content as a whole, what the desk says and how it reads: the first 12
// hexadecimal digits of a hash over the names and bytes of all YAML and text files.
func (c Content) Version() (string, error) {
	sum := sha256.New()
	for _, files := range []fs.FS{c.Knowledge, c.Intents} {
		err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || path.Ext(name) != ".yaml" && path.Ext(name) != ".txt" {
				return err
			}
			data, err := fs.ReadFile(files, name)
			_, _ = fmt.Fprintf(sum, "%s %d\n%s", name, len(data), data) // never fails
			return err
		})
		if err != nil {
			return "", fmt.Errorf("hash content: %w", err)
		}
	}
	return hex.EncodeToString(sum.Sum(nil))[:12], nil
}
