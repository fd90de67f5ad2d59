// Package handover tells a person about a conversation that the desk could not bring to an end.
// It exists so that the one who takes over need not ask anything again, and so that nothing but
// masked text leaves the desk, whatever the way it goes.
package handover

import (
	"context"

	"passdesk/internal/outbox"
	"passdesk/internal/store"
)

// Target brings a packet to people. It may be given the same packet, with the same id, again. It
// returns an error that package outbox understands: outbox.Permanent if trying again cannot help,
// outbox.RetryAfter if it was told when to come again, else any other; with an outbox.Reason inside
// that may be shown to operators.
type Target func(ctx context.Context, packet Packet) error

// Deliver returns what the outbox worker does with work of this Kind: it builds the packet and gives
// it to the target. Of a conversation that was forgotten meanwhile nothing is sent; the error is
// then outbox.Permanent.
func (s Source) Deliver(target Target) outbox.Do {
	return func(ctx context.Context, job store.Job) error {
		packet, err := s.Packet(ctx, job)
		if err != nil {
			return err
		}
		return target(ctx, packet)
	}
}
