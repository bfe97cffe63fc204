package room

import (
	"strings"
	"testing"
	"unicode/utf8"

	"ionwake/shared/wire"
)

// G19: names that look the same are not two people's, and other names are left alone.
func TestFault_G19_LookAlikes(t *testing.T) {
	for _, alike := range [][]string{
		{"Ann", "Аnn", "\uff21\uff4e\uff4e", "A n n", "Änn", "\u1d00nn", "\U0001d400nn", "ᎪNN"},
		{"Igor", "lgor", "1gor", "|gor", "\u0406gor", "IG0R", "igօr"},
		{"Marvin", "rnarvin", "Маrvіn", "marvin"},
		{"Wolf", "vvolf", "W0LF", "ԝоlf"},
		{"Ѕсорe", "Scope", "sсοpe"},
	} {
		for _, name := range alike[1:] {
			if skeleton(name) != skeleton(alike[0]) {
				t.Errorf("%q and %q look alike: %q, %q", alike[0], name, skeleton(alike[0]), skeleton(name))
			}
		}
		r := New(Config{Arena: arena(t, "closet"), MaxPlayers: 64})
		shapes := map[string]string{}
		for i, name := range alike {
			enter(t, r, name, i%2 == 1)
		}
		r.Tick()
		for _, s := range r.seats {
			if other, twice := shapes[skeleton(s.name)]; twice {
				t.Errorf("%q and %q are in one room", s.name, other)
			}
			if shapes[skeleton(s.name)] = s.name; utf8.RuneCountInString(s.name) > maxNameRunes || s.shape != skeleton(s.name) {
				t.Errorf("%q of shape %q", s.name, s.shape)
			}
		}
	}
	for _, other := range [][2]string{{"Ann", "Anna"}, {"Ivan", "Иван"}, {"Ann 2", "Ann 3"}, {"Ann 10", "Ann 11"}, {"Жора", "Жанна"}, {"太郎", "次郎"}, {"\U0001f680", "\U0001f44d"}} {
		if skeleton(other[0]) == skeleton(other[1]) {
			t.Errorf("%q and %q are one name: %q", other[0], other[1], skeleton(other[0]))
		}
	}
}

// G19: nobody plays under the name of those who run the server, however it is
// written; names that only hold such a word do not count.
func TestFault_G19_ReservedNames(t *testing.T) {
	for _, name := range []string{
		"server", "Server", "SERVER", " server ", "[Server]", "s e r v e r", "Ѕеrvеr", "serv\u0435r 2", "5erver", "The Server", "server_7",
		"admin", "Adm1n", "admin7", "4dm!n", "Admin!", "@dmin", "Admin-Bob", "АDMІN", "\uff41\uff44\uff4d\uff49\uff4e", "moderator", "rnoderator", "M0derat0r", "mod",
		"host", "Ηost", "IonWake", "lonwake", "s\u0301e\u0301rver",
	} {
		if !isReserved(CleanName(name)) {
			t.Errorf("%q passes", name)
		}
	}
	for _, name := range append([]string{"Ann", "Observer", "Ghost", "Hostile", "Modest", "Badminton", "Pilot", "Ion", "Wake", "Serveur", "Админ", "Host2host", "", "1", "!!!", "太郎"}, botNames[:]...) {
		if isReserved(CleanName(name)) {
			t.Errorf("%q is refused", name)
		}
	}
	r := New(Config{Arena: arena(t, "closet"), MaxPlayers: 4})
	eve := newGuest(t, r)
	eve.knock("Sеrvеr", false)
	r.Tick()
	if eve.closed != wire.CloseName || len(r.seats) > 0 && r.seats[0] != nil && strings.Contains(r.seats[0].name, "rv") {
		t.Errorf("closed with %d, seats %d", eve.closed, len(r.seats))
	}
}
