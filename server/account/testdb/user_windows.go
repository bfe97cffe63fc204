package testdb

import "os/exec"

func (p *Server) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = p.folder
	return cmd
}

func (p *Server) own(string) error { return nil }
