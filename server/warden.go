package main

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"

	"ionwake/server/admin"
	"ionwake/server/hall"
	"ionwake/server/room"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// warden stands at the doors of all rooms: it knows who is banned, who is muted, and
// what newcomers may not.
type warden struct {
	book  book
	heard func(admin.ChatLine)

	limits atomic.Pointer[admin.Limits]
	joins  atomic.Pointer[rate.Limiter] // nil: any number may come

	mu     sync.Mutex
	recent []visitor // the newest last
}

// visitor is somebody who took a seat.
type visitor struct {
	who  room.Who
	room string
	name string
	at   time.Time
}

// maxRecent is how many people are remembered who were here.
const maxRecent = 100

func newWarden(b book, heard func(admin.ChatLine)) *warden {
	w := &warden{book: b, heard: heard}
	w.limits.Store(&admin.Limits{})
	return w
}

// limit changes what newcomers may not.
func (w *warden) limit(l admin.Limits) {
	w.limits.Store(&l)
	if l.JoinsPerMin == 0 {
		w.joins.Store(nil)
		return
	}
	w.joins.Store(rate.NewLimiter(rate.Limit(float64(l.JoinsPerMin)/60), max(1, l.JoinsPerMin/4)))
}

// Person implements room.Guard.
func (w *warden) Person(device []byte) room.PersonID { return w.book.Person(device) }

// Barred implements room.Guard.
func (w *warden) Barred(who room.Who, newcomer bool) (why wire.Reject, barred bool) {
	now := time.Now()
	if s, banned := w.book.Sanctioned(admin.Ban, who); banned {
		return bannedWords(s, now), true
	}
	if !newcomer {
		return why, false
	}
	if l := w.limits.Load(); now.Before(l.LockedUntil) {
		return wire.Reject{
			Code: wire.CloseOverload, Message: wire.ShutWords,
			RetryAfterMS: millisOf(min(max(l.LockedUntil.Sub(now), time.Second), lockedRetry)),
		}, true
	}
	if joins := w.joins.Load(); joins != nil && !joins.Allow() {
		return wire.Reject{Code: wire.CloseOverload, Message: "Very many people want in. Trying again.", RetryAfterMS: millisOf(crowdRetry)}, true
	}
	return why, false
}

// How soon somebody tries again who does not get in.
const (
	lockedRetry = 30 * time.Second
	crowdRetry  = 5 * time.Second
)

// bannedWords tell somebody why they are out and until when.
func bannedWords(s admin.Sanction, now time.Time) wire.Reject {
	whom := "You are banned from this server"
	if s.Network != "" {
		whom = "Your network is banned from this server"
	}
	r := wire.Reject{Code: wire.CloseKicked, Message: fmt.Sprintf("%s: %s", whom, sentence(s.Reason))}
	if s.Until.IsZero() {
		return r
	}
	r.Message = fmt.Sprintf("%s until %s: %s", whom, untilText(s.Until, now), sentence(s.Reason))
	if left := s.Until.Sub(now); left < math.MaxUint32*time.Millisecond {
		r.RetryAfterMS = millisOf(left)
	}
	return r
}

// sentence ends words with a full stop, unless they have an end.
func sentence(words string) string {
	if strings.HasSuffix(words, ".") || strings.HasSuffix(words, "!") || strings.HasSuffix(words, "?") {
		return words
	}
	return words + "."
}

// untilText says when, for people wherever they are.
func untilText(t, now time.Time) string {
	switch left := t.Sub(now); {
	case left < time.Hour:
		return t.UTC().Format("15:04:05 UTC")
	case left < 20*time.Hour:
		return t.UTC().Format("15:04 UTC")
	default:
		return t.UTC().Format("2 January 2006, 15:04 UTC")
	}
}

func millisOf(t time.Duration) uint32 { return uint32(t/time.Millisecond) + 1 }

// Silenced implements room.Guard.
func (w *warden) Silenced(who room.Who, here sim.Tick) string {
	now := time.Now()
	if s, muted := w.book.Sanctioned(admin.Mute, who); muted {
		if s.Until.IsZero() {
			return "Nobody hears you: you are muted. " + sentence(s.Reason)
		}
		return fmt.Sprintf("Nobody hears you: you are muted until %s. %s", untilText(s.Until, now), sentence(s.Reason))
	}
	if quiet := w.limits.Load().QuietFor; quiet > 0 {
		if left := quiet - time.Duration(here)*time.Second/sim.TickRate; left > 0 {
			return fmt.Sprintf("Who has just come cannot talk yet. Wait %d s.", (left+time.Second-1)/time.Second)
		}
	}
	return ""
}

// Came implements room.Guard.
func (w *warden) Came(who room.Who, roomName, name string) {
	w.book.Seen(who, name)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.recent = slices.DeleteFunc(w.recent, func(v visitor) bool { return v.who.Tag == who.Tag })
	if n := len(w.recent); n >= maxRecent {
		w.recent = slices.Delete(w.recent, 0, n-maxRecent+1)
	}
	w.recent = append(w.recent, visitor{who, roomName, name, time.Now()})
}

// visitors returns who was here, the newest first.
func (w *warden) visitors() []visitor {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := slices.Clone(w.recent)
	slices.Reverse(list)
	return list
}

// Heard implements room.Guard.
func (w *warden) Heard(s room.Said) {
	w.heard(admin.ChatLine{Room: s.Room, Name: s.Name, Text: s.Text, Tag: tagText(s.Tag), Team: teamText(s.Team)})
}

func tagText(tag uint64) string { return fmt.Sprintf("%016x", tag) }

func teamText(t sim.Team) string {
	return [...]string{sim.NoTeam: "", sim.TeamIon: "Torus", sim.TeamEmber: "Wedge"}[t]
}

// recheck has every room ask again who may be in it.
func recheck(h *hall.Hall) { h.TellAll(func(r *room.Room) { r.Recheck() }) }
