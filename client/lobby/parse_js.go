package lobby

import (
	"errors"
	"fmt"
	"syscall/js"
)

// parse reads the rows of an answer with the browser's JSON: a second reader would
// have to be downloaded.
func parse(data []byte) (rows []row, err error) {
	defer func() {
		if why := recover(); why != nil {
			err = fmt.Errorf("read the list of rooms: %v", why)
		}
	}()
	list := js.Global().Get("JSON").Call("parse", string(data))
	if !js.Global().Get("Array").Call("isArray", list).Bool() {
		return nil, errors.New("read the list of rooms: it is none")
	}
	for i := range min(list.Length(), mostRooms) {
		r := list.Index(i)
		if r.Type() != js.TypeObject {
			return nil, errors.New("read the list of rooms: one is none")
		}
		rows = append(rows, row{
			Name: text(r, "name"), Address: text(r, "address"), Room: text(r, "room"), Mode: text(r, "mode"), Map: text(r, "map"),
			Players: whole(r, "players"), Bots: whole(r, "bots"), Max: whole(r, "max"),
			Locked: r.Get("locked").Equal(js.ValueOf(true)),
		})
	}
	return rows, nil
}

// parseLadder reads standings.
func parseLadder(data []byte) (s standings, err error) {
	defer func() {
		if why := recover(); why != nil {
			err = fmt.Errorf("read the ladder: %v", why)
		}
	}()
	all := js.Global().Get("JSON").Call("parse", string(data))
	if list := all.Get("ladder"); js.Global().Get("Array").Call("isArray", list).Bool() {
		for i := range min(list.Length(), mostRungs) {
			s.Ladder = append(s.Ladder, rungFrom(list.Index(i)))
		}
	}
	if own := all.Get("career"); own.Type() == js.TypeObject {
		s.Career = rungFrom(own)
	}
	return s, nil
}

func rungFrom(r js.Value) rung {
	return rung{
		Rank: whole(r, "rank"), Person: text(r, "person"), Name: text(r, "name"), Games: whole(r, "games"), Wins: whole(r, "wins"),
		Score: whole(r, "score"), Best: whole(r, "best"), Kills: whole(r, "kills"), Deaths: whole(r, "deaths"), Seconds: whole(r, "seconds"),
	}
}

func text(r js.Value, key string) string {
	if v := r.Get(key); v.Type() == js.TypeString {
		return v.String()
	}
	return ""
}

func whole(r js.Value, key string) int {
	if v := r.Get(key); v.Type() == js.TypeNumber {
		return int(v.Float())
	}
	return 0
}
