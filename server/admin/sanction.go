package admin

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// helperMost is how long a helper may mute somebody.
const helperMost = 24 * time.Hour

// networkLife is how long a ban for good keeps a network out: addresses change hands.
const networkLife = 30 * 24 * time.Hour

func (d *desk) mute(ctx context.Context, c *caller, o *Order) (string, error) {
	span, err := parseSpan(o.For)
	if err != nil {
		return "", err
	}
	if c.Role == Helper && (span == 0 || span > helperMost) {
		return "", fmt.Errorf("%w: a helper mutes for %s at most", errMayNot, spanText(helperMost))
	}
	p, err := d.player(ctx, o.Who)
	if err != nil {
		return "", err
	}
	return d.punish(ctx, c, p, Sanction{Kind: Mute, Person: p.Person}, span, o.Reason)
}

// sentenced returns whom an order is about, and for how long.
func (d *desk) sentenced(ctx context.Context, o *Order) (p Player, span time.Duration, err error) {
	if span, err = parseSpan(o.For); err != nil {
		return Player{}, 0, err
	}
	p, err = d.player(ctx, o.Who)
	return p, span, err
}

func (d *desk) ban(ctx context.Context, c *caller, o *Order) (string, error) {
	p, span, err := d.sentenced(ctx, o)
	if err != nil {
		return "", err
	}
	return d.punish(ctx, c, p, Sanction{Kind: Ban, Person: p.Person}, span, o.Reason)
}

// netban bans a person, if they show a device, and their network.
func (d *desk) netban(ctx context.Context, c *caller, o *Order) (string, error) {
	p, span, err := d.sentenced(ctx, o)
	if err != nil {
		return "", err
	}
	if p.Network == "" {
		return "", fmt.Errorf("the network of %s is not known: they play on this machine, or come by a proxy that --trusted-proxy does not name", p.Name)
	}
	words := ""
	if p.Person != "" {
		if words, err = d.punish(ctx, c, p, Sanction{Kind: Ban, Person: p.Person}, span, o.Reason); err != nil {
			return "", err
		}
		words += "\n"
	}
	if span == 0 {
		span = networkLife
	}
	more, err := d.punish(ctx, c, p, Sanction{Kind: Ban, Network: p.Network}, span, o.Reason)
	return words + more, err
}

// punish puts a sanction into the book and has it hold at once.
func (d *desk) punish(ctx context.Context, c *caller, p Player, s Sanction, span time.Duration, reason string) (string, error) {
	note := noted(ctx)
	note.Whom, note.Person, note.Room = p.Name, p.Person, p.Room
	if s.Person == "" && s.Network == "" {
		return "", fmt.Errorf("%s shows no device, so nobody could know them again: kick them, or ban their network", p.Name)
	}
	if reason = clean(reason, 200); reason == "" {
		return "", errors.New("there has to be a reason, which the player is told")
	}
	if s.Name, s.Reason, s.By = p.Name, reason, c.Name; span > 0 {
		s.Until = d.now().Add(span + time.Second - 1).Truncate(time.Second) // books keep whole ones
	}
	kept, err := d.book.Punish(ctx, s)
	note.Until = kept.Until
	if kept.Kind == Ban {
		d.house.Recheck() // it holds even if the disk did not take it
	}
	if err != nil {
		return "", err
	}
	return kept.words(kept.Until.Add(-span)) + " (" + kept.ID + ").", nil
}

// words says what s is, as in a list.
func (s *Sanction) words(now time.Time) string {
	whom := s.Name
	if s.Network != "" {
		whom = "Everybody from " + s.Network
	} else if whom == "" {
		whom = "Somebody"
	}
	doing := "is banned"
	if s.Kind == Mute {
		doing = "is muted"
	}
	until := "for good"
	if !s.Until.IsZero() {
		until = "for " + spanText(s.Until.Sub(now))
	}
	return fmt.Sprintf("%s %s %s: %s", whom, doing, until, strings.TrimRight(s.Reason, "."))
}

func (d *desk) unmute(ctx context.Context, c *caller, o *Order) (string, error) {
	p, err := d.player(ctx, o.Who)
	if err != nil {
		return "", err
	}
	note := noted(ctx)
	note.Whom, note.Person = p.Name, p.Person
	lifted := 0
	for _, s := range d.book.InForce() {
		if s.Kind != Mute || s.Person == "" || s.Person != p.Person {
			continue
		}
		if err := d.book.Lift(ctx, s.ID, c.Name, ""); err != nil {
			return "", err
		}
		lifted++
	}
	if lifted == 0 {
		return "", fmt.Errorf("%s is not muted", p.Name)
	}
	return p.Name + " may talk again.", nil
}

// lift ends a sanction by its ID, after which a reason may stand.
func (d *desk) lift(ctx context.Context, c *caller, o *Order) (string, error) {
	id, why := cutWord(o.Text)
	if why = strings.TrimSpace(why); why == "" {
		why = o.Reason
	}
	note := noted(ctx)
	for _, s := range d.book.InForce() {
		if s.ID == id {
			note.Whom, note.Person, note.Text, note.Reason = s.Name, s.Person, s.ID, clean(why, 200)
			return "Lifted: " + s.words(d.now()) + ".", d.book.Lift(ctx, id, c.Name, why)
		}
	}
	return "", fmt.Errorf("nothing in force has the ID %.40q: bans tells what there is", id)
}

func (d *desk) kick(ctx context.Context, _ *caller, o *Order) (string, error) {
	p, err := d.player(ctx, o.Who)
	if err != nil {
		return "", err
	}
	note := noted(ctx)
	note.Whom, note.Person, note.Room = p.Name, p.Person, p.Room
	reason := clean(o.Reason, 200)
	switch {
	case reason == "":
		return "", errors.New("there has to be a reason, which the player is told")
	case !p.Left.IsZero() || !d.house.Kick(p, reason):
		return "", fmt.Errorf("%s is not here any more", p.Name)
	}
	return p.Name + " has to go: " + reason, nil
}

func (d *desk) bans(_ context.Context, c *caller, _ *Order) (string, error) {
	var b strings.Builder
	all := d.book.InForce()
	for _, s := range all {
		if c.Role < Moderator {
			s.Network = hidden(s.Network)
		}
		fmt.Fprintf(&b, "%s  %s (by %s)\n", s.ID, s.words(d.now()), s.By)
	}
	return b.String() + count(len(all), "sanction is", "sanctions are") + " in force.", nil
}

// hidden is what a helper sees of a network.
func hidden(network string) string {
	if network == "" {
		return ""
	}
	return "a network"
}

func (d *desk) history(ctx context.Context, _ *caller, o *Order) (string, error) {
	p, err := d.player(ctx, o.Who)
	if err != nil {
		return "", err
	}
	if p.Person == "" {
		return "", fmt.Errorf("%s shows no device: nothing can be known of them", p.Name)
	}
	all, err := d.book.History(ctx, p.Person)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, s := range all {
		until := "for good"
		if !s.Until.IsZero() {
			until = "for " + spanText(s.Until.Sub(s.Began))
		}
		fmt.Fprintf(&b, "%s  %s %s as %s: %s (by %s)", s.Began.UTC().Format(time.DateTime), s.Kind, until, s.Name, s.Reason, s.By)
		if !s.Lifted.IsZero() {
			fmt.Fprintf(&b, ", lifted %s by %s %s", s.Lifted.UTC().Format(time.DateTime), s.LiftedBy, s.LiftWord)
		}
		b.WriteByte('\n')
	}
	return b.String() + p.Name + " had " + count(len(all), "sanction.", "sanctions."), nil
}

func (d *desk) find(ctx context.Context, _ *caller, o *Order) (string, error) {
	all, err := d.book.Find(ctx, o.Text)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, k := range all {
		fmt.Fprintf(&b, "%s  %-16s last here %s\n", k.Person, k.Name, k.LastSeen.UTC().Format(time.DateTime))
	}
	return b.String() + count(len(all), "person", "people") + " found.", nil
}
