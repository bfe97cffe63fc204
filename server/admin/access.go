package admin

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// invite takes ROLE NAME [TIME] and answers with the secret of a link.
func (d *desk) invite(ctx context.Context, _ *caller, o *Order) (string, error) {
	note := noted(ctx)
	word, rest := cutWord(o.Text)
	role, err := ParseRole(word)
	if err != nil {
		return "", err
	}
	name, rest := cutWord(rest)
	if name = clean(name, maxWho); name == "" {
		return "", errors.New("it is: invite ROLE NAME [TIME]; the name is what the audit calls them")
	}
	life := LinkLife
	if rest = strings.TrimSpace(rest); rest != "" {
		if life, err = parseSpan(rest); err != nil {
			return "", err
		}
	}
	if life <= 0 || life > MaxLinkLife {
		return "", fmt.Errorf("a link is good for %s at most", spanText(MaxLinkLife))
	}
	secret, err := d.vault.link(Grant{Role: role, Name: name, Until: d.now().Add(life)})
	if err != nil {
		return "", err
	}
	note.Whom, note.Text = name, role.String()
	return "Send this to " + name + " alone; it signs in one " + role.String() + ", once, within " + spanText(life) + ", put behind this page's address:\n/#" + secret, nil
}

// sessionLine is a session for those who look at them.
type sessionLine struct {
	ID    string    `json:"id"` // first digits of its hash
	Name  string    `json:"name"`
	Role  Role      `json:"role"`
	Began time.Time `json:"began"`
	Until time.Time `json:"until"`
	Own   bool      `json:"own,omitempty"`
}

const shortID = 10 // digits

func (d *desk) sessionList(c *caller) []sessionLine {
	list := []sessionLine{}
	for hash, g := range d.vault.list() {
		list = append(list, sessionLine{hash[:shortID], g.Name, g.Role, g.Began, g.Until, hash == c.session})
	}
	slices.SortFunc(list, func(a, b sessionLine) int {
		if c := b.Began.Compare(a.Began); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	return list
}

func (d *desk) sessions(_ context.Context, c *caller, _ *Order) (string, error) {
	var b strings.Builder
	list := d.sessionList(c)
	for _, s := range list {
		fmt.Fprintf(&b, "%s  %-9s %-16s since %s, until %s\n", s.ID, s.Role, s.Name, s.Began.UTC().Format(time.DateTime), s.Until.UTC().Format(time.DateTime))
	}
	return b.String() + count(len(list), "session.", "sessions."), nil
}

func (d *desk) signOut(ctx context.Context, _ *caller, o *Order) (string, error) {
	id := strings.TrimSpace(o.Text)
	for hash, g := range d.vault.list() {
		if len(id) >= shortID && strings.HasPrefix(hash, id) {
			noted(ctx).Whom = g.Name
			d.vault.end(hash)
			return g.Name + " is signed out.", nil
		}
	}
	return "", fmt.Errorf("no session begins with %.40q: sessions tells them", id)
}

func (d *desk) deeds(context.Context, *caller, *Order) (string, error) {
	list, _ := d.audit.newest.since(0)
	var b strings.Builder
	for _, e := range list[max(0, len(list)-50):] {
		fmt.Fprintf(&b, "%s  %s (%s) %s %s %s %s %s\n", e.Time.Format(time.DateTime), e.Name, e.Role, e.Do, e.Whom, e.Text, e.Reason, e.Failed)
	}
	return b.String() + count(len(list), "deed.", "deeds."), nil
}
