package flags

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// ValueError is a value that a flag cannot have.
type ValueError struct {
	Flag    *Flag
	Text    string // the value
	Allowed string // what it has to be
}

func (e *ValueError) Error() string { return "--" + e.Flag.Name + "=" + e.Text + ": " + e.Allowed }

// Set gives the flag the value that text stands for. The error is a *ValueError.
func (f *Flag) Set(text string) error {
	wrong := func(allowed string) error { return &ValueError{f, text, allowed} }
	switch f.Target.Interface().(type) {
	case string:
		f.Target.SetString(text)
	case []string:
		f.Target.Set(reflect.ValueOf(Split(text)))
	case int:
		n, err := strconv.Atoi(text)
		if err != nil {
			return wrong("it has to be a whole number")
		}
		f.Target.SetInt(int64(n))
	case float64:
		x, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return wrong("it has to be a number such as 0.05")
		}
		f.Target.SetFloat(x)
	case time.Duration:
		d, err := time.ParseDuration(text)
		if err != nil {
			return wrong("it has to be a length of time such as 10s or 250ms")
		}
		f.Target.SetInt(int64(d))
	case bool:
		switch text {
		case "true", "yes", "on", "1":
			f.Target.SetBool(true)
		case "false", "no", "off", "0":
			f.Target.SetBool(false)
		default:
			return wrong("it has to be true or false")
		}
	}
	return nil
}

// add is Set, but for lists, which grow with each time that the flag is given.
func (f *Flag) add(text string) error {
	if f.Given && f.Target.Kind() == reflect.Slice {
		f.Target.Set(reflect.AppendSlice(f.Target, reflect.ValueOf(Split(text))))
		return nil
	}
	return f.Set(text)
}

// lacking is the error of a flag without its value.
func (f *Flag) lacking() error {
	switch f.Target.Interface().(type) {
	case int:
		return fmt.Errorf("--%s: a whole number has to follow", f.Name)
	case float64:
		return fmt.Errorf("--%s: a number such as 0.05 has to follow", f.Name)
	case time.Duration:
		return fmt.Errorf("--%s: a length of time such as 10s has to follow", f.Name)
	}
	return fmt.Errorf("--%s: a value has to follow, as --%s=-x if it begins with a dash", f.Name, f.Name)
}

// Split takes a list apart at its commas. One that belongs to a part has a backslash
// before it.
func Split(text string) []string {
	if text == "" {
		return nil
	}
	var parts []string
	var part strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\' && i+1 < len(text) && (text[i+1] == ',' || text[i+1] == '\\'):
			i++
			part.WriteByte(text[i])
		case text[i] == ',':
			parts = append(parts, part.String())
			part.Reset()
		default:
			part.WriteByte(text[i])
		}
	}
	return append(parts, part.String())
}

// Join makes a list that Split takes apart again.
func Join(parts []string) string {
	escaped := make([]string, len(parts))
	for i, p := range parts {
		escaped[i] = strings.NewReplacer(`\`, `\\`, `,`, `\,`).Replace(p)
	}
	return strings.Join(escaped, ",")
}
