package gate

import "time"

// bucket bounds how much may come: so many units a second, and as many at once as fit it. What was let through is a debt that time pays off.
type bucket struct {
	each time.Duration // that one unit takes to pay off
	most time.Duration // that may be owed
	paid time.Time     // when all is paid off
}

// newBucket makes one for rate units a second and burst at once, both at least 1.
func newBucket(rate, burst int) bucket {
	each := time.Second / time.Duration(rate)
	return bucket{each: each, most: time.Duration(burst) * each}
}

// has reports whether n units may come now.
func (b *bucket) has(n int, now time.Time) bool { return b.owed(n, now) <= b.most }

// owed is the debt with n more units.
func (b *bucket) owed(n int, now time.Time) time.Duration {
	return max(b.paid.Sub(now), 0) + time.Duration(n)*b.each
}

// take lets n units through, if they may come now.
func (b *bucket) take(n int, now time.Time) bool {
	owed := b.owed(n, now)
	if owed > b.most {
		return false
	}
	b.paid = now.Add(owed)
	return true
}
