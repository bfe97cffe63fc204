package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"ionwake/server/flags"
)

// usageError is an error that whoever started the program can mend by starting it
// otherwise.
type usageError struct {
	err  error
	flag string // that is wrong, if it is one
}

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

func usage(format string, args ...any) error { return usageError{err: fmt.Errorf(format, args...)} }

// badFlag is the error of a flag with a value that is not allowed; allowed says
// what is.
func badFlag(flag string, value any, allowed string, args ...any) error {
	return usageError{fmt.Errorf("%s=%s is not possible: %s", flag, shown(fmt.Sprint(value)), fmt.Sprintf(allowed, args...)), flag}
}

// badSecret is the error of a flag with a value that is not allowed and not to be
// shown.
func badSecret(flag, allowed string, args ...any) error {
	return usageError{fmt.Errorf("%s is not possible: %s", flag, fmt.Sprintf(allowed, args...)), flag}
}

// shown is text as it was given, in quotes where it would not be seen without.
func shown(text string) string {
	quoted := strconv.Quote(text)
	if text == "" || strings.Contains(text, " ") || quoted != `"`+text+`"` {
		return quoted
	}
	return text
}

// wordUsage words what is wrong with a command line. Errors of values are told as
// they are, others with where to read on.
func wordUsage(err error, verb *flags.Verb) error {
	if wrong, ok := errors.AsType[usageError](err); ok {
		return wrong
	}
	if wrong, ok := errors.AsType[*flags.ValueError](err); ok {
		return badFlag("--"+wrong.Flag.Name, wrong.Text, "%s", wrong.Allowed)
	}
	return usage("%w (%s --help tells what there is)", err, verb.Path())
}
