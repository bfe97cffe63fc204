package main

import (
	"cmp"
	"fmt"
	"strings"

	"ionwake/server/flags"
)

// origins gives flags that the command line does not have their values, from the
// environment or else from the file of --config, and remembers which came from where.
type origins struct {
	lookup func(string) (string, bool)
	file   *settingsFile     // nil: there is none
	from   map[string]string // by the name of the flag, in words; none: command line or default
}

func newOrigins(lookup func(string) (string, bool)) *origins {
	return &origins{lookup: lookup, from: make(map[string]string)}
}

// fill gives the flags of a verb that are not on the command line their values. Those
// without one keep their defaults. A file may have the flags of serve.
func (o *origins) fill(verb, serve *flags.Verb) error {
	if err := o.open(verb, serve.Flags); err != nil {
		return err
	}
	for _, flag := range verb.Flags {
		if flag.Given || given(verb, other(flag.Name)) { // other: the other way to say the same
			continue
		}
		text, ok, err := o.find(flag)
		if err == nil && ok {
			err = flag.Set(text)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

const commandLine = "the command line"

// given reports whether a flag is on the command line.
func given(verb *flags.Verb, name string) bool {
	flag := verb.Flag(name)
	return flag != nil && flag.Given
}

// of says in words where a flag's value comes from; "": it is the default.
func (o *origins) of(verb *flags.Verb, name string) string {
	if given(verb, name) {
		return commandLine
	}
	return o.from[name]
}

// other is the flag that says the same as this one by way of a file, or the one that
// says it itself.
func other(name string) string {
	if base, ok := strings.CutSuffix(name, fileSuffix); ok && secret(base) {
		return base
	}
	if secret(name) {
		return name + fileSuffix
	}
	return ""
}

// find looks for a value from the nearest origin to the farthest. What a nearer one
// says about a secret hides what a farther one says of it, in either way.
func (o *origins) find(flag *flags.Flag) (text string, ok bool, err error) {
	text, name, err := fromEnvironment(o.lookup, flag.Name)
	if err != nil {
		return "", false, err
	}
	if text != "" {
		o.from[flag.Name] = name + inEnvironment
		return text, true, nil
	}
	if twin := other(flag.Name); twin != "" {
		if text, _, err = fromEnvironment(o.lookup, twin); err != nil || text != "" {
			return "", false, err
		}
	}
	if o.file == nil {
		return "", false, nil
	}
	value, ok := o.file.values[flag.Name]
	if !ok {
		return "", false, nil
	}
	o.from[flag.Name] = fmt.Sprintf("%s:%d", o.file.path, o.file.lines[flag.Name])
	text, _ = textOf(flag, value)
	return text, true, nil
}

const inEnvironment = " in the environment"

// open reads the file of --config, if there is one.
func (o *origins) open(verb *flags.Verb, known []*flags.Flag) error {
	flag := verb.Flag("config")
	if flag == nil {
		return nil
	}
	path := flag.Target.String()
	if path == "" {
		path, _ = o.lookup(variable("config"))
	}
	if path == "" {
		return nil
	}
	file, err := openSettings(path, known)
	o.file = file
	return err
}

// nameSource adds to the error of a flag where its value came from.
func (o *origins) nameSource(wrong usageError) usageError {
	name := strings.TrimPrefix(wrong.flag, "--")
	from := cmp.Or(o.from[name], o.from[other(name)])
	switch {
	case strings.HasSuffix(from, inEnvironment):
		wrong.err = fmt.Errorf("%w (from %s)", wrong.err, from)
	case from != "":
		wrong.err = fmt.Errorf("%s: %s", from, strings.TrimPrefix(wrong.Error(), "--"))
	}
	return wrong
}
