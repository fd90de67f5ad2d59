package config

import (
	"fmt"
	"strings"
	"time"
)

// days is a time that is written in days; 0 stands for ever.
func days(most int) Kind {
	return scalar(fmt.Sprintf("days 0 to %d", most), func(text string) (time.Duration, string) {
		n, fault := parseNumber(text, 0, most)
		return time.Duration(n) * 24 * time.Hour, fault
	}, func(value time.Duration, _ string) any { return int(value / (24 * time.Hour)) })
}

// duration is a time with its unit.
func duration(least, most time.Duration) Kind {
	return scalar(fmt.Sprintf("duration %s to %s", short(least), short(most)), func(text string) (time.Duration, string) {
		d, err := time.ParseDuration(text)
		switch {
		case err != nil:
			return 0, quote(text) + " is not a duration such as 500ms, 10s or 2m"
		case d < least || d > most:
			return 0, fmt.Sprintf("%s is not between %s and %s", quote(text), short(least), short(most))
		}
		return d, ""
	}, asWritten)
}

// short writes a duration as people do: 2m and not 2m0s.
func short(d time.Duration) string {
	s := d.String()
	if trimmed := strings.TrimSuffix(s, "m0s"); trimmed != s {
		s = trimmed + "m"
	}
	if trimmed := strings.TrimSuffix(s, "h0m"); trimmed != s {
		s = trimmed + "h"
	}
	return s
}
