package flags

import (
	"fmt"
	"slices"
	"strings"

	"ionwake/shared/nearest"
)

// Choice is what a command line asks for.
type Choice struct {
	Verb  *Verb
	Named *Verb // of which the words speak: that above Verb if Verb happens by default
	Help  bool  // and not that it is done
}

// Parse reads a command line without the program's name. It first gives every flag of
// every verb its default. The Choice is never nil: with an error it is as far as the
// command line could be followed.
func (v *Verb) Parse(args []string) (*Choice, error) {
	v.reset()
	p := &parser{rest: args, choice: &Choice{Verb: v, Named: v}}
	for len(p.rest) > 0 {
		arg := p.rest[0]
		p.rest = p.rest[1:]
		if err := p.take(arg); err != nil || p.choice.Help {
			return p.choice, err
		}
	}
	return p.choice, p.end()
}

// reset panics if a default is none: it is part of the program.
func (v *Verb) reset() {
	for _, f := range slices.Concat(v.Flags, v.Args) {
		f.Given = false
		f.Target.SetZero()
		if f.Default == "" {
			continue
		}
		if err := f.Set(f.Default); err != nil {
			panic("flags: " + err.Error())
		}
	}
	for _, below := range v.Verbs {
		below.reset()
	}
}

// parser is in the middle of a command line.
type parser struct {
	rest   []string
	choice *Choice
	args   int  // arguments taken
	plain  bool // after "--": everything is an argument
}

func (p *parser) take(arg string) error {
	switch {
	case p.plain || len(arg) < 2 || arg[0] != '-':
		return p.takeWord(arg)
	case arg == "--":
		p.plain = true
		return nil
	case arg == "-h" || arg == "--help":
		p.choice.Help = true
		return nil
	}
	return p.takeFlag(arg)
}

// takeWord takes a verb or an argument.
func (p *parser) takeWord(word string) error {
	v := p.choice.Verb
	for _, below := range v.Verbs {
		if below.Name == word && p.args == 0 {
			p.choice.Verb, p.choice.Named = below, below
			return nil
		}
	}
	if p.args < len(v.Args) {
		arg := v.Args[p.args]
		p.args++
		arg.Given = true
		return arg.Set(word)
	}
	if len(v.Verbs) > 0 {
		return fmt.Errorf("unexpected argument %s, did you mean %q?", word, nearest.Of(word, v.names())[0])
	}
	return fmt.Errorf("unexpected argument %s", word)
}

func (v *Verb) names() (names []string) {
	for _, below := range v.Verbs {
		names = append(names, below.Name)
	}
	return names
}

// takeFlag takes a flag and its value. Flags of the verb that is not named come without
// it.
func (p *parser) takeFlag(arg string) error {
	name, value, attached := strings.Cut(strings.TrimPrefix(arg, "--"), "=")
	if !strings.HasPrefix(arg, "--") {
		return fmt.Errorf("unknown flag %s: flags have two dashes", arg)
	}
	flag, off := p.choice.Verb.flagOrNot(name)
	if flag == nil && p.choice.Verb.Default != nil {
		p.choice.Verb = p.choice.Verb.Default
		flag, off = p.choice.Verb.flagOrNot(name)
	}
	switch {
	case flag == nil:
		return p.unknown(name)
	case off && attached:
		return fmt.Errorf("--%s takes no value", name)
	case off:
		value = "false"
	case !attached && flag.Switch():
		value = "true"
	case !attached:
		if len(p.rest) == 0 || !flag.takes(p.rest[0]) {
			return flag.lacking()
		}
		value, p.rest = p.rest[0], p.rest[1:]
	case value == "" && flag.figure():
		return flag.lacking()
	}
	err := flag.add(value)
	flag.Given = true
	return err
}

// takes reports whether what stands behind the flag is its value. In "--bots -1" the -1
// is, so that the answer is about its size.
func (f *Flag) takes(next string) bool {
	if len(next) < 2 || next[0] != '-' {
		return true
	}
	return f.figure() && (next[1] == '.' || next[1] >= '0' && next[1] <= '9')
}

// flagOrNot finds a flag by its name, or by that which turns it off.
func (v *Verb) flagOrNot(name string) (flag *Flag, off bool) {
	if flag = v.Flag(name); flag != nil {
		return flag, false
	}
	if base, ok := strings.CutPrefix(name, "no-"); ok {
		if flag = v.Flag(base); flag != nil && flag.Negatable {
			return flag, true
		}
	}
	return nil, false
}

func (p *parser) unknown(name string) error {
	names := []string{"help"}
	for _, f := range p.choice.Verb.Flags {
		names = append(names, f.Name)
	}
	best := nearest.Of(name, names)[0]
	if nearest.Distance(name, best) > max(2, len(name)/3) {
		return fmt.Errorf("unknown flag --%s", name)
	}
	return fmt.Errorf("unknown flag --%s, did you mean %q?", name, "--"+best)
}

// end sees that nothing is missing.
func (p *parser) end() error {
	if p.choice.Verb.Default != nil {
		p.choice.Verb = p.choice.Verb.Default
	}
	v := p.choice.Verb
	if len(v.Verbs) > 0 {
		return fmt.Errorf("%s what? There are %s", v.Name, strings.Join(v.names(), ", "))
	}
	if p.args < len(v.Args) {
		return fmt.Errorf("<%s> is missing", v.Args[p.args].Name)
	}
	return nil
}
