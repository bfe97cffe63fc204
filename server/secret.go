package main

import (
	"errors"
	"io"
	"os"
	"strings"
)

const (
	fileSuffix = "-file"
	maxSecret  = 4 << 10 // bytes of such a file
)

// secret reports whether a flag's value is nobody's business. Such a flag has a twin
// that names a file with the value: so they are handed to containers, and nobody reads
// them off a list of processes.
func secret(flag string) bool { return flag == "password" || flag == "database" || flag == "redis" }

// openSecrets reads the files that hold secrets.
func (f *serveFlags) openSecrets() error {
	for _, s := range []struct {
		flag string
		text *string
		path string
	}{
		{"--password", &f.Password, f.PasswordFile},
		{"--database", &f.Database, f.DatabaseFile},
		{"--redis", &f.Redis, f.RedisFile},
	} {
		if s.path == "" {
			continue
		}
		if *s.text != "" {
			return usage("%s and %s%s are both given: leave one out", s.flag, s.flag, fileSuffix)
		}
		text, err := readSecret(s.flag+fileSuffix, s.path)
		if err != nil {
			return err
		}
		*s.text = text
	}
	return nil
}

// readSecret gives the only line of a file.
func readSecret(flag, path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", badFlag(flag, path, "%v", cause(err))
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxSecret+1))
	if err != nil {
		return "", badFlag(flag, path, "%v", cause(err))
	}
	text := strings.TrimRight(string(data), "\r\n")
	if text == "" || len(data) > maxSecret || strings.ContainsAny(text, "\r\n") {
		return "", badFlag(flag, path, "there has to be one line in that file")
	}
	return text, nil
}

// cause is what is wrong with a file, without its path.
func cause(err error) error {
	if at, ok := errors.AsType[*os.PathError](err); ok {
		return at.Err
	}
	return err
}
