package clip

import "syscall/js"

// Here returns the browser's clipboard, or nil: pages that are not secure have none
// (Clipboard API, section 5).
func Here() *Clipboard {
	if !js.Global().Get("navigator").Get("clipboard").Truthy() {
		return nil
	}
	return &Clipboard{}
}

func put(text string) {
	js.Global().Get("navigator").Get("clipboard").Call("writeText", text).Call("catch", ignore)
}

// ignore takes a refusal: the player sees that nothing came.
var ignore = js.FuncOf(func(js.Value, []js.Value) any { return nil })

// fetch asks the browser, which may ask the player.
func fetch(take func(string)) {
	board := js.Global().Get("navigator").Get("clipboard")
	if board.Get("readText").Type() != js.TypeFunction {
		take("")
		return
	}
	var good, bad js.Func
	done := func(text string) {
		good.Release()
		bad.Release()
		take(text)
	}
	good = js.FuncOf(func(_ js.Value, args []js.Value) any { done(args[0].String()); return nil })
	bad = js.FuncOf(func(js.Value, []js.Value) any { done(""); return nil })
	board.Call("readText").Call("then", good, bad)
}
