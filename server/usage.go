package main

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/alecthomas/kong"
)

// usageError is an error that whoever started the program can mend by starting it
// otherwise.
type usageError struct {
	err         error
	flag, value string // what is wrong, if it is one flag
}

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

func usage(format string, args ...any) error { return usageError{err: fmt.Errorf(format, args...)} }

// badFlag is the error of a flag with a value that is not allowed; allowed says
// what is.
func badFlag(flag string, value any, allowed string, args ...any) error {
	text := fmt.Sprint(value)
	shown := text
	if _, ok := value.(string); ok {
		shown = strconv.Quote(text)
	}
	return usageError{fmt.Errorf("%s=%s: %s", flag, shown, fmt.Sprintf(allowed, args...)), flag, text}
}

// nameSource adds to the error of a flag the variable that its value came from.
func nameSource(err error, env func(string) (string, bool)) error {
	var wrong usageError
	if !errors.As(err, &wrong) || wrong.flag == "" {
		return err
	}
	name := "IONWAKE_" + strings.ToUpper(strings.ReplaceAll(strings.TrimPrefix(wrong.flag, "--"), "-", "_"))
	if set, ok := env(name); ok && strings.Contains(set, wrong.value) {
		wrong.err = fmt.Errorf("%w (from %s in the environment)", wrong.err, name)
	}
	return wrong
}

// decodeNumber reads a whole number for kong.
func decodeNumber(ctx *kong.DecodeContext, target reflect.Value) error {
	var text string
	if ctx.Scan.PopValueInto("number", &text) != nil {
		return errors.New("a whole number has to follow")
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return fmt.Errorf("%q is not a whole number", text)
	}
	target.SetInt(int64(n))
	return nil
}

// decodeDuration reads a length of time for kong.
func decodeDuration(ctx *kong.DecodeContext, target reflect.Value) error {
	var text string
	if ctx.Scan.PopValueInto("duration", &text) != nil {
		return errors.New("a length of time such as 10s has to follow")
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return fmt.Errorf("%q is not a length of time such as 10s or 250ms", text)
	}
	target.SetInt(int64(d))
	return nil
}
