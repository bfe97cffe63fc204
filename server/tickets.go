package main

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"

	"ionwake/server/hall"
	"ionwake/server/room"
	"ionwake/server/ticket"
	"ionwake/shared/wire"
)

// tickets ask everybody who comes for a signed ticket.
type tickets struct {
	door   *ticket.Door
	person func(key []byte) room.PersonID
	log    *slog.Logger
	tells  *rate.Limiter // of the log
	unsaid atomic.Int64  // refusals that were not logged
}

// newTickets asks for tickets if the settings do, else it is nil.
func newTickets(set *settings, held book, log *slog.Logger) *tickets {
	if set.tokenKey == "" {
		return nil
	}
	cfg := ticket.Config{Keys: set.tokenKeys, Audience: set.audience, Log: log}
	if set.data != "" {
		cfg.File = filepath.Join(set.data, "tickets.used")
	}
	return &tickets{
		door: ticket.NewDoor(cfg), person: held.Person, log: log, tells: rate.NewLimiter(rate.Every(10*time.Second), 5),
	}
}

// close keeps what was used for the next server, as far as ctx allows.
func (t *tickets) close(ctx context.Context) {
	if t != nil {
		t.door.Close(ctx)
	}
}

// asked is t for the hall.
func (t *tickets) asked() hall.Tickets {
	if t == nil {
		return nil // and not one that is nil inside
	}
	return t
}

// reload takes up the keys of new settings. Whether tickets are asked for at all is another
// question, which a running server does not ask again.
func (t *tickets) reload(set *settings) {
	if t != nil && set.tokenKey != "" {
		t.door.SetKeys(set.tokenKeys)
	}
}

// Take implements hall.Tickets.
func (t *tickets) Take(text, roomName string) (b hall.Bearer, why hall.Refusal, ok bool) {
	bearer, err := t.door.Take(text, roomName)
	if err != nil {
		t.tell(err)
		return hall.Bearer{}, refusalOf(err), false
	}
	return hall.Bearer{Device: t.deviceOf(bearer.Subject), Name: bearer.Name, Return: func() { t.door.Return(bearer) }}, why, true
}

// deviceOf returns what stands for the device of whom a ticket names: longer than what any
// client can say, so that nobody passes for them where no tickets are asked for any more,
// and not to be foretold by who knows the name, so that what others are told of it does not
// tell who it is.
func (t *tickets) deviceOf(subject string) []byte {
	const mark = "ionwake ticket "
	person := t.person([]byte(mark + subject))
	return append([]byte(mark), person[:]...)
}

// refusalOf words what a ticket's bearer is told: no more than whether it came too late.
func refusalOf(err error) hall.Refusal {
	switch {
	case errors.Is(err, ticket.ErrBusy):
		return hall.Refusal{Reject: wire.Reject{Code: wire.CloseOverload, Message: "Very many people want in. Trying again.", RetryAfterMS: millisOf(crowdRetry)}}
	case errors.Is(err, ticket.ErrExpired):
		return hall.Refusal{Reject: wire.Reject{Code: wire.CloseDenied, Message: "Your ticket has expired. Get a new one from where you had it."}}
	}
	return hall.Refusal{
		Reject: wire.Reject{Code: wire.CloseDenied, Message: "Your ticket is not valid. Get a new one from where you had it."},
		Forged: errors.Is(err, ticket.ErrForged),
	}
}

// tell tells the host why somebody was not let in, as far as a flood of them allows.
func (t *tickets) tell(err error) {
	if !t.tells.Allow() {
		t.unsaid.Add(1)
		return
	}
	t.log.Info("ticket refused", "reason", err, "others_before", t.unsaid.Swap(0))
}

// checkTickets judges what tickets are believed.
func (f *serveFlags) checkTickets(s *settings) error {
	s.tokenKey, s.audience = f.TokenKey, f.TokenAudience
	if f.TokenKey == "" {
		if len(f.TokenAudience) > 0 {
			return usage("--token-audience is of the tickets that --token-key believes: give that too, or neither")
		}
		return nil
	}
	if len(s.audience) == 0 {
		s.audience = s.tls.hosts()
	}
	for _, name := range s.audience {
		if name == "" || len(name) > maxAudience || oneLine(name) != name {
			return badFlag("--token-audience", name, "it takes 1 to %d bytes of text on one line", maxAudience)
		}
	}
	if len(s.audience) == 0 {
		return usage("--token-key needs --token-audience too, what this server is called in the aud of a ticket, or --tls-domain: else a ticket for another server lets people in here")
	}
	var err error
	if s.tokenKeys, err = readKeys("--token-key", f.TokenKey, ticket.ParseKeys); err != nil {
		return err
	}
	return nil
}

const (
	maxAudience = 255      // bytes
	maxKeyFile  = 64 << 10 // bytes
)

// readKeys reads a file of keys. Errors name the flag.
func readKeys[K []ed25519.PublicKey | ed25519.PrivateKey](flag, path string, parse func([]byte) (K, error)) (K, error) {
	if err := checkReadable(flag, path); err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, badFlag(flag, path, "%v", cause(err))
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxKeyFile))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	keys, err := parse(data)
	if err != nil {
		return nil, badFlag(flag, path, "%v", err)
	}
	return keys, nil
}
