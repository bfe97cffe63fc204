package view

import (
	"strconv"
	"time"
)

// numbers are the small numbers in words of digits, made once: what the screen
// shows in every frame must not make garbage in every frame.
var numbers = func() (n [1000]string) {
	for i := range n {
		n[i] = strconv.Itoa(i)
	}
	return n
}()

// number returns n in digits.
func number(n int) string {
	if n >= 0 && n < len(numbers) {
		return numbers[n]
	}
	return strconv.Itoa(n)
}

// stamp is a text made from a number and kept until the number changes.
type stamp struct {
	of   int
	text string
	made bool
}

// get returns the text for v.
func (s *stamp) get(v int, say func(int) string) string {
	if !s.made || s.of != v {
		s.of, s.text, s.made = v, say(v), true
	}
	return s.text
}

// clockText returns seconds as 3:07.
func clockText(seconds int) string {
	m, s := seconds/60, seconds%60
	if s < 10 {
		return number(m) + ":0" + number(s)
	}
	return number(m) + ":" + number(s)
}

// upSeconds returns d in whole seconds, rounded up: a countdown that shows 1
// until it is over.
func upSeconds(d time.Duration) int {
	return max(0, int((d+time.Second-1)/time.Second))
}

// shortName returns at most n runes of a name, whatever a server sends.
func shortName(name string, n int) string {
	seen := 0
	for i := range name {
		if seen == n {
			return name[:i]
		}
		seen++
	}
	return name
}
