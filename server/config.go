package main

import (
	"cmp"
	"fmt"
	"io"
	"reflect"
	"strings"
	"time"

	"ionwake/server/flags"
)

// configFlags are the flags of config: all those of serve.
type configFlags struct {
	Flags serveFlags `embed:""`
}

// print writes the settings as a file for --config that sets the same. What is not a
// default is followed by where it comes from. Secrets are left out.
func (f *configFlags) print(w io.Writer, verb *flags.Verb, from *origins) error {
	if _, err := f.Flags.settings(); err != nil {
		return err
	}
	text := new(strings.Builder)
	text.WriteString("# Settings of ionwake-server, for --config FILE. A flag or a variable in the environment counts more than this file.\n")
	for _, flag := range verb.Flags {
		if notInFile(flag.Name) {
			continue
		}
		fmt.Fprintf(text, "\n# %s\n# --%s, %s\n", strings.TrimSuffix(flag.Help, "."), flag.Name, variable(flag.Name))
		text.WriteString(line(flag, cmp.Or(from.of(verb, flag.Name), from.of(verb, other(flag.Name)))))
	}
	_, err := io.WriteString(w, text.String())
	if err != nil {
		return fmt.Errorf("print the settings: %w", err)
	}
	return nil
}

// line is the line of one flag.
func line(flag *flags.Flag, from string) string {
	value := plain(flag)
	switch {
	case value == nil:
		return "# " + flag.Name + " = " + example(flag) + "\n"
	case secret(flag.Name):
		return "# " + flag.Name + " is set, by " + oneLine(from) + "\n"
	case from != "":
		return flag.Name + " = " + tomlOf(value) + " # " + oneLine(from) + "\n"
	}
	return flag.Name + " = " + tomlOf(value) + "\n"
}

// plain is a flag's value as the file has it; nil: none is set.
func plain(flag *flags.Flag) any {
	value := flag.Target
	if d, ok := reflect.TypeAssert[time.Duration](value); ok {
		return d.String()
	}
	if kind := value.Kind(); (kind == reflect.String || kind == reflect.Slice) && value.Len() == 0 {
		return nil
	}
	return value.Interface()
}

// example is a value of a flag that has no default.
func example(flag *flags.Flag) string {
	if text, ok := examples()[flag.Name]; ok {
		return text
	}
	return `"` + flag.PlaceHolder + `"`
}

func examples() map[string]string {
	return map[string]string{
		"listen":         `":8080"`,
		"data":           `"/var/lib/ionwake"`,
		"motd":           `"Squads tonight at eight."`,
		"map":            `"foundry"`,
		"rotation":       `["foundry", "closet:squads", "harbour:relay"]`,
		"password":       `"..."`,
		"password-file":  `"/run/secrets/password"`,
		"origin":         `["https://games.example"]`,
		"trusted-proxy":  `["10.0.0.0/8"]`,
		"exempt":         `["127.0.0.0/8"]`,
		"tls-domain":     `["play.example.com"]`,
		"tls-ip":         `["203.0.113.7"]`,
		"tls-authority":  `"https://acme-staging-v02.api.letsencrypt.org/directory"`,
		"tls-cert":       `"/etc/ionwake/fullchain.pem"`,
		"tls-key":        `"/etc/ionwake/privkey.pem"`,
		"database":       `"postgres://ionwake:PASSWORD@db.example/ionwake"`,
		"database-file":  `"/run/secrets/database"`,
		"redis":          `"redis://:PASSWORD@redis.example:6379"`,
		"redis-file":     `"/run/secrets/redis"`,
		"token-key":      `"/etc/ionwake/tickets.pem"`,
		"token-audience": `["play.example.com"]`,
		"announce":       `"https://list.example/servers"`,
		"log-format":     `"json"`,
	}
}
