//go:build linux

package reliability_test

import (
	"maps"
	"os"
	"strings"
)

// settings are keys of the settings and their values.
type settings map[string]string

// with is these settings and others.
func (s settings) with(others settings) settings {
	all := maps.Clone(s)
	maps.Copy(all, others)
	return all
}

// environment is all that a process gets to see of the world of the tests.
func (s settings) environment(home string) []string {
	all := []string{"HOME=" + home, "TMPDIR=" + os.TempDir()}
	for key, value := range s {
		all = append(all, "PASSDESK_"+strings.NewReplacer(".", "_", "-", "_").Replace(strings.ToUpper(key))+"="+value)
	}
	return all
}

// unlimited takes as much as comes: most tests are not about floods.
var unlimited = settings{
	"listen": "127.0.0.1:0", "limits.messages-per-minute": "1000000",
	"limits.conversations-per-hour": "1000000", "limits.requests-per-minute": "1000000",
}
