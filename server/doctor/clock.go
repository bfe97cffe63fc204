package doctor

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// ClockConfig says with what a clock is compared. Zero values are not looked at.
type ClockConfig struct {
	Now   func() time.Time // time.Now
	Built time.Time        // when the program was made, before which it cannot run
	Data  string           // a folder whose files were not written in the future
	URL   string           // whose answers have a date (RFC 9110 section 6.6.1)
}

// Bounds of what a clock may be wrong by.
const (
	clockSlack = 2 * time.Minute // of files: shared folders and copies have other clocks
	clockWarn  = 5 * time.Second // of a server's date, which has whole seconds and a way to go
	clockFail  = time.Minute     // certificates and tickets are refused then
)

const clockRemedy = "let the machine set its clock: timedatectl set-ntp true"

// Clock looks whether the time of day can be true.
func Clock(ctx context.Context, cfg ClockConfig) Finding {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	now := cfg.Now()
	if late := cfg.Built.Sub(now); late > clockSlack {
		return fail("clock", fmt.Sprintf("it says %s, and this program was made %v later", stamp(now), rounded(late)), clockRemedy)
	}
	if name, when := newest(cfg.Data); when.Sub(now) > clockSlack {
		return fail("clock", fmt.Sprintf("it says %s, and %s was written %v later", stamp(now), name, rounded(when.Sub(now))), clockRemedy)
	}
	if cfg.URL == "" {
		return ok("clock", stamp(now)+", which its files do not contradict (--clock URL compares it with another machine's)")
	}
	theirs, err := date(ctx, cfg.URL)
	if err != nil {
		return warn("clock", "not compared with "+cfg.URL+": "+reason(err), "name another page with --clock")
	}
	off := cfg.Now().Sub(theirs)
	text := fmt.Sprintf("%v %s of %s", rounded(off.Abs()), way(off), cfg.URL)
	switch {
	case off.Abs() >= clockFail:
		return fail("clock", text, clockRemedy)
	case off.Abs() >= clockWarn:
		return warn("clock", text, clockRemedy)
	}
	return ok("clock", "as that of "+cfg.URL)
}

func way(off time.Duration) string {
	if off > 0 {
		return "ahead"
	}
	return "behind that"
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }

// rounded leaves out what nobody needs to know: a page's date has whole seconds.
func rounded(d time.Duration) time.Duration {
	if d >= 10*time.Minute {
		return d.Round(time.Minute)
	}
	return d.Round(time.Second)
}

// newest is the youngest file at the top of a folder.
func newest(dir string) (name string, when time.Time) {
	if dir == "" {
		return "", when
	}
	entries, _ := os.ReadDir(dir) // whether it can be read is another look
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.ModTime().After(when) {
			name, when = filepath.Join(dir, e.Name()), info.ModTime()
		}
	}
	return name, when
}

// date is the time of day at whoever answers url.
func date(ctx context.Context, url string) (time.Time, error) {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, url, nil)
	if err != nil {
		return time.Time{}, fmt.Errorf("ask %s: %w", url, err)
	}
	res, err := http.DefaultTransport.RoundTrip(req) // where it leads on does not matter
	if err != nil {
		return time.Time{}, err
	}
	defer res.Body.Close()
	t, err := http.ParseTime(res.Header.Get("Date"))
	if err != nil {
		return time.Time{}, fmt.Errorf("the answer has no date")
	}
	return t, nil
}
