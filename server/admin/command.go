package admin

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"ionwake/shared/nearest"
)

// Order is what somebody who runs the server wants done: a command with what it takes.
// The dashboard sends one, the console reads one from a line.
type Order struct {
	Do     string `json:"do"`
	Who    string `json:"who,omitempty"`    // Key, person or name of a player
	Room   string `json:"room,omitempty"`   // "": all
	For    string `json:"for,omitempty"`    // how long, see parseSpan
	Reason string `json:"reason,omitempty"` // players are told
	Text   string `json:"text,omitempty"`   // what else a command takes
}

// caller is who gives an order.
type caller struct {
	Grant
	session string // its hash
	from    string // network
}

// take is what a command takes, in the order in which the console reads it.
type take uint8

const (
	takesRoom   take = iota // #ROOM, or nothing for all
	takesWho                // a word, or "some words"
	takesSpan               // a length of time
	takesReason             // the rest of the line
	takesText               // likewise
	mayText                 // likewise, or nothing
)

var takeNames = [...]string{"[#ROOM]", "PLAYER", "TIME", "REASON", "TEXT", "[TEXT]"}

// command is something that those who run the server can have done.
type command struct {
	name  string
	role  Role // that it takes at least
	takes []take
	help  string
	acts  bool // it changes something: the audit has it
	run   func(*desk, context.Context, *caller, *Order) (string, error)
}

// commands is the table of all there is, for the console and the dashboard.
func commands() []command {
	return []command{
		{"players", Helper, nil, "who is here", false, (*desk).players},
		{"rooms", Helper, nil, "what is played where", false, (*desk).rooms},
		{"bans", Helper, nil, "bans and mutes in force", false, (*desk).bans},
		{"history", Helper, []take{takesWho}, "all bans and mutes somebody ever had", false, (*desk).history},
		{"career", Helper, []take{takesWho}, "games, wins, kills and deaths of somebody, and since when they come", false, (*desk).career},
		{"find", Helper, []take{takesText}, "people who once were here, by the beginning of their name", false, (*desk).find},
		{"mute", Helper, []take{takesWho, takesSpan, takesReason}, "nobody hears them; by helpers, for a day at most", true, (*desk).mute},
		{"unmute", Helper, []take{takesWho}, "ends their mutes", true, (*desk).unmute},
		{"kick", Moderator, []take{takesWho, takesReason}, "out they go; they may come back", true, (*desk).kick},
		{"ban", Moderator, []take{takesWho, takesSpan, takesReason}, "keeps a person out", true, (*desk).ban},
		{"netban", Moderator, []take{takesWho, takesSpan, takesReason}, "keeps a person and everybody from their network out", true, (*desk).netban},
		{"lift", Moderator, []take{takesText}, "ends a ban or a mute by its ID", true, (*desk).lift},
		{"say", Host, []take{takesRoom, takesText}, "the server says something to everybody", true, (*desk).say},
		{"map", Host, []take{takesRoom, takesText}, "what is played next: ARENA or ARENA:MODE", true, (*desk).playNext},
		{"end", Host, []take{takesRoom}, "ends the match as its bell would", true, (*desk).end},
		{"rotation", Host, []take{mayText}, "what is played in turn, until the next start: ARENA:MODE, ...", true, (*desk).rotation},
		{"lockdown", Host, []take{mayText}, "nobody new gets in for a TIME; off: everybody again", true, (*desk).lockdown},
		{"quiet", Host, []take{mayText}, "newcomers cannot talk for a TIME; off: they can", true, (*desk).quiet},
		{"joins", Host, []take{mayText}, "how many newcomers a minute get in; off: any number", true, (*desk).joins},
		{"invite", Host, []take{takesText}, "ROLE NAME [TIME]: a link by which a helper, moderator or admin signs in, once", true, (*desk).invite},
		{"sessions", Host, nil, "who is signed in here", false, (*desk).sessions},
		{"signout", Host, []take{takesText}, "ends a session, by the first digits of its ID", true, (*desk).signOut},
		{"export", Host, []take{takesWho}, "all that is known of somebody, for them to have", true, (*desk).export},
		{"forget", Host, []take{takesWho}, "deletes all that is known of somebody, by their 32 digits", true, (*desk).forget},
		{"audit", Host, nil, "what those who run the server did", false, (*desk).deeds},
	}
}

// usage is how the console wants a command.
func (c *command) usage() string {
	words := []string{c.name}
	for _, t := range c.takes {
		words = append(words, takeNames[t])
	}
	return strings.Join(words, " ")
}

// Why an order is not carried out.
var (
	errMayNot  = errors.New("you may not do that")
	errTooFast = errors.New("too many orders at once: wait a moment")
)

// obey carries out an order, if the caller may give it, and returns words for them.
// Whatever changes something is in the audit, and so is what somebody tried without
// the right to.
func (d *desk) obey(ctx context.Context, c *caller, o Order) (string, error) {
	if o.Do == "help" {
		return d.help(c), nil
	}
	at := slices.IndexFunc(d.commands, func(k command) bool { return k.name == o.Do })
	if at < 0 {
		return "", fmt.Errorf("there is no command %.40q: help tells what there is", o.Do)
	}
	k := &d.commands[at]
	note := &Deed{Name: c.Name, Role: c.Role, From: c.from, Do: o.Do, Whom: clean(o.Who, 80), Room: o.Room, Reason: clean(o.Reason, 200), Text: clean(o.Text, 200)}
	if c.Role < k.role {
		note.Failed = errMayNot.Error()
		_ = d.audit.write(*note) // it is in the log if the disk does not take it
		return "", fmt.Errorf("%w: %s takes a %s", errMayNot, k.name, k.role)
	}
	ctx, cancel := context.WithTimeout(context.WithValue(ctx, deedKey{}, note), patience)
	defer cancel()
	words, err := k.run(d, ctx, c, &o)
	if !k.acts || slices.Contains(k.takes, mayText) && o.Text == "" {
		return words, err
	}
	if err != nil {
		note.Failed = clean(err.Error(), 200)
	}
	if trouble := d.audit.write(*note); trouble != nil && err == nil {
		words += "\n(But it could not be written down: see the log.)"
	}
	return words, err
}

// patience is how long an order may take.
const patience = 10 * time.Second

// deedKey finds the Deed that a command may add to.
type deedKey struct{}

// noted returns what the audit will say of the order that is carried out.
func noted(ctx context.Context) *Deed {
	if d, ok := ctx.Value(deedKey{}).(*Deed); ok {
		return d
	}
	return &Deed{}
}

// help lists what the caller may do.
func (d *desk) help(c *caller) string {
	var b strings.Builder
	for _, k := range d.commands {
		if c.Role >= k.role {
			fmt.Fprintf(&b, "%-34s %s\n", k.usage(), k.help)
		}
	}
	b.WriteString(`A PLAYER is a name (or its beginning), ROOM/SEAT as players tells it, or 32 digits; "in quotes" with spaces.` + "\n")
	b.WriteString("A TIME is 30s, 10m, 2h, 7d, or forever.")
	return b.String()
}

// parseLine reads an order from a line of the console.
func (d *desk) parseLine(line string) (Order, error) {
	word, rest := cutWord(line)
	o := Order{Do: strings.ToLower(word)}
	if o.Do == "help" || o.Do == "" {
		o.Do = "help"
		return o, nil
	}
	at := slices.IndexFunc(d.commands, func(k command) bool { return k.name == o.Do })
	if at < 0 {
		var names []string
		for _, k := range d.commands {
			names = append(names, k.name)
		}
		return o, fmt.Errorf("there is no command %.40q, did you mean %s? help tells what there is", word, nearest.Of(o.Do, names)[0])
	}
	k := &d.commands[at]
	for _, t := range k.takes {
		into := map[take]*string{
			takesRoom: &o.Room, takesWho: &o.Who, takesSpan: &o.For, takesReason: &o.Reason, takesText: &o.Text, mayText: &o.Text,
		}[t]
		switch t {
		case takesRoom:
			if name, after := cutWord(rest); strings.HasPrefix(name, "#") {
				*into, rest = name[1:], after
			}
			continue
		case takesWho, takesSpan:
			*into, rest = cutWord(rest)
		default:
			*into, rest = strings.TrimSpace(rest), ""
		}
		if *into == "" && t != mayText {
			return o, fmt.Errorf("it is: %s", k.usage())
		}
	}
	if strings.TrimSpace(rest) != "" {
		return o, fmt.Errorf("it is: %s", k.usage())
	}
	return o, nil
}

// cutWord cuts the first word off a line, or what is in quotes.
func cutWord(line string) (word, rest string) {
	line = strings.TrimSpace(line)
	if quoted, ok := strings.CutPrefix(line, `"`); ok {
		if word, rest, ok = strings.Cut(quoted, `"`); ok {
			return word, rest
		}
	}
	word, rest, _ = strings.Cut(line, " ")
	return word, rest
}

// parseSpan reads a length of time: 90s, 10m, 2h30m, 7d, 2w, or forever, which is 0.
func parseSpan(text string) (time.Duration, error) {
	wrong := fmt.Errorf("%.20q is no time: it is as 30s, 10m, 2h, 7d, or forever", text)
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "forever" || text == "ever" {
		return 0, nil
	}
	day := 24 * time.Hour
	for unit, length := range map[string]time.Duration{"d": day, "w": 7 * day} {
		if number, ok := strings.CutSuffix(text, unit); ok {
			var n int
			if _, err := fmt.Sscanf(number+";", "%d;", &n); err != nil || n < 1 || n > 3650 {
				return 0, wrong
			}
			return time.Duration(n) * length, nil
		}
	}
	span, err := time.ParseDuration(text)
	if err != nil || span < time.Second || span > 3650*day {
		return 0, wrong
	}
	return span, nil
}
