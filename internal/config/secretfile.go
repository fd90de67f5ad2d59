package config

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"unicode/utf8"

	"github.com/spf13/viper"
)

// mostSecret is how many bytes a file with a secret has at most; a file that has more is not one.
const mostSecret = 64 << 10

// readSecretFiles gives every secret that stands in a file the content of that file.
func readSecretFiles(keys []Key, v *viper.Viper) error {
	for _, key := range keys {
		secret, isFile := keyOf(keys, key.FileOf)
		if !isFile {
			continue
		}
		file, direct := v.Get(key.Name).(reading), v.Get(secret.Name).(reading)
		path, _ := file.value.(string)
		if path == "" {
			continue
		}
		if direct.shown != "" {
			fault := fmt.Sprintf("%s is given as well (%s); only one of them can count", secret.Name, direct.source)
			return &Error{Source: file.source, Key: key.Name, Fault: fault}
		}
		content, fault := readSecret(path)
		if fault != "" {
			return &Error{Source: file.source, Key: key.Name, Fault: fault}
		}
		r, err := given{secret, []string{content}, Source{Kind: SourceFile, Name: path}}.read()
		if err != nil {
			return err
		}
		v.Set(secret.Name, r)
	}
	return nil
}

// readSecret returns the content of a file without the newline that editors put at its end.
func readSecret(path string) (content, fault string) {
	file, err := os.Open(path)
	if err != nil {
		return "", reason(err)
	}
	defer file.Close() //nolint:errcheck // opened for reading only
	data, err := io.ReadAll(io.LimitReader(file, mostSecret+1))
	data = bytes.TrimSuffix(bytes.TrimSuffix(data, []byte("\n")), []byte("\r"))
	switch {
	case err != nil:
		return "", reason(err)
	case len(data) > mostSecret:
		return "", fmt.Sprintf("the file is larger than %d KiB", mostSecret>>10)
	case len(data) == 0:
		return "", "the file is empty"
	case !utf8.Valid(data):
		return "", "the file is not valid UTF-8"
	}
	return string(data), ""
}
