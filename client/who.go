package main

import "ionwake/client/view"

// identityFile is what a saved identity is called.
const identityFile = "ionwake-identity.txt"

// newIdentity lets the player of p see and change who they are; load is nil where
// nothing can be read.
func newIdentity(p *play, load func(name string) (string, error)) *view.Identity {
	id := &view.Identity{
		Key: func() []byte { return p.device },
		Be: func(key []byte) error {
			p.device = key
			p.Be(key)
			return keepDevice(key)
		},
		Save: func(text string) (string, error) { return saveFile(identityFile, text) },
	}
	if load != nil {
		id.Load, id.File = func() (string, error) { return load(identityFile) }, "~/"+identityFile
	}
	return id
}
