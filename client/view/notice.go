package view

import "time"

// notice is what stands over the world, or instead of it, when one is not
// playing: joining, lost, refused, or the menu in play.
type notice struct {
	choices choices
	retry   stamp
	wait    time.Duration // in Lost: the whole wait for the attempt that comes
	left    time.Duration // in Lost: what was left of it when last seen
	asked   bool          // Esc in play: the menu is open
	clock   float64
	words   string   // the message that rows were made from
	rows    []string // the message, broken
	broken  float64  // the width it was broken for
}

// order is what a player decided.
type order uint8

const (
	goOn order = iota // nothing
	resume
	leave
	tryAgain
)

const (
	labelResume = "Resume"
	labelLeave  = "Leave"
	labelRetry  = "Try now"
	labelAgain  = "Try again"
	labelMenu   = "Back to menu"
)

var orders = map[string]order{
	labelResume: resume, labelLeave: leave, labelRetry: tryAgain, labelAgain: tryAgain, labelMenu: leave,
}

// covers reports whether a dialog is open at this status.
func (n *notice) covers(s *Status) bool {
	return n.asked || !s.playing()
}

// step offers what fits the status and returns what the player decided.
func (n *notice) step(p *poll, f *frame, s *Status, dt float64) order {
	n.clock += dt
	n.await(s)
	switch s.Stage {
	case Joining:
		n.choices.offer(labelLeave)
	case Lost:
		if s.CanRetry {
			n.choices.offer(labelRetry, labelLeave)
		} else {
			n.choices.offer(labelLeave)
		}
	case Refused:
		if s.CanRetry {
			n.choices.offer(labelAgain, labelMenu)
		} else {
			n.choices.offer(labelMenu)
		}
	default:
		if !n.asked {
			return goOn
		}
		n.open()
	}
	foot := n.box(f, s)
	if !s.playing() {
		foot.h -= escRoom * f.unit
	}
	n.choices.row(foot, f.unit)
	if p.struck(back) {
		if s.playing() {
			return resume
		}
		return leave
	}
	if i := n.choices.step(p, dt); i != none {
		return orders[n.choices.labels[i]]
	}
	return goOn
}

// open opens the menu in play.
func (n *notice) open() {
	n.asked = true
	n.choices.offer(labelResume, labelLeave)
}

// await learns how long the wait for each attempt is: it begins anew when there
// is more left than a moment ago.
func (n *notice) await(s *Status) {
	if s.Stage != Lost {
		n.wait, n.left = 0, 0
		return
	}
	if s.RetryIn > n.left {
		n.wait = s.RetryIn
	}
	n.left = s.RetryIn
}

// escRoom is the height of the line below the buttons.
const escRoom = 18.0

// box is where the dialog stands.
func (n *notice) box(f *frame, s *Status) rectangle {
	switch {
	case s.Stage == Joining:
		return f.dialog(360, 210+escRoom)
	case s.Stage == Lost || s.Stage == Refused:
		return f.dialog(560, 236+escRoom)
	default:
		return f.dialog(460, 160)
	}
}

// draw draws the dialog.
func (n *notice) draw(b *brush, f *frame, s *Status) {
	u := f.unit
	r := n.box(f, s)
	x := f.width / 2
	b.rect(0, 0, f.width, f.height, inkSpace.solid(0.5))
	rim := inkIon.light(0.8)
	if s.Stage == Lost || s.Stage == Refused {
		rim = inkBad.light(0.9)
	}
	panel(b, r, u, inkPanel.solid(0.93), rim)
	head := func(text string, c hue) { b.text(text, x, r.y+44*u, 24*u, bold, centre, c.solid(1)) }
	switch s.Stage {
	case Joining:
		head("JOINING", inkIon)
		spinner(b, x, r.y+96*u, 22*u, n.clock)
	case Lost:
		head("CONNECTION LOST", inkBad)
		n.message(b, r, u, s.Message)
		b.text(n.retry.get(upSeconds(s.RetryIn), retryText), x, r.y+146*u, 18*u, bold, centre, inkIon.solid(1))
		countdown(b, r, u, n.share())
	case Refused:
		head("NOT ADMITTED", inkBad)
		n.message(b, r, u, s.Message)
	default:
		head("MENU", inkIon)
		words := "Your ship flies on without you."
		if s.Stage == Spectating {
			words = "The match goes on."
		}
		b.text(words, x, r.y+72*u, 15*u, medium, centre, inkDim.solid(1))
	}
	n.choices.draw(b, u)
	if !s.playing() {
		b.text("Esc leaves", x, r.y+r.h-16*u, 13*u, medium, centre, inkDim.solid(1))
	}
}

func retryText(seconds int) string {
	if seconds == 0 {
		return "Trying again now"
	}
	return "Trying again in " + number(seconds) + " s"
}

// message writes words for the player, in at most three rows.
func (n *notice) message(b *brush, r rectangle, u float64, words string) {
	width := r.w - 48*u
	if n.words != words || n.broken != width {
		n.words, n.broken, n.rows = words, width, n.rows[:0]
		for rest := words; rest != "" && len(n.rows) < 3; {
			var row string
			row, rest = breakLine(rest, func(s string) bool { return b.textWidth(s, 16*u, medium) <= width })
			n.rows = append(n.rows, row)
		}
	}
	for i, row := range n.rows {
		b.text(row, r.x+r.w/2, r.y+(78+22*float64(i))*u, 16*u, medium, centre, inkText.solid(1))
	}
}

// spinner turns: something is being waited for.
func spinner(b *brush, x, y, radius, t float64) {
	for i := range 3 {
		from := t*(2.2+float64(i)*0.7) + float64(i)*2.1
		k := radius * (1 - 0.26*float64(i))
		b.arc(beamShape, x, y, k, radius*0.42, from, from+1.7, inkIon.mix(inkWake, float32(i)/2).light(0.9))
	}
}

// share returns how much of the wait for the next attempt is left, 0 to 1.
func (n *notice) share() float64 {
	if n.wait <= 0 {
		return 0
	}
	return n.left.Seconds() / n.wait.Seconds()
}

// countdown shows the time to the next attempt as a line that shortens.
func countdown(b *brush, r rectangle, u, share float64) {
	w := (r.w - 80*u) * share
	x, y := r.x+r.w/2, r.y+160*u
	b.line(beamShape, x-w/2, y, x+w/2, y, 8*u, inkIon.light(0.8), inkIon.light(0.8))
}
