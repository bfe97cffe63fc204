package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"

	"github.com/alecthomas/kong"

	"ionwake/shared/nearest"
)

const variablePrefix = "IONWAKE_"

// variable is the name that a flag has in the environment.
func variable(flag string) string {
	return variablePrefix + strings.ToUpper(strings.ReplaceAll(strings.TrimPrefix(flag, "--"), "-", "_"))
}

// environment gives flags that the command line does not have their values. An
// empty variable counts as none, as container files leave them.
type environment struct {
	lookup func(string) (string, bool)
	used   map[string]bool // variables that gave a value
}

// Validate implements kong.Resolver.
func (e *environment) Validate(*kong.Application) error { return nil }

// Resolve implements kong.Resolver. Without a value the flag keeps its default.
func (e *environment) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	name := variable(flag.Name)
	text, _ := e.lookup(name)
	if text == "" && secret(flag.Name) {
		return e.file(name)
	}
	if text == "" || flag.Name == "help" {
		return nil, nil //nolint:nilnil // how kong is told that there is none
	}
	e.used[name] = true
	return text, nil
}

// secret reports whether a flag's value may lie in a file that NAME_FILE names: such
// are handed to containers so, and nobody reads them off a list of processes.
func secret(flag string) bool { return flag == "password" }

const (
	fileSuffix = "_FILE"
	maxSecret  = 4 << 10 // bytes of such a file
)

// file gives a flag the only line of the file that its variable with _FILE names.
func (e *environment) file(name string) (any, error) {
	path, _ := e.lookup(name + fileSuffix)
	if path == "" {
		return nil, nil //nolint:nilnil // how kong is told that there is none
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, usage("%s%s=%s in the environment: %v", name, fileSuffix, shown(path), cause(err))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxSecret+1))
	if err != nil {
		return nil, usage("%s%s=%s in the environment: %v", name, fileSuffix, shown(path), cause(err))
	}
	text := strings.TrimRight(string(data), "\r\n")
	if text == "" || len(data) > maxSecret {
		return nil, usage("%s%s=%s in the environment: there has to be one line in that file", name, fileSuffix, shown(path))
	}
	e.used[name] = true
	return text, nil
}

// cause is what is wrong with a file, without its path.
func cause(err error) error {
	if at, ok := errors.AsType[*os.PathError](err); ok {
		return at.Err
	}
	return err
}

// nameSource adds to the error of a flag the variable that its value came from.
func (e *environment) nameSource(wrong usageError) usageError {
	if name := variable(wrong.flag); e.used[name] {
		wrong.err = fmt.Errorf("%w (from %s in the environment)", wrong.err, name)
	}
	return wrong
}

// checkVariables finds misspelt settings among the variables, which are NAME=value:
// one that is not read is a server other than its host believes.
func checkVariables(variables []string, flags []*kong.Flag) error {
	var known []string
	for _, f := range flags {
		if f.Name != "help" {
			known = append(known, variable(f.Name))
		}
		if secret(f.Name) {
			known = append(known, variable(f.Name)+fileSuffix)
		}
	}
	for _, v := range variables {
		name, value, _ := strings.Cut(v, "=")
		if !strings.HasPrefix(strings.ToUpper(name), variablePrefix) || value == "" || ofService(name, value) {
			continue
		}
		if err := checkVariable(name, known); err != nil {
			return err
		}
	}
	return nil
}

func checkVariable(name string, known []string) error {
	for _, k := range known {
		if name == k || runtime.GOOS == "windows" && strings.EqualFold(name, k) {
			return nil
		}
	}
	upper := strings.ToUpper(name)
	if upper == variablePrefix+"PORT" {
		return usage("%s in the environment: no such setting, did you mean IONWAKE_LISTEN or PORT?", name)
	}
	best := nearest.Of(upper, known)[0]
	if nearest.Distance(upper, best) <= 2 || strings.HasSuffix(best, strings.TrimPrefix(upper, variablePrefix)) {
		return usage("%s in the environment: no such setting, did you mean %s?", name, best)
	}
	return usage("%s in the environment: no such setting (ionwake-server --help tells what there is)", name)
}

// ofService reports whether a variable is one of those in which Kubernetes tells
// each program of its services, such as IONWAKE_PORT_80_TCP=tcp://10.0.0.1:80 of
// one that is called ionwake.
func ofService(name, value string) bool {
	return strings.Contains(name, "_SERVICE_HOST") || strings.Contains(name, "_SERVICE_PORT") ||
		strings.Contains(name, "_PORT_") || strings.HasSuffix(name, "_PORT") && strings.Contains(value, "://")
}
