package tmx

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"ionwake/shared/nearest"
	"ionwake/shared/sim"
)

var objectLayers = []string{spawnLayer, wellLayer, zoneLayer, itemLayer, baseLayer, pathLayer}

// surveyor goes over a drawing before anything is made of it: it refuses what
// would cost memory or mean nothing here, and notes where objects stand in the
// file.
type surveyor struct {
	dec   *xml.Decoder
	path  []string // the elements around
	seen  []string // layers
	lines map[uint32]int
}

// survey returns the lines of the objects by their IDs.
func survey(data []byte) (map[uint32]int, error) {
	s := surveyor{dec: xml.NewDecoder(bytes.NewReader(data)), lines: make(map[uint32]int)}
	for {
		token, err := s.dec.Token()
		if errors.Is(err, io.EOF) {
			return s.lines, s.whole()
		}
		if err != nil {
			return nil, wordSyntax(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if err := s.enter(t); err != nil {
				line, _ := s.dec.InputPos()
				return nil, fmt.Errorf("line %d: %w", line, err)
			}
			s.path = append(s.path, t.Name.Local)
		case xml.EndElement:
			s.path = s.path[:len(s.path)-1]
		}
	}
}

func wordSyntax(err error) error {
	if wrong, ok := errors.AsType[*xml.SyntaxError](err); ok {
		return fmt.Errorf("line %d: %s: is this a map saved by Tiled?", wrong.Line, wrong.Msg)
	}
	return err
}

func (s *surveyor) whole() error {
	if !slices.Contains(s.seen, "map") {
		return errors.New("there is no <map> in it: is this a map saved by Tiled?")
	}
	for _, needed := range []string{wallLayer, spawnLayer} {
		if !slices.Contains(s.seen, needed) {
			return fmt.Errorf("layer %q: missing", needed)
		}
	}
	return nil
}

// enter looks at one element. An attribute that is there twice would be read once
// in each way.
func (s *surveyor) enter(e xml.StartElement) error {
	for i, a := range e.Attr {
		if slices.ContainsFunc(e.Attr[:i], func(b xml.Attr) bool { return a.Name.Local == b.Name.Local }) {
			return fmt.Errorf("<%s> has %s twice", e.Name.Local, a.Name.Local)
		}
	}
	switch len(s.path) {
	case 0:
		return s.enterMap(e)
	case 1:
		return s.enterLayer(e)
	}
	switch e.Name.Local {
	case "object":
		if id, err := strconv.ParseUint(attr(e, "id"), 10, 32); err == nil {
			line, _ := s.dec.InputPos()
			s.lines[uint32(id)] = line
		}
	case "data":
		if c := attr(e, "compression"); c != "" {
			return fmt.Errorf("layer %q: its tiles are compressed (%s), want Tile Layer Format CSV among the map's properties", wallLayer, c)
		}
	}
	return nil
}

func (s *surveyor) enterMap(e xml.StartElement) error {
	if e.Name.Local != "map" {
		return fmt.Errorf("it begins with <%s>, want <map>: is this a map saved by Tiled?", e.Name.Local)
	}
	s.seen = append(s.seen, "map")
	if o := attr(e, "orientation"); o != "orthogonal" {
		return fmt.Errorf("the orientation is %q, want orthogonal", o)
	}
	if i := attr(e, "infinite"); i != "" && i != "0" && i != "false" {
		return errors.New("the map is infinite, want a fixed size")
	}
	if w, h := attr(e, "tilewidth"), attr(e, "tileheight"); w != strconv.Itoa(tilePixels) || h != w {
		return fmt.Errorf("tiles are %s x %s, want %d x %d", w, h, tilePixels, tilePixels)
	}
	for _, side := range []string{"width", "height"} {
		if n, err := strconv.Atoi(attr(e, side)); err != nil || n < 3 || n > sim.MaxArenaSide {
			return fmt.Errorf("the %s is %q, want 3 to %d tiles", side, attr(e, side), sim.MaxArenaSide)
		}
	}
	return nil
}

// enterLayer looks at what stands right below the map.
func (s *surveyor) enterLayer(e xml.StartElement) error {
	name, known := attr(e, "name"), []string{wallLayer}
	switch kind := e.Name.Local; kind {
	case "layer":
	case "objectgroup":
		known = objectLayers
	case "imagelayer", "group":
		return fmt.Errorf("layer %q is an %s, want tile and object layers alone", name, map[string]string{"imagelayer": "image layer", "group": "assembly of layers"}[kind])
	default:
		return nil
	}
	all := append([]string{wallLayer}, objectLayers...)
	if !slices.Contains(all, name) {
		return fmt.Errorf("layer %q is not known, did you mean %s? There are %s", name, nearest.Of(strings.ToLower(name), known)[0], list(all))
	}
	if !slices.Contains(known, name) {
		return fmt.Errorf("layer %q: it is of the wrong kind, want tiles on %s and objects on the others", name, wallLayer)
	}
	if slices.Contains(s.seen, name) {
		return fmt.Errorf("layer %q: there are two of them", name)
	}
	if x, y := cmp.Or(attr(e, "offsetx"), "0"), cmp.Or(attr(e, "offsety"), "0"); x != "0" || y != "0" {
		return fmt.Errorf("layer %q: it is shifted by (%s, %s), want no offset", name, x, y)
	}
	s.seen = append(s.seen, name)
	return nil
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// list is "a, b and c".
func list(names []string) string { return series(names, "and") }

// series is "a, b LINK c".
func series(names []string, link string) string {
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return strings.Join(names[:last], ", ") + " " + link + " " + names[last]
}
