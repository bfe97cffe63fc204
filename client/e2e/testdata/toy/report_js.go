package main

import "syscall/js"

var reported bool

// report makes the page's answer the toy's own.
func report(t *toy) {
	if reported {
		return
	}
	reported = true
	js.Global().Get("ionwake").Set("stats", js.FuncOf(func(js.Value, []js.Value) any {
		return map[string]any{
			"state": "playing", "tick": t.frames, "frames": t.frames, "players": t.clicks, "name": string(t.typed),
			"ship": map[string]any{"x": t.x, "y": 0, "energy": 100},
		}
	}))
}
