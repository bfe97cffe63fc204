package admin

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// maxSay is how long an announcement may be, in letters: what a line of chat holds.
const maxSay = 200

var errNoSuchRoom = errors.New("there is no such room")

func (d *desk) say(_ context.Context, _ *caller, o *Order) (string, error) {
	text := clean(o.Text, 1024)
	if text == "" {
		return "", errors.New("there is nothing to say")
	}
	if n := len([]rune(text)); n > maxSay {
		return "", fmt.Errorf("that has %d letters: a line of chat holds %d", n, maxSay)
	}
	if !d.house.Announce(o.Room, text) {
		return "", errNoSuchRoom
	}
	d.chat.add(ChatLine{Time: d.now(), Room: o.Room, Text: text})
	return "Said: " + text, nil
}

// playNext takes ARENA or ARENA:MODE; without a mode it is the one that is played.
func (d *desk) playNext(_ context.Context, _ *caller, o *Order) (string, error) {
	arena, mode, _ := strings.Cut(strings.TrimSpace(o.Text), ":")
	if err := d.house.PlayNext(o.Room, strings.TrimSpace(arena), strings.TrimSpace(mode)); err != nil {
		return "", err
	}
	return "Next: " + o.Text, nil
}

func (d *desk) end(_ context.Context, _ *caller, o *Order) (string, error) {
	if !d.house.EndMatch(o.Room) {
		return "", errNoSuchRoom
	}
	return "The match ends.", nil
}

func (d *desk) rotation(ctx context.Context, c *caller, o *Order) (string, error) {
	if strings.TrimSpace(o.Text) == "" {
		return d.rooms(ctx, c, o)
	}
	var list []string
	for name := range strings.FieldsFuncSeq(o.Text, func(r rune) bool { return r == ',' || r == ' ' }) {
		list = append(list, name)
	}
	if err := d.house.SetRotation(list); err != nil {
		return "", err
	}
	return "Played in turn until the next start: " + strings.Join(list, ", "), nil
}

const off = "off"

func (d *desk) lockdown(_ context.Context, _ *caller, o *Order) (string, error) {
	text := strings.TrimSpace(o.Text)
	if text == "" {
		return d.limitWords(), nil
	}
	until := time.Time{}
	if text != off {
		span, err := parseSpan(text)
		if err != nil {
			return "", err
		}
		if until = Forever; span > 0 {
			until = d.now().Add(span).UTC()
		}
	}
	err := d.limit(func(l *Limits) { l.LockedUntil = until })
	return d.limitWords(), err
}

func (d *desk) quiet(_ context.Context, _ *caller, o *Order) (string, error) {
	text := strings.TrimSpace(o.Text)
	if text == "" {
		return d.limitWords(), nil
	}
	span := time.Duration(0)
	if text != off {
		var err error
		if span, err = parseSpan(text); err != nil {
			return "", err
		}
		if span == 0 || span > time.Hour {
			return "", errors.New("newcomers can be kept quiet for 1s to 1h")
		}
	}
	err := d.limit(func(l *Limits) { l.QuietFor = span })
	return d.limitWords(), err
}

func (d *desk) joins(_ context.Context, _ *caller, o *Order) (string, error) {
	text := strings.TrimSpace(o.Text)
	if text == "" {
		return d.limitWords(), nil
	}
	n := 0
	if text != off {
		var err error
		if n, err = strconv.Atoi(text); err != nil || n < 1 || n > 10_000 {
			return "", errors.New("it takes 1 to 10000 newcomers a minute, or off")
		}
	}
	err := d.limit(func(l *Limits) { l.JoinsPerMin = n })
	return d.limitWords(), err
}

// limitWords says what newcomers may not.
func (d *desk) limitWords() string {
	l, now := d.limitsNow(), d.now()
	var parts []string
	switch {
	case !now.Before(l.LockedUntil):
		parts = append(parts, "Newcomers get in.")
	case l.LockedUntil.Equal(Forever):
		parts = append(parts, "Nobody new gets in.")
	default:
		parts = append(parts, "Nobody new gets in for "+spanText(l.LockedUntil.Sub(now))+".")
	}
	if l.JoinsPerMin > 0 {
		parts = append(parts, fmt.Sprintf("At most %d a minute come in.", l.JoinsPerMin))
	}
	if l.QuietFor > 0 {
		parts = append(parts, "Who has just come cannot talk for "+spanText(l.QuietFor)+".")
	}
	return strings.Join(parts, " ")
}
