package words

import "syscall/js"

// System returns the languages that the browser's user wishes, the first first.
func System() []string {
	list := js.Global().Get("navigator").Get("languages")
	if list.Type() != js.TypeObject {
		return nil
	}
	wishes := make([]string, list.Length())
	for i := range wishes {
		wishes[i] = list.Index(i).String()
	}
	return wishes
}

// Tell lets the browser know which language the page is in now: it chooses fonts
// and hyphens by it, and screen readers their voice.
func Tell(l Language) {
	js.Global().Get("document").Get("documentElement").Set("lang", l.Code())
}
