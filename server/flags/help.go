package flags

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
)

// helpWidth is the width of help in columns.
const helpWidth = 80

// PrintHelp tells what the verb does and which flags it has. note, if there is one,
// words the help of a flag. Where a verb happens by default, its flags are told too.
func (v *Verb) PrintHelp(w io.Writer, note func(*Flag) string) error {
	if note == nil {
		note = func(f *Flag) string { return f.Help }
	}
	var b strings.Builder
	fmt.Fprintf(&b, "Usage: %s%s\n\n", v.Path(), v.form())
	wrap(&b, v.Help, 0)
	if len(v.Args) > 0 {
		b.WriteString("\nArguments:\n")
		table(&b, v.Args, func(f *Flag) string { return "<" + f.Name + ">" }, note)
	}
	flags := v.Flags
	if len(v.Verbs) > 0 {
		b.WriteString("\nCommands:\n")
		v.list(&b, "")
	}
	if v.Default != nil {
		flags = slices.Concat(flags, v.Default.Flags)
	}
	b.WriteString("\nFlags:\n")
	help := &Flag{Name: "help", Help: "Show this."}
	table(&b, append([]*Flag{help}, flags...), (*Flag).shown, func(f *Flag) string {
		if f == help {
			return f.Help
		}
		return note(f)
	})
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("print help: %w", err)
	}
	return nil
}

// form is what stands behind the verb.
func (v *Verb) form() string {
	var b strings.Builder
	if len(v.Verbs) > 0 {
		b.WriteString(" <command>")
	}
	for _, a := range v.Args {
		b.WriteString(" <" + a.Name + ">")
	}
	return b.String() + " [flags]"
}

// list tells of the verbs below, those below them in their place.
func (v *Verb) list(b *strings.Builder, before string) {
	for _, below := range v.Verbs {
		if len(below.Verbs) > 0 {
			below.list(b, before+below.Name+" ")
			continue
		}
		fmt.Fprintf(b, "  %s%s%s\n", before, below.Name, below.form())
		wrap(b, below.Help, 4)
		b.WriteByte('\n')
	}
}

// shown is a flag with what it takes or has.
func (f *Flag) shown() string {
	switch {
	case f.Name == "help":
		return "-h, --help"
	case f.Negatable:
		return "    --[no-]" + f.Name
	case f.Switch():
		return "    --" + f.Name
	}
	value := f.PlaceHolder
	switch f.Target.Interface().(type) {
	case []string:
		value += ",..."
	case string:
		if f.Default != "" && value == "" {
			value = strconv.Quote(f.Default)
		}
	case int, float64, time.Duration:
		if f.Default != "" {
			value = f.Default
		}
	}
	return "    --" + f.Name + "=" + value
}

// table prints names to the left and help to the right.
func table(b *strings.Builder, flags []*Flag, name, help func(*Flag) string) {
	column := 0
	for _, f := range flags {
		column = max(column, len(name(f)))
	}
	column = min(column, 30) + 4
	for _, f := range flags {
		start := b.Len()
		fmt.Fprintf(b, "  %s", name(f))
		if gap := column - (b.Len() - start); gap > 1 {
			b.WriteString(strings.Repeat(" ", gap))
		} else {
			b.WriteString("\n" + strings.Repeat(" ", column))
		}
		var text strings.Builder
		wrap(&text, help(f), column)
		b.WriteString(strings.TrimLeft(text.String(), " "))
	}
}

// wrap breaks text into lines that begin at the given column.
func wrap(b *strings.Builder, text string, column int) {
	at := 0
	for word := range strings.FieldsSeq(text) {
		switch {
		case at == 0:
			b.WriteString(strings.Repeat(" ", column))
			at = column
		case at+1+len(word) > helpWidth:
			b.WriteString("\n" + strings.Repeat(" ", column))
			at = column
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at += len(word)
	}
	b.WriteByte('\n')
}
