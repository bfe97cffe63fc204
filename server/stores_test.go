package main

import (
	"path/filepath"
	"testing"
)

// O8, from outside: a folder and a database have one server, and what is wrong with either
// is told with its flag and what to do.
func TestFault_O8_StoresFromOutside(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	people := filepath.Join(t.TempDir(), "people.db")
	p := start(t, "--data="+data, "--database=sqlite:"+people)
	ports := []string{"--listen=127.0.0.1:0", "--admin-listen=127.0.0.1:0", "--max-players=4", "--max-rooms=1"} // few: a slow machine says nothing
	for _, test := range []struct {
		name string
		args []string
		want []string
	}{
		{"folder in use", []string{"--data=" + data}, []string{"--data=" + data + " is not possible", "another server uses this folder", "give this one a --data of its own"}},
		{"database in use", []string{"--data=" + t.TempDir(), "--database=sqlite:" + people}, []string{"--database is not possible", "another server uses that file"}},
		{"folder of a database", []string{"--data=" + t.TempDir(), "--database=sqlite:/does/not/exist/x.db"}, []string{"--database is not possible", "no such file", "Make that folder"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := runToEnd(t, nil, append(ports, test.args...)...)
			wantRefused(t, got, test.want...)
		})
	}
	p.stop()
}
