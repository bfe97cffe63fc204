package main

import (
	"encoding/json"
	"fmt"
	"slices"
)

// The parts of CycloneDX 1.6 that are used (cyclonedx.org/docs/1.6/json). Neither a
// serial number nor a time goes in: they are optional, and would make two bills of the
// same programs differ.
type (
	document struct {
		Schema       string       `json:"$schema"`
		Format       string       `json:"bomFormat"`
		SpecVersion  string       `json:"specVersion"`
		Version      int          `json:"version"`
		Metadata     metadata     `json:"metadata"`
		Components   []component  `json:"components"`
		Dependencies []dependency `json:"dependencies"`
	}
	metadata struct {
		Component component `json:"component"`
	}
	component struct {
		Ref        string     `json:"bom-ref"`
		Type       string     `json:"type"`
		Name       string     `json:"name"`
		Version    string     `json:"version,omitempty"`
		PURL       string     `json:"purl,omitempty"`
		Hashes     []digest   `json:"hashes,omitempty"`
		Properties []property `json:"properties,omitempty"`
	}
	digest struct {
		Algorithm string `json:"alg"`
		Content   string `json:"content"`
	}
	property struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	dependency struct {
		Ref       string   `json:"ref"`
		DependsOn []string `json:"dependsOn"`
	}
)

// billOf writes one bill for all programs of a release.
func billOf(all []program) ([]byte, error) {
	whole := component{Ref: "ionwake", Type: "application", Name: "ionwake", Version: all[0].version}
	doc := document{
		Schema: "http://cyclonedx.org/schema/bom-1.6.schema.json", Format: "CycloneDX", SpecVersion: "1.6", Version: 1,
		Metadata: metadata{whole},
	}
	release := dependency{Ref: whole.Ref}
	var standard []string // Go releases
	for _, p := range all {
		c := component{Ref: "program:" + p.name, Type: "application", Name: p.name, Version: p.version}
		if p.sha256 != "" {
			c.Hashes = []digest{{"SHA-256", p.sha256}}
		}
		doc.Components = append(doc.Components, c)
		release.DependsOn = append(release.DependsOn, c.Ref)
		needs := dependency{c.Ref, []string{stdlib(p.golang)}}
		for _, m := range p.modules {
			needs.DependsOn = append(needs.DependsOn, purl(m))
		}
		doc.Dependencies = append(doc.Dependencies, needs)
		standard = append(standard, p.golang)
	}
	doc.Dependencies = append([]dependency{release}, doc.Dependencies...)
	slices.Sort(standard)
	for _, golang := range slices.Compact(standard) {
		doc.Components = append(doc.Components, component{Ref: stdlib(golang), Type: "library", Name: "std", Version: golang, PURL: stdlib(golang)})
	}
	for _, m := range union(all) {
		c := component{Ref: purl(m), Type: "library", Name: m.path, Version: m.version, PURL: purl(m)}
		if m.sum != "" {
			c.Properties = []property{{"go.sum", m.sum}}
		}
		doc.Components = append(doc.Components, c)
	}
	text, err := json.MarshalIndent(doc, "", " ")
	if err != nil {
		return nil, fmt.Errorf("write the bill: %w", err)
	}
	return append(text, '\n'), nil
}

// purl is the address of a module (github.com/package-url/purl-spec, type golang).
func purl(m module) string { return "pkg:golang/" + m.path + "@" + m.version }

func stdlib(golang string) string { return "pkg:golang/std@" + golang }
