package words

// Line is a sentence with a number or a name in it that is made once and kept
// until one of them, the sentence or the language changes: what stands on the
// screen makes no garbage. The zero Line is ready.
type Line struct {
	lang Language
	key  Key
	n, m int
	name string
	made bool
	text string
}

// Number returns the sentence of k with n in it.
func (c *Line) Number(l Language, k Key, n int) string {
	if c.stale(l, k, n, 0, "") {
		c.text = l.Fill(k, n)
	}
	return c.text
}

// Numbers returns the sentence of k with n and m in it.
func (c *Line) Numbers(l Language, k Key, n, m int) string {
	if c.stale(l, k, n, m, "") {
		c.text = l.Fill(k, n, m)
	}
	return c.text
}

// Count returns the sentence of k about n things.
func (c *Line) Count(l Language, k Key, n int) string {
	if c.stale(l, k, n, 1, "") {
		c.text = l.Count(k, n)
	}
	return c.text
}

// Name returns the sentence of k with a name in it.
func (c *Line) Name(l Language, k Key, name string) string {
	if c.stale(l, k, 0, 0, name) {
		c.text = l.Fill(k, name)
	}
	return c.text
}

// stale notes what the text is to be made of, and reports whether it has to be.
func (c *Line) stale(l Language, k Key, n, m int, name string) bool {
	if c.made && c.lang == l && c.key == k && c.n == n && c.m == m && c.name == name {
		return false
	}
	c.lang, c.key, c.n, c.m, c.name, c.made = l, k, n, m, name, true
	return true
}
