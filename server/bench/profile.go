//go:build linux && (amd64 || arm64)

package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"
)

// takeProfile fetches a profile of the window. What goes wrong is said in the file: a run does not fail of it.
func (s *ionwake) takeProfile(b battle) {
	path := fmt.Sprintf("http://%s/debug/pprof/profile?seconds=%d", s.admin, max(int(b.window/time.Second), 1))
	var body io.Reader
	res, err := http.Get(path)
	if err != nil {
		body = strings.NewReader(err.Error())
	} else {
		defer res.Body.Close()
		body = res.Body
	}
	file, err := os.Create(b.profile)
	if err != nil {
		return // nor where to say it
	}
	_, _ = io.Copy(file, body)
	_ = file.Close()
}
