package main

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"time"

	"github.com/alecthomas/kong"
)

// decoders read the values of flags, so that what is wrong with them is told in
// this program's words.
func decoders() kong.Option {
	return kong.OptionFunc(func(k *kong.Kong) error {
		return errors.Join(
			kong.TypeMapper(reflect.TypeFor[string](), kong.MapperFunc(decodeText)).Apply(k),
			kong.TypeMapper(reflect.TypeFor[int](), kong.MapperFunc(decodeNumber)).Apply(k),
			kong.TypeMapper(reflect.TypeFor[float64](), kong.MapperFunc(decodeShare)).Apply(k),
			kong.TypeMapper(reflect.TypeFor[time.Duration](), kong.MapperFunc(decodeDuration)).Apply(k),
			kong.TypeMapper(reflect.TypeFor[bool](), switchMapper{}).Apply(k),
		)
	})
}

func decodeText(ctx *kong.DecodeContext, target reflect.Value) error {
	var text string
	if ctx.Scan.PopValueInto("text", &text) != nil {
		return fmt.Errorf("a value has to follow, as --%s=-x if it begins with a dash", ctx.Value.Name)
	}
	target.SetString(text)
	return nil
}

func decodeNumber(ctx *kong.DecodeContext, target reflect.Value) error {
	text, ok := popFigure(ctx.Scan)
	if !ok {
		return errors.New("a whole number has to follow")
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return badFlag("--"+ctx.Value.Name, text, "it has to be a whole number")
	}
	target.SetInt(int64(n))
	return nil
}

func decodeShare(ctx *kong.DecodeContext, target reflect.Value) error {
	text, ok := popFigure(ctx.Scan)
	if !ok {
		return errors.New("a number such as 0.05 has to follow")
	}
	share, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return badFlag("--"+ctx.Value.Name, text, "it has to be a number such as 0.05")
	}
	target.SetFloat(share)
	return nil
}

func decodeDuration(ctx *kong.DecodeContext, target reflect.Value) error {
	text, ok := popFigure(ctx.Scan)
	if !ok {
		return errors.New("a length of time such as 10s has to follow")
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return badFlag("--"+ctx.Value.Name, text, "it has to be a length of time such as 10s or 250ms")
	}
	target.SetInt(int64(d))
	return nil
}

// switchMapper reads flags that are on or off.
type switchMapper struct{}

// IsBool implements kong.BoolMapper: the flag alone means on.
func (switchMapper) IsBool() bool { return true }

// Decode implements kong.Mapper.
func (switchMapper) Decode(ctx *kong.DecodeContext, target reflect.Value) error {
	if ctx.Scan.Peek().Type != kong.FlagValueToken {
		target.SetBool(true)
		return nil
	}
	switch value := fmt.Sprint(ctx.Scan.Pop().Value); value {
	case "true", "yes", "on", "1":
		target.SetBool(true)
	case "false", "no", "off", "0":
		target.SetBool(false)
	default:
		return badFlag("--"+ctx.Value.Name, value, "it has to be true or false")
	}
	return nil
}

// popFigure takes the value of a flag that is a number of some kind. In "--bots -1"
// the -1 is one too and no flag, so that the answer is about its size.
func popFigure(scan *kong.Scanner) (string, bool) {
	if text, ok := scan.Peek().Value.(string); ok && len(text) > 1 && text[0] == '-' && (text[1] == '.' || text[1] >= '0' && text[1] <= '9') {
		scan.Pop()
		return text, true
	}
	var text string
	if scan.PopValueInto("number", &text) != nil {
		return "", false
	}
	return text, true
}
