package admin

import "fmt"

// Role is what somebody who runs the server may do: all that the roles before it may,
// and more.
type Role uint8

// The roles.
const (
	Nobody    Role = iota
	Helper         // looks and mutes
	Moderator      // kicks and bans
	Host           // everything; outside it is called admin
)

var roleNames = [...]string{Nobody: "nobody", Helper: "helper", Moderator: "moderator", Host: "admin"}

// String returns the role's name, as ParseRole reads it.
func (r Role) String() string { return roleNames[r] }

// ParseRole reads the name of a role: helper, moderator or admin.
func ParseRole(text string) (Role, error) {
	for r := Helper; r <= Host; r++ {
		if roleNames[r] == text {
			return r, nil
		}
	}
	return Nobody, fmt.Errorf("there is no role %.40q: they are helper, moderator and admin", text)
}

// MarshalText writes r as String does.
func (r Role) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (r *Role) UnmarshalText(text []byte) (err error) {
	*r, err = ParseRole(string(text))
	return err
}
