package toolchain

import (
	"os"
	"path/filepath"
)

// WasmExec returns the script that runs programs for the browser, as this Go
// brings it along.
func (t *Toolchain) WasmExec() ([]byte, error) {
	return os.ReadFile(filepath.Join(t.env.Vars["GOROOT"], "lib", "wasm", "wasm_exec.js"))
}
