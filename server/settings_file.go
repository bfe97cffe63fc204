package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"ionwake/server/flags"
	"ionwake/shared/nearest"
)

// settingsFile is the file of --config: TOML with a key for each flag of serve, under
// the flag's own name.
type settingsFile struct {
	path   string
	values map[string]any
	lines  map[string]int
}

// maxSettingsFile is how many bytes such a file may have.
const maxSettingsFile = 1 << 20

// openSettings reads the file at path. Each of its keys must be one of known and have a
// value of the flag's kind. Errors name the file, the line and the key.
func openSettings(path string, known []*flags.Flag) (*settingsFile, error) {
	data, mode, err := readSettings(path)
	if err != nil {
		return nil, err
	}
	f := &settingsFile{path: path, values: make(map[string]any), lines: make(map[string]int)}
	if err := toml.Unmarshal(data, &f.values); err != nil {
		return nil, f.broken(err)
	}
	if err := f.findLines(data); err != nil {
		return nil, err
	}
	names := slices.SortedFunc(maps.Keys(f.values), func(a, b string) int { return cmp.Compare(f.lines[a], f.lines[b]) })
	for _, name := range names {
		flag := flagNamed(known, name)
		if flag == nil || notInFile(name) {
			return nil, f.unknown(name, known)
		}
		if err := f.check(flag); err != nil {
			return nil, err
		}
		if secret(name) && f.values[name] != "" && runtime.GOOS != "windows" && mode.Perm()&0o004 != 0 {
			return nil, usage("%s:%d: %s is a secret, and every user of this machine may read the file: chmod 600 %s, or put it into a file of its own and name that with %s-file",
				path, f.lines[name], name, shown(path), name)
		}
	}
	return f, nil
}

// readSettings gives the text of the file, without a byte order mark, and who may read it.
func readSettings(path string) ([]byte, os.FileMode, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, badFlag("--config", path, "%v", cause(err))
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, 0, badFlag("--config", path, "%v", cause(err))
	}
	if info.IsDir() {
		return nil, 0, badFlag("--config", path, "it is a folder, and has to be a file")
	}
	data, err := io.ReadAll(io.LimitReader(f, maxSettingsFile+1))
	if err != nil {
		return nil, 0, badFlag("--config", path, "%v", cause(err))
	}
	switch {
	case len(data) > maxSettingsFile:
		return nil, 0, usage("%s: it has more than %d bytes, and is no file of settings", path, maxSettingsFile)
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return nil, 0, usage("%s:1: it is UTF-16: save it as UTF-8", path)
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")) // as some editors begin a file
	if bad := firstBroken(data); bad >= 0 {
		return nil, 0, usage("%s:%d: there is a character that is not UTF-8: save the file as UTF-8", path, 1+bytes.Count(data[:bad], []byte("\n")))
	}
	return data, info.Mode(), nil
}

// firstBroken is where data stops being UTF-8; -1: nowhere.
func firstBroken(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// broken words what is wrong with the form of the file.
func (f *settingsFile) broken(err error) error {
	where, ok := errors.AsType[*toml.DecodeError](err)
	if !ok {
		return usage("%s: %s", f.path, strings.TrimPrefix(err.Error(), "toml: "))
	}
	line, column := where.Position()
	return usage("%s:%d: column %d: %s (a line is KEY = VALUE, with text in \"quotes\")", f.path, line, column, strings.TrimPrefix(where.Error(), "toml: "))
}

// findLines notes where each key stands. Tables and dotted keys are none of ours.
func (f *settingsFile) findLines(data []byte) error {
	var p unstable.Parser
	p.Reset(data)
	for p.NextExpression() {
		node := p.Expression()
		var parts []string
		line := 0
		for key := node.Key(); key.Next(); {
			if line == 0 {
				line = p.Shape(key.Node().Raw).Start.Line
			}
			parts = append(parts, string(key.Node().Data))
		}
		name := strings.Join(parts, ".")
		switch {
		case node.Kind != unstable.KeyValue:
			return usage("%s:%d: [%s] is not known: keys stand by themselves, without tables", f.path, line, name)
		case len(parts) > 1:
			return usage("%s:%d: %s is not known: keys have no dots", f.path, line, name)
		}
		f.lines[name] = line
	}
	if err := p.Error(); err != nil {
		return f.broken(err)
	}
	return nil
}

// notInFile reports whether a flag says something about the file itself.
func notInFile(name string) bool { return name == "config" || name == "help" }

func (f *settingsFile) unknown(name string, all []*flags.Flag) error {
	var known []string
	for _, flag := range all {
		if !notInFile(flag.Name) {
			known = append(known, flag.Name)
		}
	}
	like := strings.ToLower(strings.NewReplacer("_", "-", " ", "-").Replace(name))
	best := nearest.Of(like, known)[0]
	if notInFile(name) {
		return usage("%s:%d: %s belongs on the command line", f.path, f.lines[name], name)
	}
	if like == "port" {
		best = "listen"
	}
	return usage("%s:%d: %s is not known, did you mean %s? (ionwake-server config tells what there is)", f.path, f.lines[name], shown(name), best)
}

// check judges the kind of a value.
func (f *settingsFile) check(flag *flags.Flag) error {
	value := f.values[flag.Name]
	if _, ok := textOf(flag, value); ok {
		return nil
	}
	is := "a " + kindOf(value)
	if secret(flag.Name) {
		return usage("%s:%d: %s is %s, and has to be %s", f.path, f.lines[flag.Name], flag.Name, is, wanted(flag))
	}
	return usage("%s:%d: %s = %s is %s, and has to be %s", f.path, f.lines[flag.Name], flag.Name, tomlOf(value), is, wanted(flag))
}

// textOf is a value of the file as it would stand on the command line.
func textOf(flag *flags.Flag, value any) (string, bool) {
	switch flag.Target.Interface().(type) {
	case []string:
		list, ok := value.([]any)
		var parts []string
		for _, v := range list {
			text, isText := v.(string)
			ok = ok && isText
			parts = append(parts, flags.Join([]string{text}))
		}
		return strings.Join(parts, ","), ok
	case time.Duration:
		text, ok := value.(string)
		return text, ok
	}
	switch flag.Target.Kind() {
	case reflect.Int:
		n, ok := value.(int64)
		return fmt.Sprint(n), ok
	case reflect.Float64:
		if n, ok := value.(int64); ok {
			return fmt.Sprint(n), true
		}
		x, ok := value.(float64)
		return fmt.Sprint(x), ok
	case reflect.Bool:
		b, ok := value.(bool)
		return fmt.Sprint(b), ok
	}
	text, ok := value.(string)
	return text, ok
}

// kindOf names what a value is.
func kindOf(value any) string {
	switch value.(type) {
	case string:
		return "text"
	case int64, float64:
		return "number"
	case bool:
		return "yes or no"
	case []any:
		return "list"
	case map[string]any:
		return "table"
	}
	return "date"
}

// wanted says which form the value of a flag has in the file.
func wanted(flag *flags.Flag) string {
	name := flag.Name
	switch flag.Target.Interface().(type) {
	case []string:
		return "a list of texts, as " + name + ` = ["one", "two"]`
	case time.Duration:
		return "a length of time in quotes, as " + name + ` = "10s"`
	}
	switch flag.Target.Kind() {
	case reflect.Int:
		return "a whole number, as " + name + " = 8"
	case reflect.Float64:
		return "a number, as " + name + " = 0.05"
	case reflect.Bool:
		return "true or false, as " + name + " = true"
	}
	return "text in quotes, as " + name + ` = "..."`
}

// tomlOf writes a value as it stands in the file, in one line. Text and numbers have the
// form that they have in JSON.
func tomlOf(value any) string {
	text := new(strings.Builder)
	w := json.NewEncoder(text)
	w.SetEscapeHTML(false)
	if err := w.Encode(value); err != nil {
		return fmt.Sprint(value)
	}
	return oneLine(strings.TrimSpace(text.String()))
}

// flagNamed finds a flag; nil: there is none.
func flagNamed(known []*flags.Flag, name string) *flags.Flag {
	for _, f := range known {
		if f.Name == name {
			return f
		}
	}
	return nil
}
