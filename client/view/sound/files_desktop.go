//go:build !js

package sound

import "ionwake/assets"

// read returns a pack. It came with the program.
func read(name string) ([]byte, error) { return assets.Sound.ReadFile("sound/" + name) }

// breathe is for programs with one thread.
func breathe() {}
