package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"passdesk/internal/config"
)

// TestDeployFilesNameSettings: what the files in deploy/ set is a setting.
func TestDeployFilesNameSettings(t *testing.T) {
	known := []string{"PASSDESK_CONFIG"}
	for _, key := range config.Keys() {
		known = append(known, key.Environment())
	}
	variable := regexp.MustCompile(`PASSDESK_[A-Z_]+`)
	files, err := filepath.Glob("../../deploy/*")
	if err != nil || len(files) < 3 {
		t.Fatalf("files %v, %v", files, err)
	}
	for _, file := range files {
		if about, err := os.Stat(file); err == nil && about.IsDir() {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range variable.FindAllString(string(data), -1) {
			if !slices.Contains(known, name) {
				t.Errorf("%s sets %s, which is no setting", file, name)
			}
		}
	}
}
