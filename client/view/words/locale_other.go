//go:build !js && !windows

package words

// locale has nothing to add to the environment.
func locale() []string { return nil }
