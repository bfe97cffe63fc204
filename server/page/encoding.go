package page

import (
	"strconv"
	"strings"
)

// The content codings we have, by their registered names.
const (
	br       = "br"
	gz       = "gzip"
	identity = "identity"
)

// unlisted is the weight of identity when the client does not speak of it: it
// is acceptable, but anything that was asked for comes first. The smallest
// weight a client can give is 0.001.
const unlisted = 0.0001

// choose returns the coding with the highest weight in the Accept-Encoding
// lines (RFC 9110 section 12.5.3), and of equals the first. It is not ok when the
// client refuses all that there are. Without the header anything is allowed, but
// only identity is understood for certain.
func choose(lines, there []string) (coding string, ok bool) {
	weights := weigh(lines)
	best := 0.0
	for _, c := range there {
		weight, listed := weights[c]
		if !listed {
			weight, listed = weights["*"]
		}
		if !listed && c == identity {
			weight = unlisted
		}
		if weight > best {
			coding, best = c, weight
		}
	}
	return coding, coding != ""
}

// weigh reads the list. An element that cannot be understood counts as not
// said.
func weigh(lines []string) map[string]float64 {
	weights := map[string]float64{}
	for _, line := range lines {
		for element := range strings.SplitSeq(line, ",") {
			name, parameter, weighted := strings.Cut(element, ";")
			name = strings.ToLower(strings.TrimSpace(name))
			if name == "x-gzip" { // an older name of the same (RFC 9110 section 8.4.1.3)
				name = gz
			}
			weight, ok := 1.0, true
			if weighted {
				weight, ok = quality(parameter)
			}
			if ok && name != "" {
				weights[name] = weight
			}
		}
	}
	return weights
}

// quality reads "q=0.5": 0 to 1 with at most three digits after the point
// (RFC 9110 section 12.4.2).
func quality(parameter string) (float64, bool) {
	key, value, _ := strings.Cut(strings.TrimSpace(parameter), "=")
	if !strings.EqualFold(key, "q") || len(value) > len("0.000") {
		return 0, false
	}
	if strings.Trim(value, "0123456789.") != "" {
		return 0, false
	}
	q, err := strconv.ParseFloat(value, 64)
	return q, err == nil && q >= 0 && q <= 1
}
