package flags

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

type program struct {
	Serve  serve    `cmd:"" default:"withargs" help:"Serve."`
	Show   show     `cmd:"" help:"Show everything."`
	Copy   copying  `cmd:"" help:"Copy a file."`
	Replay replay   `cmd:"" help:"Replays."`
	Nought struct{} `cmd:"" help:"Nothing."`
}

type serve struct {
	Name       string        `help:"Name of it." default:"Wake"`
	MaxPlayers int           `help:"How many." default:"64"`
	Loss       float64       `help:"Share." default:"0"`
	SimRTT     time.Duration `name:"sim-rtt" help:"Longer." default:"0s"`
	Quick      bool          `help:"Quickly."`
	Found      bool          `help:"Be found." default:"true" negatable:""`
	Origin     []string      `help:"Pages." placeholder:"URL"`
}

type show struct {
	All  serve `embed:""`
	Deep int   `help:"How deep." placeholder:"N"`
}

type copying struct {
	From string `arg:"" help:"What."`
	To   string `arg:"" help:"Where to."`
	Over bool   `help:"Over what is there."`
}

type replay struct {
	Verify struct{} `cmd:"" help:"Verify."`
	Info   struct{} `cmd:"" help:"Info."`
}

func TestParse(t *testing.T) {
	defaults := serve{Name: "Wake", MaxPlayers: 64, Found: true}
	with := func(change func(*serve)) program {
		s := defaults
		change(&s)
		return program{Serve: s}
	}
	cases := []struct {
		args, verb string
		want       program
	}{
		{"", "p serve", program{Serve: defaults}},
		{"serve", "p serve", program{Serve: defaults}},
		{"--name=x", "p serve", with(func(s *serve) { s.Name = "x" })},
		{"--name x", "p serve", with(func(s *serve) { s.Name = "x" })},
		{"--name=", "p serve", with(func(s *serve) { s.Name = "" })},
		{"--name=a=b", "p serve", with(func(s *serve) { s.Name = "a=b" })},
		{"serve --max-players 3 --loss -.5 --sim-rtt -5s", "p serve", with(func(s *serve) { s.MaxPlayers, s.Loss, s.SimRTT = 3, -0.5, -5*time.Second })},
		{"--quick --no-found", "p serve", with(func(s *serve) { s.Quick, s.Found = true, false })},
		{"--quick=off --found=no", "p serve", with(func(s *serve) { s.Found = false })},
		{"--origin a,b --origin=c", "p serve", with(func(s *serve) { s.Origin = []string{"a", "b", "c"} })},
		{`--origin a\,b,c`, "p serve", with(func(s *serve) { s.Origin = []string{"a,b", "c"} })},
		{"--origin=", "p serve", program{Serve: defaults}},
		{"show --deep 3 --max-players=5", "p show", program{Serve: defaults, Show: show{All: with(func(s *serve) { s.MaxPlayers = 5 }).Serve, Deep: 3}}},
		{"copy a --over b", "p copy", program{Serve: defaults, Copy: copying{"a", "b", true}}},
		{"copy -- --over b", "p copy", program{Serve: defaults, Copy: copying{"--over", "b", false}}},
		{"copy - b", "p copy", program{Serve: defaults, Copy: copying{"-", "b", false}}},
		{"replay info", "p replay info", program{Serve: defaults}},
	}
	for _, c := range cases {
		var got program
		root := Of("p", "", &got)
		choice, err := root.Parse(strings.Fields(c.args))
		if err != nil || choice.Help || choice.Verb.Path() != c.verb {
			t.Errorf("%q: verb %q, help %v, error %v, want %q", c.args, choice.Verb.Path(), choice.Help, err, c.verb)
			continue
		}
		if choice.Verb.Name != "show" {
			c.want.Show.All = defaults
		}
		if !same(got, c.want) {
			t.Errorf("%q: got %+v, want %+v", c.args, got, c.want)
		}
	}
}

func same(a, b program) bool {
	origins := slices.Equal(a.Serve.Origin, b.Serve.Origin) && slices.Equal(a.Show.All.Origin, b.Show.All.Origin)
	a.Serve.Origin, b.Serve.Origin, a.Show.All.Origin, b.Show.All.Origin = nil, nil, nil, nil
	return origins && a.Serve.equal(b.Serve) && a.Show.All.equal(b.Show.All) && a.Show.Deep == b.Show.Deep && a.Copy == b.Copy
}

func (s serve) equal(o serve) bool {
	return s.Name == o.Name && s.MaxPlayers == o.MaxPlayers && s.Loss == o.Loss && s.SimRTT == o.SimRTT && s.Quick == o.Quick && s.Found == o.Found
}

func TestParseRefuses(t *testing.T) {
	cases := []struct{ args, want, named string }{
		{"--naem=x", `unknown flag --naem, did you mean "--name"?`, "p"},
		{"--frobnicate", "unknown flag --frobnicate", "p"},
		{"serve --frobnicate", "unknown flag --frobnicate", "p serve"},
		{"-x", "unknown flag -x: flags have two dashes", "p"},
		{"--no-quick", "unknown flag --no-quick", "p"},
		{"--no-found=true", "--no-found takes no value", "p"},
		{"--name", "--name: a value has to follow, as --name=-x if it begins with a dash", "p"},
		{"--name -x", "--name: a value has to follow, as --name=-x if it begins with a dash", "p"},
		{"--max-players --quick", "--max-players: a whole number has to follow", "p"},
		{"--max-players=", "--max-players: a whole number has to follow", "p"},
		{"--max-players=1.5", "--max-players=1.5: it has to be a whole number", "p"},
		{"--loss=x", "--loss=x: it has to be a number such as 0.05", "p"},
		{"--loss", "--loss: a number such as 0.05 has to follow", "p"},
		{"--sim-rtt=5", "--sim-rtt=5: it has to be a length of time such as 10s or 250ms", "p"},
		{"--sim-rtt", "--sim-rtt: a length of time such as 10s has to follow", "p"},
		{"--quick=perhaps", "--quick=perhaps: it has to be true or false", "p"},
		{"serv", `unexpected argument serv, did you mean "serve"?`, "p"},
		{"serve again", "unexpected argument again", "p serve"},
		{"serve show", "unexpected argument show", "p serve"},
		{"copy a", "<to> is missing", "p copy"},
		{"copy a b c", "unexpected argument c", "p copy"},
		{"replay", "replay what? There are verify, info", "p replay"},
		{"copy --name=x a b", "unknown flag --name", "p copy"},
	}
	for _, c := range cases {
		var into program
		choice, err := Of("p", "", &into).Parse(strings.Fields(c.args))
		if err == nil || err.Error() != c.want || choice.Named.Path() != c.named {
			t.Errorf("%q: error %v of %q, want %s of %q", c.args, err, choice.Named.Path(), c.want, c.named)
		}
	}
	var wrong *ValueError
	if _, err := Of("p", "", new(program)).Parse([]string{"--loss=x"}); !errors.As(err, &wrong) || wrong.Flag.Name != "loss" || wrong.Text != "x" {
		t.Errorf("a wrong value is told as %v", err)
	}
}

// Whatever else is there, help is what whoever asks for it gets.
func TestHelp(t *testing.T) {
	for args, want := range map[string]string{
		"--help": "p", "-h": "p", "--quick --help": "p", "serve --help --bogus": "p serve", "replay --help": "p replay", "copy --help": "p copy",
	} {
		root := Of("p", "What p does.", new(program))
		choice, err := root.Parse(strings.Fields(args))
		if err != nil || !choice.Help || choice.Named.Path() != want {
			t.Errorf("%q: help %v of %q, error %v, want that of %q", args, choice.Help, choice.Named.Path(), err, want)
		}
	}
	var b strings.Builder
	root := Of("p", "What p does.", new(program))
	if err := root.PrintHelp(&b, func(f *Flag) string { return f.Help + strings.Repeat(" long", 30) }); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"Usage: p <command> [flags]\n\nWhat p does.\n", "\n  copy <from> <to> [flags]\n    Copy a file.\n", "\n  replay verify [flags]\n",
		"\n  -h, --help  ", "\n      --name=\"Wake\"  ", "\n      --max-players=64  ", "\n      --quick  ", "\n      --[no-]found  ", "\n      --origin=URL,...  ",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("help lacks %q:\n%s", want, b.String())
		}
	}
	for line := range strings.Lines(b.String()) {
		if len(strings.TrimRight(line, "\n")) > helpWidth {
			t.Errorf("a line of help is too long: %q", line)
		}
	}
}

func TestSplitTakesApartWhatJoinMade(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.StringOf(rapid.SampledFrom([]rune(`ab,\ `))), 1, 5).Draw(t, "parts")
		if len(parts) == 1 && parts[0] == "" {
			return // as text, the same as no part
		}
		if got := Split(Join(parts)); !slices.Equal(got, parts) {
			t.Fatalf("got %q, want %q", got, parts)
		}
	})
}
