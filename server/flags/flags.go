// Package flags reads command lines into structs, by the tags of their fields:
//
//	cmd:""          the field is a verb; with default:"" what happens where none is named
//	embed:""        the field's fields are flags as if they stood here
//	arg:""          the field is an argument that has to be given
//	name:"x-y"      how the flag is called; else the field's name, as in max-players
//	help:"..."      one sentence
//	default:"8"     as on a command line
//	placeholder:"X" what help shows for a value
//	negatable:""    --no-NAME turns it off
//
// Fields are strings, ints, float64s, bools, time.Durations and []strings. The library
// that did this looks for methods by names that come at run time, because of which the
// linker keeps every method of every type in the program: 2.5 MB of the server.
package flags

import (
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode"
)

// Flag is one flag or argument.
type Flag struct {
	Name, Help, Default, PlaceHolder string
	Negatable                        bool
	Target                           reflect.Value // the field
	Given                            bool          // on the command line
}

// Verb is what a program can be told to do. The program itself is one too.
type Verb struct {
	Name, Help string
	Flags      []*Flag // in the order of the fields
	Args       []*Flag
	Verbs      []*Verb
	Default    *Verb // of Verbs; nil: one has to be named
	Above      *Verb // nil: it is the program
}

// Of describes the program that is called name by a pointer to a struct. It panics if
// the struct has a field that it cannot set.
func Of(name, help string, into any) *Verb {
	v := &Verb{Name: name, Help: help}
	v.describe(reflect.ValueOf(into).Elem())
	return v
}

func (v *Verb) describe(fields reflect.Value) {
	for i := range fields.NumField() {
		field, target := fields.Type().Field(i), fields.Field(i)
		tag := func(key string) string { return field.Tag.Get(key) }
		_, isVerb := field.Tag.Lookup("cmd")
		_, isEmbedded := field.Tag.Lookup("embed")
		_, isArg := field.Tag.Lookup("arg")
		_, hasDefault := field.Tag.Lookup("default")
		_, negatable := field.Tag.Lookup("negatable")
		name := tag("name")
		if name == "" {
			name = dashed(field.Name)
		}
		switch {
		case isVerb:
			below := &Verb{Name: name, Help: tag("help"), Above: v}
			below.describe(target)
			v.Verbs = append(v.Verbs, below)
			if hasDefault {
				v.Default = below
			}
			continue
		case isEmbedded:
			v.describe(target)
			continue
		}
		flag := &Flag{
			Name: name, Help: tag("help"), Default: tag("default"), PlaceHolder: tag("placeholder"), Negatable: negatable, Target: target,
		}
		flag.mustBeKnown()
		if isArg {
			v.Args = append(v.Args, flag)
		} else {
			v.Flags = append(v.Flags, flag)
		}
	}
}

// Path is the verb as it is called, with the program before it.
func (v *Verb) Path() string {
	if v.Above == nil {
		return v.Name
	}
	return v.Above.Path() + " " + v.Name
}

// Flag finds a flag of the verb; nil: it has none of that name.
func (v *Verb) Flag(name string) *Flag {
	for _, f := range v.Flags {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// mustBeKnown panics if the field is of a kind that cannot be set.
func (f *Flag) mustBeKnown() {
	switch f.Target.Interface().(type) {
	case string, int, float64, bool, time.Duration, []string:
	default:
		panic(fmt.Sprintf("flags: --%s is a %s", f.Name, f.Target.Type()))
	}
}

// Switch reports whether the flag is on or off, and needs no value.
func (f *Flag) Switch() bool { return f.Target.Kind() == reflect.Bool }

// figure reports whether the flag's values may begin with a minus.
func (f *Flag) figure() bool {
	kind := f.Target.Kind()
	return kind == reflect.Int || kind == reflect.Int64 || kind == reflect.Float64
}

// dashed makes max-players of MaxPlayers.
func dashed(name string) string {
	var b strings.Builder
	for i, r := range name {
		if i > 0 && unicode.IsUpper(r) {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
