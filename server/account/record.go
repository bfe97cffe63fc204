package account

import (
	"encoding/json"
	"fmt"
	"time"
)

// record is one thing that must not be lost. One of the pointers is set.
type record struct {
	Match    *Match    `json:"match,omitempty"`
	Sanction *Sanction `json:"sanction,omitempty"`
	Lift     *lift     `json:"lift,omitempty"`
	Forget   *forget   `json:"forget,omitempty"`
}

// lift ends a sanction before its time.
type lift struct {
	ID   string    `json:"id"`
	By   string    `json:"by,omitempty"`
	Word string    `json:"word,omitempty"`
	At   time.Time `json:"at"`
}

// forget deletes a person.
type forget struct {
	Player Person    `json:"player"`
	At     time.Time `json:"at"`
}

// entry is a record on its way into the database.
type entry struct {
	seq   uint64 // place in the journal, from 1; 0: it is not in it yet
	rec   record
	since time.Time   // when it was accepted
	acked func(error) // called once; may be nil
}

// journalled is how an entry stands in the journal.
type journalled struct {
	Seq uint64 `json:"n"`
	record
}

func (e *entry) encode() ([]byte, error) {
	b, err := json.Marshal(journalled{e.seq, e.rec})
	if err != nil {
		return nil, fmt.Errorf("encode record %d: %w", e.seq, err)
	}
	return b, nil
}

func decodeEntry(b []byte) (*entry, error) {
	var j journalled
	if err := json.Unmarshal(b, &j); err != nil {
		return nil, fmt.Errorf("decode a record: %w", err)
	}
	if j.Seq == 0 || j.Match == nil && j.Sanction == nil && j.Lift == nil && j.Forget == nil {
		return nil, fmt.Errorf("record %d says nothing", j.Seq)
	}
	return &entry{seq: j.Seq, rec: j.record}, nil
}

// String names e in messages.
func (e *entry) String() string {
	switch r := &e.rec; {
	case r.Match != nil:
		return "match " + r.Match.ID
	case r.Sanction != nil:
		return string(r.Sanction.Kind) + " " + r.Sanction.ID
	case r.Lift != nil:
		return "lift of " + r.Lift.ID
	default:
		return "deletion of " + r.Forget.Player.String()
	}
}
