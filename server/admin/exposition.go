package admin

import (
	"bytes"
	"net/http"

	"github.com/prometheus/common/expfmt"
)

// exposition answers with all figures in Prometheus' text format, which every
// version of it reads. The library's own handler brings three more formats and ways
// to pack them, 0.4 MB in every server.
func (a *Admin) exposition(w http.ResponseWriter, _ *http.Request) {
	families, err := a.registry.Gather()
	if err != nil { // a figure is missing or there twice: the others are good
		a.log.Warn("not every figure could be gathered", "error", err)
	}
	var text bytes.Buffer
	for _, f := range families {
		if _, err := expfmt.MetricFamilyToText(&text, f); err != nil {
			a.log.Warn("a figure cannot be written as text", "figure", f.GetName(), "error", err)
		}
	}
	w.Header().Set("Content-Type", string(expfmt.NewFormat(expfmt.TypeTextPlain)))
	_, _ = w.Write(text.Bytes()) // whoever asked is gone if it fails
}
