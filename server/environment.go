package main

import (
	"runtime"
	"strings"

	"ionwake/server/flags"
	"ionwake/shared/nearest"
)

const variablePrefix = "IONWAKE_"

// variable is the name that a flag has in the environment.
func variable(flag string) string {
	return variablePrefix + strings.ToUpper(strings.ReplaceAll(strings.TrimPrefix(flag, "--"), "-", "_"))
}

// customary are the variables that others set who know nothing of this program: those
// who run containers, and databases that come with them. They count where ours are not
// set.
var customary = []struct{ flag, variable string }{
	{"listen", "PORT"},
	{"database", "DATABASE_URL"},
	{"redis", "REDIS_URL"},
	{"agones-port", "AGONES_SDK_HTTP_PORT"},
}

// fromEnvironment finds the value of a flag and the variable that has it. An empty
// variable counts as none, as container files leave them.
func fromEnvironment(lookup func(string) (string, bool), flag string) (text, name string, err error) {
	name = variable(flag)
	if text, _ = lookup(name); text != "" {
		return text, name, nil
	}
	for _, c := range customary {
		if c.flag != flag {
			continue
		}
		name = c.variable
		text, _ = lookup(name)
	}
	if text == "" || name != "PORT" {
		return text, name, nil
	}
	if !validPort(text) {
		return "", "", usage("PORT=%s in the environment is not possible: it has to be a number from 0 to 65535", shown(text))
	}
	return ":" + text, name, nil
}

// checkVariables finds misspelt settings among the variables, which are NAME=value:
// one that is not read is a server other than its host believes.
func checkVariables(variables []string, all []*flags.Flag) error {
	var known []string
	for _, f := range all {
		if f.Name != "help" {
			known = append(known, variable(f.Name))
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
