package view

import (
	"math"
	"testing"

	"ionwake/client/view/settings"
)

// vision is how somebody sees colours: a matrix over linear light. Those of the
// colour blindnesses are of Machado, Oliveira and Fernandes, "A physiologically-
// based model for simulation of color vision deficiency" (2009), severity 1.
type vision struct {
	name   string
	matrix [9]float64
}

var (
	common = vision{"common", [9]float64{1, 0, 0, 0, 1, 0, 0, 0, 1}}
	protan = vision{"protan", [9]float64{0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998}}
	deutan = vision{"deutan", [9]float64{0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881}}
	tritan = vision{"tritan", [9]float64{1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900}}
)

// sees returns what is seen of c as a place in Oklab (Ottosson, 2020), where
// distances are about those that are felt: 0.02 can just be noticed.
func (v *vision) sees(c hue) [3]float64 {
	r, g, b := linear(c.r), linear(c.g), linear(c.b)
	m := &v.matrix
	clip := func(x float64) float64 { return min(1, max(0, x)) }
	r, g, b = clip(m[0]*r+m[1]*g+m[2]*b), clip(m[3]*r+m[4]*g+m[5]*b), clip(m[6]*r+m[7]*g+m[8]*b)
	l := math.Cbrt(0.4122214708*r + 0.5363325363*g + 0.0514459929*b)
	k := math.Cbrt(0.2119034982*r + 0.6806995451*g + 0.1073969566*b)
	s := math.Cbrt(0.0883024619*r + 0.2817188376*g + 0.6299787005*b)
	return [3]float64{
		0.2104542553*l + 0.7936177850*k - 0.0040720468*s,
		1.9779984951*l - 2.4285922050*k + 0.4505937099*s,
		0.0259040371*l + 0.7827717662*k - 0.8086757660*s,
	}
}

// apart returns how far two colours look from each other.
func (v *vision) apart(a, b hue) float64 {
	p, q := v.sees(a), v.sees(b)
	return math.Sqrt((p[0]-q[0])*(p[0]-q[0]) + (p[1]-q[1])*(p[1]-q[1]) + (p[2]-q[2])*(p[2]-q[2]))
}

func linear(v float32) float64 {
	if v <= 0.04045 {
		return float64(v) / 12.92
	}
	return math.Pow((float64(v)+0.055)/1.055, 2.4)
}

// How far apart colours must look: sides at a glance, the rest when one looks.
const (
	leastSides = 0.18
	leastRest  = 0.10
)

// mixedUp returns the pairs of a palette that somebody mixes up.
func mixedUp(p *palette, v *vision) (pairs []string) {
	for _, pair := range []struct {
		name  string
		a, b  hue
		least float64
	}{
		{"own and foe", p.own, p.foe, leastSides}, {"ally and foe", p.ally, p.foe, leastSides},
		{"own and ally", p.own, p.ally, leastRest}, {"own and nobody's", p.own, p.neutral, leastRest},
		{"ally and nobody's", p.ally, p.neutral, leastRest}, {"foe and nobody's", p.foe, p.neutral, leastRest},
		{"own and warning", p.own, p.warn, leastRest}, {"ally and warning", p.ally, p.warn, leastRest},
		{"foe and warning", p.foe, p.warn, leastRest}, {"nobody's and warning", p.neutral, p.warn, leastRest},
		{"own and danger", p.own, p.bad, leastRest}, {"ally and danger", p.ally, p.bad, leastRest},
		{"ally and wall", p.ally, p.wall, leastRest}, {"foe and wall", p.foe, p.wall, leastRest},
		{"own and wall", p.own, p.wall, leastRest},
	} {
		if v.apart(pair.a, pair.b) < pair.least {
			pairs = append(pairs, pair.name)
		}
	}
	for _, o := range p.others {
		if v.apart(p.own, o) < leastRest {
			pairs = append(pairs, "own and others")
		}
	}
	return pairs
}

// eyesOf is whom a palette is for.
var eyesOf = map[string][]*vision{
	"standard": {&common, &protan, &deutan, &tritan},
	"deutan":   {&common, &deutan},
	"protan":   {&common, &protan},
	"tritan":   {&common, &tritan},
	"contrast": {&common, &protan, &deutan, &tritan},
}

func TestPalettesAreToldApart(t *testing.T) {
	if len(palettes) != len(settings.Palettes) || len(dyes) != len(settings.Dyes) || int(flashNone)+1 != len(settings.Flashes) {
		t.Fatal("the settings name other palettes, colours or limits than there are")
	}
	for i, name := range settings.Palettes {
		p := &palettes[i]
		for _, v := range eyesOf[name] {
			for _, pair := range mixedUp(p, v) {
				t.Errorf("%s, seen by %s eyes: %s are mixed up", name, v.name, pair)
			}
		}
		least := 4.5
		if name == "contrast" {
			least = 6.5
		}
		for what, c := range map[string]hue{"own": p.own, "ally": p.ally, "foe": p.foe, "nobody's": p.neutral, "warning": p.warn, "danger": p.bad, "good": p.good} {
			if c := (luminance(c) + 0.05) / (luminance(inkSpace) + 0.05); c < least {
				t.Errorf("%s: %s has a contrast of %.1f with the dark, want %g", name, what, c, least)
			}
		}
	}
}

// TestBadPalettesAreFound looks at pairs that are known to be mixed up.
func TestBadPalettesAreFound(t *testing.T) {
	for _, tt := range []struct {
		name     string
		own, foe hue
		by       *vision
	}{
		{"green and orange", hex(0x6fbf3a), hex(0xd88a2e), &deutan},
		{"red and dark green", hex(0xb03a30), hex(0x4c6420), &protan},
		{"blue and green", hex(0x3aa0c8), hex(0x3ab89a), &tritan},
		{"cyan and cyan", hex(0x3df5ff), hex(0x3ddfff), &common},
	} {
		p := palettes[0]
		p.own, p.foe = tt.own, tt.foe
		if len(mixedUp(&p, tt.by)) == 0 || tt.by.apart(tt.own, tt.foe) >= leastSides {
			t.Errorf("%s pass for %s eyes: %.2f apart", tt.name, tt.by.name, tt.by.apart(tt.own, tt.foe))
		}
		if tt.by != &common && common.apart(tt.own, tt.foe) < leastSides/2 {
			t.Errorf("%s are no test: everybody mixes them up", tt.name)
		}
	}
}

// TestDyes chooses own and opponents' colours.
func TestDyes(t *testing.T) {
	p := palettes[0].dyed(3, 6)
	if p.own != dyes[3] || p.foe != dyes[6] || p.others[0] != dyes[6] {
		t.Error("the choice is not kept")
	}
	if palettes[0].dyed(4, 4) != palettes[0] || palettes[0].dyed(0, 0) != palettes[0] || palettes[0].dyed(-1, 99) != palettes[0] {
		t.Error("no choice, or an impossible one, changes something")
	}
}
