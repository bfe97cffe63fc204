package settings

import "fmt"

// Store keeps the text of the settings between one start and the next.
type Store interface {
	// Load returns what was saved, or "" if nothing was.
	Load() (string, error)
	// Save replaces what was saved.
	Save(text string) error
	// Aside keeps a text that could not be read wholly, beside the one in use, and
	// says where.
	Aside(text string) (where string, err error)
}

// Load reads the settings from st. It always returns some that can be used. A text
// with faults is put aside before anybody can write over it; said then has a line
// for each fault and, if it could not even be kept, for that.
func Load(st Store) (s Settings, said []Problem) {
	if st == nil {
		return Default(), nil
	}
	text, err := st.Load()
	if err != nil {
		return Default(), []Problem{{0, fmt.Sprintf("reading the settings: %v", err)}}
	}
	s, said = Parse(text)
	if len(said) > 0 {
		if _, err := st.Aside(text); err != nil {
			said = append(said, Problem{0, fmt.Sprintf("keeping the old settings aside: %v", err)})
		}
	}
	return s, said
}
