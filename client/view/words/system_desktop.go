//go:build !js

package words

import (
	"os"
	"strings"
)

// System returns the languages that the system's user wishes, the first first:
// POSIX keeps them in the environment (POSIX.1-2024, section 8.2; LANGUAGE is that
// of gettext).
func System() []string {
	var wishes []string
	for _, name := range [...]string{"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"} {
		for tag := range strings.SplitSeq(os.Getenv(name), ":") {
			if tag != "" && tag != "C" && tag != "POSIX" {
				wishes = append(wishes, tag)
			}
		}
	}
	return append(wishes, locale()...)
}

// Tell lets the system know which language the game is in now: no desktop asks.
func Tell(Language) {}
