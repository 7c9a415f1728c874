package kernel

import (
	"context"
	"fmt"
	"runtime"
	"strings"

	"lanebook/internal/jupyter"
)

// kernelInfo says what this kernel is.
func (k *Kernel) kernelInfo(context.Context, jupyter.Message, jupyter.KernelInfoRequest) (jupyter.Content, error) {
	version := k.opts.Version
	if version == "" {
		version = "(devel)"
	}
	language := k.opts.Go
	if language == "" {
		language = runtime.Version()
	}
	language = strings.TrimPrefix(language, "go")
	return jupyter.KernelInfoReply{
		Status:                jupyter.OK,
		ProtocolVersion:       jupyter.Version,
		Implementation:        "lanebook",
		ImplementationVersion: version,
		LanguageInfo: jupyter.LanguageInfo{
			Name:           "go",
			Version:        language,
			MIMEType:       "text/x-go",
			FileExtension:  ".go",
			PygmentsLexer:  "go",
			CodeMirrorMode: "go",
		},
		Banner: fmt.Sprintf("lanebook %s: Go %s, cell by cell. %%help lists the special lines.", version, language),
		HelpLinks: []jupyter.HelpLink{
			{Text: "A Tour of Go", URL: "https://go.dev/tour/"},
			{Text: "Standard library", URL: "https://pkg.go.dev/std"},
			{Text: "Language specification", URL: "https://go.dev/ref/spec"},
			{Text: "Effective Go", URL: "https://go.dev/doc/effective_go"},
		},
		SupportedFeatures: []string{},
	}, nil
}
