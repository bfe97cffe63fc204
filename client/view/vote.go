package view

import (
	"ionwake/client/replica"
	"ionwake/client/view/words"
	"ionwake/shared/sim"
)

// ballot is the small panel of a vote under way.
type ballot struct {
	left  stamp
	count words.Line
	by    words.Line
}

// draw draws the vote, if there is one, and returns how much room it takes up.
func (v *ballot) draw(p *pane) float64 {
	vote := p.scene.Vote
	if vote == nil {
		return 0
	}
	r, u := p.f.vote(), p.f.unit
	ink := p.livery.warn
	panel(p.brush, r, u*0.8, inkPanel.solid(0.9), ink.light(0.7))
	p.glass.add(r, doNothing, sim.NoPlayer, 0)
	key, name := words.VoteKick, vote.Name
	if vote.Kind == replica.VoteMap {
		key, name = words.VoteMap, p.arenaName(name)
	}
	s := p.piece(key, name, 16*u, r.w-70*u)
	p.write(&s, r.x+14*u, r.y+22*u, left, inkText, ink, 1)
	p.text(v.left.get(upSeconds(vote.Left), clockText), r.x+r.w-14*u, r.y+22*u, 15*u, bold, right, ink.solid(1))
	by := v.by.Name(p.lang, words.VoteBy, shortName(vote.Caller, NameRunes))
	p.text(by, r.x+14*u, r.y+39*u, p.fit(by, 12*u, r.w*0.55, medium), medium, left, inkDim.solid(1))
	v.drawCount(p, vote, rectangle{r.x + r.w*0.62, r.y + 31*u, r.w*0.38 - 14*u, 9 * u})
	h := p.f.voteButton()
	foot := rectangle{r.x + 12*u, r.y + r.h - h - 8*u, r.w - 24*u, h}
	if vote.Voted {
		p.text(p.say(words.Voted), r.x+r.w/2, foot.y+foot.h/2+5*u, 14*u, medium, centre, inkText.solid(0.9))
		return r.h + 8*u
	}
	half := (foot.w - 8*u) / 2
	v.drawButton(p, rectangle{foot.x, foot.y, half, foot.h}, voteYes, words.Yes, doVoteYes, emblemYes, p.livery.good)
	v.drawButton(p, rectangle{foot.x + half + 8*u, foot.y, half, foot.h}, voteNo, words.No, doVoteNo, emblemNo, p.livery.bad)
	return r.h + 8*u
}

// drawCount draws yes votes against those needed, and no votes.
func (v *ballot) drawCount(p *pane, vote *replica.VoteView, r rectangle) {
	u := p.f.unit
	needed := max(1, vote.Needed)
	p.rect(r.x, r.y, r.w, r.h, inkFaint.solid(0.5))
	p.rect(r.x, r.y, r.w*between(float64(vote.Yes)/float64(needed), 0, 1), r.h, p.livery.good.solid(0.9))
	if vote.No > 0 {
		w := r.w * between(float64(vote.No)/float64(needed), 0, 1)
		p.rect(r.x+r.w-w, r.y+r.h*0.6, w, r.h*0.4, p.livery.bad.solid(0.95))
	}
	p.text(v.count.Numbers(p.lang, words.VoteCount, vote.Yes, needed), r.x+r.w, r.y+r.h+14*u, 11*u, medium, right, inkText.solid(0.9))
}

func (v *ballot) drawButton(p *pane, r rectangle, a action, k words.Key, d deed, e emblem, ink hue) {
	u := p.f.unit
	panel(p.brush, r, u*0.6, inkPanel.mix(ink, 0.14).solid(0.9), ink.light(0.6))
	p.press(r, d, 0)
	x, base, size := r.x+10*u, r.y+r.h/2+5*u, 14*u
	if p.device != touch {
		x += p.cap(p.label(a), x, base, 12*u, 1) + 8*u
	}
	p.emblem(e, x+6*u, base-5*u, 6*u, 0, ink.solid(1))
	p.text(p.say(k), x+18*u, base, size, bold, left, inkWhite.solid(1))
}
