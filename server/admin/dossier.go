package admin

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// Archive is a Book that keeps results too: what is known of somebody is theirs to have,
// and to have deleted.
type Archive interface {
	// Export returns all that is known of a person, as text.
	Export(ctx context.Context, person string) (string, error)
	// Forget deletes it, but for sanctions in force, which stay without the name until they
	// are over. It returns when that cannot be lost any more.
	Forget(ctx context.Context, person string) error
}

var errNoArchive = errors.New("without --data nothing is kept of anybody")

// export tells all that is known of somebody, for them. The audit does not keep the name,
// which would outlive it.
func (d *desk) export(ctx context.Context, _ *caller, o *Order) (string, error) {
	archive, ok := d.book.(Archive)
	if !ok {
		return "", errNoArchive
	}
	p, err := d.player(ctx, o.Who)
	if err != nil {
		return "", err
	}
	note := noted(ctx)
	note.Whom, note.Person = "", p.Person
	if p.Person == "" {
		return "", fmt.Errorf("%s shows no device: nothing is known of them", p.Name)
	}
	return archive.Export(ctx, p.Person)
}

// forget deletes what is known of a person. A name is not enough: others may have the
// same one, and what is deleted is gone. The audit does not keep the name either.
func (d *desk) forget(ctx context.Context, _ *caller, o *Order) (string, error) {
	note := noted(ctx)
	note.Whom = ""
	person := strings.TrimSpace(o.Who)
	if !isPerson(person) {
		return "", errors.New("to forget somebody takes their 32 digits, as find tells them: a name may be another's")
	}
	note.Person = person
	archive, ok := d.book.(Archive)
	if !ok {
		return "", errNoArchive
	}
	words := ""
	if d.unreel != nil { // first: who is forgotten already can be forgotten again
		gone, unknown, err := d.unreel(ctx, person)
		if err != nil {
			return "", err
		}
		words = replayWords(gone, unknown)
	}
	if err := archive.Forget(ctx, person); err != nil {
		return "", err
	}
	return "What was known of " + person + " is deleted." + words + " If they play on, they are known again from then on.", nil
}

// isPerson reports whether text is how a person is written.
func isPerson(text string) bool {
	return len(text) == 32 && strings.Trim(text, "0123456789abcdef") == ""
}
