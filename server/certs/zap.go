package certs

import (
	"context"
	"log/slog"
	"slices"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// speaker hands the library's lines to ours, all of them as debug: what a host has to know of them is said by Authority in its own words.
type speaker struct {
	log    *slog.Logger
	fields []zapcore.Field
}

func quietly(log *slog.Logger) *zap.Logger { return zap.New(&speaker{log: log}) }

// Enabled implements zapcore.LevelEnabler.
func (s *speaker) Enabled(zapcore.Level) bool {
	return s.log.Enabled(context.Background(), slog.LevelDebug)
}

// With implements zapcore.Core.
func (s *speaker) With(fields []zapcore.Field) zapcore.Core {
	return &speaker{log: s.log, fields: slices.Concat(s.fields, fields)}
}

// Check implements zapcore.Core.
func (s *speaker) Check(e zapcore.Entry, ce *zapcore.CheckedEntry) *zapcore.CheckedEntry {
	if !s.Enabled(e.Level) {
		return ce
	}
	return ce.AddCore(e, s)
}

// Write implements zapcore.Core.
func (s *speaker) Write(e zapcore.Entry, fields []zapcore.Field) error {
	enc := zapcore.NewMapObjectEncoder()
	for _, f := range s.fields {
		f.AddTo(enc)
	}
	for _, f := range fields {
		f.AddTo(enc)
	}
	s.log.Debug("certificates", "said", e.Message, "part", e.LoggerName, "level", e.Level.String(), "with", enc.Fields)
	return nil
}

// Sync implements zapcore.Core.
func (s *speaker) Sync() error { return nil }
