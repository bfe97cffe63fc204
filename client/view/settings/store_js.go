package settings

import (
	"fmt"
	"syscall/js"
)

// browser is a Store in the browser's localStorage, which may be forbidden or full.
type browser struct{ key string }

// Own returns the Store of this page's visitor.
func Own() (Store, error) { return browser{"ionwake.settings"}, nil }

// Load implements Store.
func (b browser) Load() (text string, err error) {
	defer caught(&err)
	if v := storage().Call("getItem", b.key); v.Type() == js.TypeString {
		text = v.String()
	}
	return text, nil
}

// Save implements Store.
func (b browser) Save(text string) error { return set(b.key, text) }

// Aside implements Store.
func (b browser) Aside(text string) (string, error) {
	key := b.key + ".broken"
	return key, set(key, text)
}

func set(key, text string) (err error) {
	defer caught(&err)
	storage().Call("setItem", key, text)
	return nil
}

// storage returns the browser's object. Where it is forbidden, already asking for it
// throws, which Go's own Get does not survive.
func storage() js.Value {
	return js.Global().Get("Reflect").Call("get", js.Global(), "localStorage")
}

// caught turns what the browser throws into an error.
func caught(err *error) {
	if why := recover(); why != nil {
		*err = fmt.Errorf("the browser's storage: %v", why)
	}
}
