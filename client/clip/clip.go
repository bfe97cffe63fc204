// Package clip is the system's clipboard, or the browser's: where the player copies
// to and from. It never makes the game wait.
package clip

import "sync"

// mostBytes is the longest text that is taken: settings are far shorter.
const mostBytes = 256 << 10

// Clipboard is a view.Clipboard. The zero Clipboard is ready.
type Clipboard struct {
	mu   sync.Mutex
	came bool
	text string
}

// Copy puts text there, if the system lets us.
func (c *Clipboard) Copy(text string) { put(text) }

// Ask asks for what is there; it comes by Pasted, empty if there is nothing for us.
func (c *Clipboard) Ask() { fetch(c.take) }

// Pasted returns what was asked for, once.
func (c *Clipboard) Pasted() (text string, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	text, ok = c.text, c.came
	c.text, c.came = "", false
	return text, ok
}

func (c *Clipboard) take(text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(text) > mostBytes {
		text = ""
	}
	c.text, c.came = text, true
}
