package admin

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// mansion is a House that remembers what it was told.
type mansion struct {
	here, gone []Player
	did        []string
	limits     Limits
	refuse     error
}

func (m *mansion) note(format string, args ...any) {
	m.did = append(m.did, fmt.Sprintf(format, args...))
}

func (m *mansion) Players(context.Context) []Player { return slices.Clone(m.here) }
func (m *mansion) Recent() []Player                 { return slices.Clone(m.gone) }
func (m *mansion) Places(context.Context) []Place {
	return []Place{{Room: "main", Rotation: []string{"foundry:brawl", "closet:squads"}, Next: 1, Phase: "live", Left: 90, Match: 3}}
}
func (m *mansion) Arenas() []string { return []string{"closet", "foundry"} }
func (m *mansion) Modes() []string  { return []string{"brawl", "squads"} }
func (m *mansion) Kick(p Player, reason string) bool {
	m.note("kick %s: %s", p.Key, reason)
	return true
}
func (m *mansion) Recheck() { m.note("recheck") }
func (m *mansion) Announce(room, text string) bool {
	m.note("announce %s: %s", room, text)
	return room != "nowhere"
}
func (m *mansion) PlayNext(room, arena, mode string) error {
	m.note("next %s: %s %s", room, arena, mode)
	return m.refuse
}
func (m *mansion) EndMatch(room string) bool { m.note("end %s", room); return true }
func (m *mansion) SetRotation(list []string) error {
	m.note("rotation %v", list)
	return m.refuse
}
func (m *mansion) SetLimits(l Limits) { m.limits = l }

// ledger is a Book in memory.
type ledger struct {
	all    []Sanction
	refuse error
}

func (l *ledger) Punish(_ context.Context, s Sanction) (Sanction, error) {
	if l.refuse != nil {
		return Sanction{}, l.refuse
	}
	s.ID, s.Began = fmt.Sprintf("id%d", len(l.all)+1), noon
	l.all = append(l.all, s)
	return s, nil
}

func (l *ledger) Lift(_ context.Context, id, by, why string) error {
	for i := range l.all {
		if s := &l.all[i]; s.ID == id {
			s.Lifted, s.LiftedBy, s.LiftWord = noon, by, why
			return nil
		}
	}
	return errors.New("unknown")
}

func (l *ledger) InForce() (list []Sanction) {
	for _, s := range l.all {
		if s.Lifted.IsZero() {
			list = append(list, s)
		}
	}
	return list
}

func (l *ledger) History(_ context.Context, person string) (list []Sanction, err error) {
	for _, s := range l.all {
		if s.Person == person {
			list = append(list, s)
		}
	}
	return list, nil
}

func (l *ledger) Find(context.Context, string) ([]Known, error) {
	return []Known{{Person: adas, Name: "Ada", LastSeen: noon}}, nil
}

const (
	adas = "0123456789abcdef0123456789abcdef"
	bobs = "00000000000000000000000000000b0b"
)

// office is a desk with what is behind it.
type office struct {
	*desk
	t      *testing.T
	house  *mansion
	ledger *ledger
}

func newOffice(t *testing.T, dir string) *office {
	t.Helper()
	o := &office{t: t, ledger: &ledger{}, house: &mansion{
		here: []Player{
			{Key: "main/0/aaaa", Room: "main", Name: "Ada", Person: adas, Network: "203.0.113.7/32"},
			{Key: "main/1/bbbb", Room: "main", Name: "Bob", Person: bobs},
			{Key: "den/0/cccc", Room: "den", Name: "Bob 2", Network: "198.51.100.1/32"},
		},
		gone: []Player{{Key: "gone/dddd", Name: "Cyd", Person: strings.Repeat("c", 32), Left: noon}},
	}}
	d, err := openDesk(DeskConfig{House: o.house, Book: o.ledger, Data: dir}, slog.New(slog.DiscardHandler), func() time.Time { return noon })
	if err != nil {
		t.Fatal(err)
	}
	o.desk = d
	return o
}

// line has a line of the console obeyed.
func (o *office) line(r Role, line string) (string, error) {
	o.t.Helper()
	order, err := o.parseLine(line)
	if err != nil {
		return "", err
	}
	return o.obey(o.t.Context(), &caller{Grant: Grant{Role: r, Name: r.String()}, from: "this machine"}, order)
}

// lines of every command, each of which can be obeyed.
var everything = map[string]string{
	"players": "players", "rooms": "rooms", "bans": "bans", "history": "history Ada", "career": "career Ada", "find": "find A",
	"mute": "mute Ada 1h shouts", "unmute": "unmute Ada", "kick": "kick Ada rude", "ban": "ban Ada 1h rude", "netban": "netban Ada 1h rude",
	"lift": "lift id1 sorry", "say": "say hello", "map": "map closet:squads", "end": "end", "rotation": "rotation closet, foundry:squads",
	"lockdown": "lockdown 10m", "quiet": "quiet 1m", "joins": "joins 20", "invite": "invite helper Hal 2h", "sessions": "sessions",
	"signout": "signout 0123456789", "audit": "audit", "export": "export Ada", "forget": "forget " + adas,
}

// Each role may do what is its own and nothing else, and what it tried is written down.
func TestRolesMay(t *testing.T) {
	for _, k := range commands() {
		line, ok := everything[k.name]
		if !ok {
			t.Errorf("no line for %s", k.name)
		}
		for _, r := range []Role{Nobody, Helper, Moderator, Host} {
			o := newOffice(t, "")
			o.ledger.all = []Sanction{{ID: "id1", Kind: Mute, Person: adas, Name: "Ada", Reason: "shouts", By: "x"}}
			before := len(o.ledger.all)
			_, err := o.line(r, line)
			if may := r >= k.role; errors.Is(err, errMayNot) == may {
				t.Errorf("%s as %s: got %v", line, r, err)
			}
			deeds, _ := o.audit.newest.since(0)
			if r < k.role {
				if len(o.house.did) > 0 || len(o.ledger.all) != before || !o.ledger.all[0].Lifted.IsZero() || o.house.limits != (Limits{}) {
					t.Errorf("%s as %s: did it all the same: %v", line, r, o.house.did)
				}
				if len(deeds) != 1 || deeds[0].Failed == "" || deeds[0].Do != k.name {
					t.Errorf("%s as %s: the audit has %+v", line, r, deeds)
				}
			} else if (len(deeds) == 1) != k.acts {
				t.Errorf("%s as %s: the audit has %+v", line, r, deeds)
			}
		}
	}
}

func TestBanIsToldWholeToBookAndAudit(t *testing.T) {
	o := newOffice(t, "")
	words, err := o.line(Moderator, `ban "ada" 2d Flies   through walls.`)
	if err != nil || !strings.Contains(words, "Ada is banned for 2d00h: Flies through walls (id1)") {
		t.Errorf("got %q, %v", words, err)
	}
	want := Sanction{ID: "id1", Kind: Ban, Person: adas, Name: "Ada", Reason: "Flies through walls.", By: "moderator", Began: noon, Until: noon.Add(48 * time.Hour)}
	if len(o.ledger.all) != 1 || o.ledger.all[0] != want {
		t.Errorf("the book has %+v", o.ledger.all)
	}
	if !slices.Equal(o.house.did, []string{"recheck"}) {
		t.Errorf("the house was told %v", o.house.did)
	}
	deeds, _ := o.audit.newest.since(0)
	if d := deeds[0]; d.Name != "moderator" || d.Do != "ban" || d.Whom != "Ada" || d.Person != adas || d.Room != "main" || d.Reason != "Flies through walls." || !d.Until.Equal(want.Until) || d.Failed != "" || d.From != "this machine" {
		t.Errorf("the audit has %+v", d)
	}
	if _, err := o.line(Moderator, "ban Ada forever again"); err != nil || !o.ledger.all[1].Until.IsZero() {
		t.Errorf("for good: %+v, %v", o.ledger.all, err)
	}
}

func TestNetban(t *testing.T) {
	o := newOffice(t, "")
	if _, err := o.line(Moderator, "netban Ada forever floods"); err != nil {
		t.Fatal(err)
	}
	if got := o.ledger.all; len(got) != 2 || got[0].Person != adas || got[1].Network != "203.0.113.7/32" || got[1].Person != "" || got[1].Until.IsZero() {
		t.Errorf("got %+v, want the person for good and the network for a time", got)
	}
	if _, err := o.line(Moderator, "netban main/1 1h floods"); err == nil || !strings.Contains(err.Error(), "not known") {
		t.Errorf("a network that nobody knows: %v", err)
	}
	// One without a device cannot be known again but by the network.
	if _, err := o.line(Moderator, `ban "Bob 2" 1h floods`); err == nil || !strings.Contains(err.Error(), "no device") {
		t.Errorf("no device: %v", err)
	}
	if _, err := o.line(Moderator, `netban "Bob 2" 1h floods`); err != nil || len(o.ledger.all) != 3 {
		t.Errorf("no device, but a network: %v", err)
	}
}

func TestWhoIsMeant(t *testing.T) {
	o := newOffice(t, "")
	for _, c := range []struct{ who, want, wrong string }{
		{"main/0/aaaa", "Ada", ""}, {"main/0", "Ada", ""}, {adas, "Ada", ""}, {"ADA", "Ada", ""}, {"ad", "Ada", ""},
		{"bob", "Bob", ""}, {"bob 2", "Bob 2", ""}, {"bo", "", "may be Bob in main/1 or Bob 2 in den/0"},
		{"Cyd", "Cyd", ""}, {"gone", "Cyd", ""}, {strings.Repeat("e", 32), "", ""}, {"Zoe", "", "nobody here"}, {" ", "", "has to be"},
		{"main/0/aaab", "", "nobody here"}, {"main", "", "may be"},
	} {
		p, err := o.player(t.Context(), c.who)
		if c.wrong == "" && err != nil || c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)) || p.Name != c.want {
			t.Errorf("%q: got %q, %v", c.who, p.Name, err)
		}
	}
}

func TestHelperMutesForADayAtMost(t *testing.T) {
	o := newOffice(t, "")
	for span, may := range map[string]bool{"1d": true, "24h": true, "25h": false, "2d": false, "forever": false} {
		if _, err := o.line(Helper, "mute Ada "+span+" shouts"); (err == nil) != may {
			t.Errorf("%s: %v", span, err)
		}
	}
	if _, err := o.line(Moderator, "mute Ada forever shouts"); err != nil {
		t.Error(err)
	}
	if len(o.house.did) != 0 {
		t.Errorf("a mute throws out: %v", o.house.did)
	}
	if _, err := o.line(Helper, "unmute Ada"); err != nil || len(o.ledger.InForce()) != 0 {
		t.Errorf("unmute: %v, %v", err, o.ledger.InForce())
	}
	if _, err := o.line(Helper, "unmute Ada"); err == nil {
		t.Error("who is not muted is unmuted")
	}
}

func TestConsoleReadsLines(t *testing.T) {
	o := newOffice(t, "")
	for _, c := range []struct {
		line string
		want Order
	}{
		{"  KICK  Ada   rude  ", Order{Do: "kick", Who: "Ada", Reason: "rude"}},
		{`ban "Bob 2" 1h be gone`, Order{Do: "ban", Who: "Bob 2", For: "1h", Reason: "be gone"}},
		{"say #den hello there", Order{Do: "say", Room: "den", Text: "hello there"}},
		{"say hello #den", Order{Do: "say", Text: "hello #den"}},
		{"end #den", Order{Do: "end", Room: "den"}},
		{"lockdown", Order{Do: "lockdown"}},
		{"", Order{Do: "help"}},
		{"help me", Order{Do: "help"}},
	} {
		if got, err := o.parseLine(c.line); err != nil || got != c.want {
			t.Errorf("%q: got %+v, %v", c.line, got, err)
		}
	}
	for line, wrong := range map[string]string{
		"kick": "kick PLAYER REASON", "kick Ada": "kick PLAYER REASON", "ban Ada": "ban PLAYER TIME REASON", "end now": "end [#ROOM]",
		"players all": "it is: players", "bann Ada 1h x": "did you mean ban", "\x00": "no command",
	} {
		if got, err := o.parseLine(line); err == nil || !strings.Contains(err.Error(), wrong) {
			t.Errorf("%q: got %+v, %v, want %q", line, got, err, wrong)
		}
	}
}

func TestSpans(t *testing.T) {
	day := 24 * time.Hour
	for text, want := range map[string]time.Duration{
		"1s": time.Second, "90s": 90 * time.Second, "2h30m": 150 * time.Minute, "1d": day, "2w": 14 * day, "FOREVER": 0, "7D": 7 * day, "3650d": 3650 * day,
	} {
		if got, err := parseSpan(text); err != nil || got != want {
			t.Errorf("%q: got %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "0", "0s", "-1h", "1", "d", "1.5d", "0d", "-2d", "9999d", "1e9h", "1dd", "1d2", "soon", "1d d", "999999h", "\x00d"} {
		if got, err := parseSpan(text); err == nil {
			t.Errorf("%q: got %v", text, got)
		}
	}
}

func TestLimitsOutliveTheServer(t *testing.T) {
	dir := t.TempDir()
	o := newOffice(t, dir)
	for _, line := range []string{"lockdown 10m", "quiet 30s", "joins 12"} {
		if _, err := o.line(Host, line); err != nil {
			t.Fatal(err)
		}
	}
	want := Limits{LockedUntil: noon.Add(10 * time.Minute), JoinsPerMin: 12, QuietFor: 30 * time.Second}
	if o.house.limits != want {
		t.Errorf("the house has %+v", o.house.limits)
	}
	if o = newOffice(t, dir); o.house.limits != want {
		t.Errorf("after a restart the house has %+v", o.house.limits)
	}
	for _, line := range []string{"lockdown off", "quiet off", "joins off"} {
		if _, err := o.line(Host, line); err != nil {
			t.Fatal(err)
		}
	}
	if o.house.limits != (Limits{}) {
		t.Errorf("off: %+v", o.house.limits)
	}
	for _, line := range []string{"lockdown soon", "quiet forever", "quiet 2h", "joins 0", "joins many", "joins 20000"} {
		if _, err := o.line(Host, line); err == nil || o.house.limits != (Limits{}) {
			t.Errorf("%s: %v, %+v", line, err, o.house.limits)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, limitsName), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if o = newOffice(t, dir); o.house.limits != (Limits{}) {
		t.Errorf("a damaged file: %+v", o.house.limits)
	}
}

func TestAuditOnlyGrows(t *testing.T) {
	dir := t.TempDir()
	o := newOffice(t, dir)
	for range 3 {
		if _, err := o.line(Moderator, "kick Ada rude"); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, auditName)
	whole, err := os.ReadFile(path)
	if err != nil || strings.Count(string(whole), "\n") != 3 {
		t.Fatalf("%q, %v", whole, err)
	}
	// A crash has cut the last line short.
	if err := os.WriteFile(path, whole[:len(whole)-10], 0o600); err != nil {
		t.Fatal(err)
	}
	o = newOffice(t, dir)
	if _, err := o.line(Moderator, "kick Bob rude"); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var good []Deed
	for line := range strings.Lines(string(text)) {
		var d Deed
		if json.Unmarshal([]byte(line), &d) == nil {
			good = append(good, d)
		}
	}
	if len(good) != 3 || good[2].Whom != "Bob" || good[2].Reason != "rude" || good[2].Time.IsZero() {
		t.Errorf("kept %+v", good)
	}
	if deeds, _ := newOffice(t, dir).audit.newest.since(0); len(deeds) != 3 {
		t.Errorf("a restart knows of %d", len(deeds))
	}
}

// What the disk refuses is done all the same, and whoever did it is told.
func TestDiskRefusesTheAudit(t *testing.T) {
	dir := t.TempDir()
	o := newOffice(t, dir)
	if err := os.Mkdir(filepath.Join(dir, auditName), 0o700); err != nil {
		t.Fatal(err)
	}
	words, err := o.line(Moderator, "kick Ada rude")
	if err != nil || !strings.Contains(words, "could not be written down") || len(o.house.did) != 1 {
		t.Errorf("got %q, %v, %v", words, err, o.house.did)
	}
}

func TestBookRefuses(t *testing.T) {
	o := newOffice(t, "")
	o.ledger.refuse = errors.New("the disk is full")
	if words, err := o.line(Moderator, "ban Ada 1h rude"); err == nil || words != "" || len(o.house.did) != 0 {
		t.Errorf("got %q, %v, %v", words, err, o.house.did)
	}
	if deeds, _ := o.audit.newest.since(0); len(deeds) != 1 || deeds[0].Failed != "the disk is full" {
		t.Errorf("the audit has %+v", deeds)
	}
}

func TestInviteIsNotInTheAudit(t *testing.T) {
	dir := t.TempDir()
	o := newOffice(t, dir)
	words, err := o.line(Host, `invite moderator "Mia B" 2h`)
	if err != nil {
		t.Fatal(err)
	}
	_, secret, ok := strings.Cut(words, "#")
	if g, err := o.vault.redeem(strings.TrimSpace(secret)); !ok || err != nil || g.Role != Moderator || g.Name != "Mia B" {
		t.Errorf("%q: %+v, %v", words, g, err)
	}
	if text, err := os.ReadFile(filepath.Join(dir, auditName)); err != nil || strings.Contains(string(text), secret) || !strings.Contains(string(text), "Mia B") {
		t.Errorf("the audit has %q, %v", text, err)
	}
	for _, line := range []string{"invite root Eve", "invite admin", "invite admin Eve forever", "invite admin Eve 60d"} {
		if words, err := o.line(Host, line); err == nil {
			t.Errorf("%s: %q", line, words)
		}
	}
}

func TestSignOut(t *testing.T) {
	o := newOffice(t, "")
	secret, page, err := o.vault.open(Grant{Role: Moderator, Name: "Mia"}, true)
	if err != nil {
		t.Fatal(err)
	}
	id := hashOf(secret)[:shortID]
	if words, err := o.line(Host, "sessions"); err != nil || !strings.Contains(words, id) || strings.Contains(words, secret) {
		t.Errorf("%q, %v", words, err)
	}
	if _, err := o.line(Host, "signout "+id[:3]); err == nil {
		t.Error("three digits are enough")
	}
	if _, err := o.line(Host, "signout "+id); err != nil {
		t.Error(err)
	}
	if _, ok := o.vault.session(secret, page); ok {
		t.Error("still signed in")
	}
}
