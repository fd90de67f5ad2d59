package main

import (
	"context"
	"fmt"
	"io"
)

// interruptible reads from in until ctx is done. A read from a terminal cannot be called off, so
// without it a program that waits for a line would not heed Ctrl-C.
func interruptible(ctx context.Context, in io.Reader) io.ReadCloser {
	out, feed := io.Pipe()
	stop := context.AfterFunc(ctx, func() { _ = feed.CloseWithError(ctx.Err()) }) // never fails
	go func() {
		_, err := io.Copy(feed, in)
		stop()
		_ = feed.CloseWithError(err) // never fails; nil is the end of input
	}()
	return out
}

// textOrJSON refuses any other value of --format.
func textOrJSON(format string) error {
	if format != "text" && format != "json" {
		return usageError{fmt.Errorf("unknown format %q; text or json", format)}
	}
	return nil
}
