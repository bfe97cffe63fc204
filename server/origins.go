package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// origins gives flags that the command line does not have their values, from the
// environment or else from the file of --config, and remembers which came from where.
type origins struct {
	lookup func(string) (string, bool)
	opened bool
	file   *settingsFile     // nil: there is none
	from   map[string]string // by the name of the flag, in words; none: command line or default
}

func newOrigins(lookup func(string) (string, bool)) *origins {
	return &origins{lookup: lookup, from: make(map[string]string)}
}

// Validate implements kong.Resolver.
func (o *origins) Validate(*kong.Application) error { return nil }

// Resolve implements kong.Resolver. Without a value the flag keeps its default.
func (o *origins) Resolve(ctx *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	if !o.opened {
		o.opened = true
		if err := o.open(ctx); err != nil {
			return nil, err
		}
	}
	if flag.Name == "help" {
		return nil, nil //nolint:nilnil // how kong is told that there is none
	}
	if given(ctx, other(flag.Name)) {
		return nil, nil //nolint:nilnil // likewise: the other way to say the same is on the command line
	}
	return o.find(flag)
}

const commandLine = "the command line"

// given reports whether a flag is on the command line.
func given(ctx *kong.Context, name string) bool {
	return slices.ContainsFunc(ctx.Path, func(p *kong.Path) bool {
		return p.Flag != nil && !p.Resolved && p.Flag.Name == name
	})
}

// of says in words where a flag's value comes from; "": it is the default.
func (o *origins) of(ctx *kong.Context, name string) string {
	if given(ctx, name) {
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
func (o *origins) find(flag *kong.Flag) (any, error) {
	text, name, err := fromEnvironment(o.lookup, flag.Name)
	if err != nil {
		return nil, err
	}
	if text != "" {
		o.from[flag.Name] = name + inEnvironment
		return text, nil
	}
	if twin := other(flag.Name); twin != "" {
		if text, _, err = fromEnvironment(o.lookup, twin); err != nil || text != "" {
			return nil, err
		}
	}
	if o.file == nil {
		return nil, nil //nolint:nilnil // how kong is told that there is none
	}
	value, ok := o.file.values[flag.Name]
	if !ok {
		return nil, nil //nolint:nilnil // likewise
	}
	o.from[flag.Name] = fmt.Sprintf("%s:%d", o.file.path, o.file.lines[flag.Name])
	text, _ = textOf(flag, value)
	return text, nil
}

const inEnvironment = " in the environment"

// open reads the file of --config, if there is one.
func (o *origins) open(ctx *kong.Context) error {
	flag := flagNamed(ctx.Flags(), "config")
	if flag == nil {
		return nil
	}
	path, _ := ctx.FlagValue(flag).(string)
	if path == "" {
		path, _ = o.lookup(variable("config"))
	}
	if path == "" {
		return nil
	}
	file, err := openSettings(path, ctx.Model.DefaultCmd.Flags)
	o.file = file
	return err
}

// nameSource adds to the error of a flag where its value came from.
func (o *origins) nameSource(wrong usageError) usageError {
	from := o.from[strings.TrimPrefix(wrong.flag, "--")]
	switch {
	case strings.HasSuffix(from, inEnvironment):
		wrong.err = fmt.Errorf("%w (from %s)", wrong.err, from)
	case from != "":
		wrong.err = fmt.Errorf("%s: %s", from, strings.TrimPrefix(wrong.Error(), "--"))
	}
	return wrong
}
