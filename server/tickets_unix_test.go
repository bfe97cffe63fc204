//go:build unix

package main

import (
	"syscall"
	"testing"

	"ionwake/shared/wire"
)

// SIGHUP takes up other keys while people play; what is no key changes nothing.
func TestReloadOfTokenKeys(t *testing.T) {
	old, next := newIssuer(t), newIssuer(t)
	p := start(t, "--token-key="+old.there, "--token-audience=arena")
	used := old.signs("ann", nil)
	ann, _ := p.join("main", wire.Hello{Name: "Ann", Ticket: used})
	rewrite(t, old.there, "-----BEGIN PUBLIC KEY-----\ncut")
	p.signal(syscall.SIGHUP)
	p.logged("the settings stay as they were", "--token-key=")
	p.join("main", wire.Hello{Name: "Ben", Ticket: old.signs("ben", nil)})
	rewrite(t, old.there, next.public())
	p.signal(syscall.SIGHUP)
	p.logged("settings reloaded", `"after_a_restart":""`)
	p.refuses("main", wire.Hello{Name: "Eve", Ticket: old.signs("eve", nil)}, "not valid")
	p.join("main", wire.Hello{Name: "Zoe", Ticket: next.signs("zoe", nil)})
	rewrite(t, old.there, old.public()+next.public())
	p.signal(syscall.SIGHUP)
	eventually(t, "the old key counts again", func() bool {
		c := p.dial("main")
		c.hello(wire.Hello{Name: "Kim", Ticket: old.signs("kim", nil)})
		return c.next().Welcome != nil
	})
	p.refuses("main", wire.Hello{Name: "Eve", Ticket: used}, "not valid")
	ann.wantPlay()
}
