// Command pictures draws every picture as a PNG file, for places that show no SVG.
// It is run by hand when a picture has changed, because it needs Chromium, which the program does not:
//
//	go run ./cmd/pictures
//
// in the root of the repository writes knowledge/pictures/*.png and sums.txt.
package main

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"passdesk/internal/guide"
	"passdesk/internal/picture"
)

const (
	content   = "knowledge"
	width     = 320
	scale     = 2
	mostBytes = 60_000
	patience  = 2 * time.Minute
)

func main() {
	if err := run(filepath.Join(content, "pictures")); err != nil {
		fmt.Fprintln(os.Stderr, "pictures: FAILED:", err) // the sums are gone, so that the tests fail until it succeeds
		os.Exit(1)
	}
}

// run draws all pictures in both languages. The sums are removed first and written last, so that they
// never vouch for files that are not there.
func run(directory string) error {
	g, err := guide.Load(os.DirFS(content))
	if err != nil {
		return fmt.Errorf("load content: %w", err)
	}
	if err := os.MkdirAll(directory, 0o755); err != nil {
		return err
	}
	sums := filepath.Join(directory, "sums.txt")
	if err := os.Remove(sums); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	artist, err := picture.New()
	if err != nil {
		return err
	}
	ctx, stop, err := browser()
	if err != nil {
		return err
	}
	defer stop()
	for _, p := range g.Pictures() {
		for _, language := range guide.Languages() {
			if err := draw(ctx, artist, p, language, directory); err != nil {
				return fmt.Errorf("draw %s: %w", picture.FileName(p, language), err)
			}
		}
	}
	lines, err := artist.Sums(g.Pictures())
	if err != nil {
		return err
	}
	return os.WriteFile(sums, []byte(lines), 0o644)
}

// browser starts Chromium with one light page of two device pixels to the unit.
func browser() (context.Context, func(), error) {
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		return nil, nil, errors.New("there is no Chromium: apt-get install chromium fonts-noto-cjk")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("force-color-profile", "srgb"), chromedp.Flag("lang", "en-US"))
	patient, cancel := context.WithTimeout(context.Background(), patience)
	allocator, cancelAllocator := chromedp.NewExecAllocator(patient, options...)
	ctx, cancelPage := chromedp.NewContext(allocator)
	stop := func() {
		_ = chromedp.Cancel(ctx) // it is killed if it does not go
		cancelPage()
		cancelAllocator()
		cancel()
	}
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "light"}},
	})
	if err == nil {
		_, err = chromedp.Call(ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: width, Height: 100, DeviceScaleFactor: scale,
		})
	}
	if err != nil {
		stop()
		return nil, nil, fmt.Errorf("start Chromium: %w", err)
	}
	return ctx, stop, nil
}

// draw writes one drawing, on white.
func draw(ctx context.Context, artist *picture.Artist, p *guide.Picture, language guide.Language, directory string) error {
	svg, err := artist.SVG(p, language, picture.FilePrefix)
	if err != nil {
		return err
	}
	page := `<!doctype html><meta charset="utf-8"><style>html{background:#fff}body{margin:0}` + picture.Style() + `</style>` + svg
	address := "data:text/html;base64," + base64.StdEncoding.EncodeToString([]byte(page))
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		return err
	}
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		return err
	}
	if len(png) > mostBytes {
		return fmt.Errorf("%d bytes are more than %d", len(png), mostBytes)
	}
	return os.WriteFile(filepath.Join(directory, picture.FileName(p, language)), png, 0o644)
}
