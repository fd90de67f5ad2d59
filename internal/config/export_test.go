package config

// On returns the sources as they would be on another platform, for tests.
func (s Sources) On(platform string) Sources {
	s.platform = platform
	return s
}
