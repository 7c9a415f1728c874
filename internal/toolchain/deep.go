package toolchain

import (
	"os"

	"lanebook/internal/deep"
)

// deepen prepares the sources for a deep build. When they do not fit this Go,
// the error says so and the configuration is that of a plain build: a lesson
// is worth more than its picture.
func (t *Toolchain) deepen(config Config) (Config, error) {
	overlay, err := deep.Overlay(t.env.Vars["GOROOT"], t.cacheDir)
	if err != nil {
		config.Deep = false
		return config, err
	}
	config.overlay = overlay
	return config, nil
}

// deepBegins announces the first build of the deep edition, which compiles
// much of the standard library; the go command keeps the result. The function
// it returns ends the announcement.
func (t *Toolchain) deepBegins(overlay string) (end func()) {
	mark := overlay + ".built"
	if _, err := os.Stat(mark); err == nil {
		return func() {}
	}
	t.progress(Progress{Stage: StageDeep})
	return func() {
		t.progress(Progress{})
		os.WriteFile(mark, nil, 0o644) // nothing is lost without it but silence
	}
}

// StageDeep is the stage of Progress in which the deep edition of Go's library
// is compiled: 12 s on two cores, once for each version of Go.
const StageDeep = "preparing deep recording"

// deepTag is the build tag of programs with the deep edition: kernelext then
// asks it who holds which lock.
const deepTag = "lanebook_deep"
