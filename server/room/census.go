package room

// census counts people, each of whom may have many seats: those of one device are
// one person, those of one network are, and so are those that are it by way of
// others. It keeps its memory.
type census struct {
	devices  map[uint64]int
	networks map[string]int
	heads    []head
}

// head is one seat counted.
type head struct {
	of  int // a head that is the same person; its own place: it stands for the person
	say ballot
}

func (c *census) begin() {
	if c.devices == nil {
		c.devices, c.networks = make(map[uint64]int), make(map[string]int)
	}
	clear(c.devices)
	clear(c.networks)
	c.heads = c.heads[:0]
}

// add counts a seat.
func (c *census) add(who person, say ballot) {
	me := len(c.heads)
	c.heads = append(c.heads, head{me, say})
	if o, known := c.devices[who.tag]; known {
		c.join(o, me)
	}
	c.devices[who.tag] = me
	if who.peer == "" {
		return
	}
	if o, known := c.networks[who.peer]; known {
		c.join(o, me)
	}
	c.networks[who.peer] = me
}

// join makes two heads one person, who says the larger of what both said.
func (c *census) join(a, b int) {
	a, b = c.first(a), c.first(b)
	if a == b {
		return
	}
	c.heads[b].of = a
	c.heads[a].say = max(c.heads[a].say, c.heads[b].say)
}

// first returns the head that stands for the person of i.
func (c *census) first(i int) int {
	for c.heads[i].of != i {
		c.heads[i].of = c.heads[c.heads[i].of].of // half as far for the next who asks
		i = c.heads[i].of
	}
	return i
}

// result returns how many people there are and what they say.
func (c *census) result() (people, yeses, noes int) {
	for i := range c.heads {
		if c.heads[i].of != i {
			continue
		}
		people++
		switch c.heads[i].say {
		case yes:
			yeses++
		case no:
			noes++
		}
	}
	return people, yeses, noes
}
