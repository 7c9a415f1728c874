# Everything a learner, a teacher or a contributor needs. `make help` lists it.
# CI runs these same targets and nothing else.

GO      ?= go
PYTHON  ?= python3
BIN     := bin/lanebook
VENV    := .venv
VPY     := $(VENV)/bin/python
CHAPTERS = $(wildcard notebooks/en/*.ipynb notebooks/zh/*.ipynb)

# The race detector needs a C compiler; a learner may have none.
RACE := $(shell command -v $$($(GO) env CC) >/dev/null 2>&1 && echo -race)

.DEFAULT_GOAL := help
.PHONY: help build study lab install gonb test judges go-test conformance services browser \
        notebooks record check lessons golden record-new coverage soak handouts bench stress fuzz fuzz-wire corpus gonb-check web clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

## For learners and teachers

build: ## the program: bin/lanebook
	@mkdir -p bin
	$(GO) build -o $(BIN) ./cmd/lanebook

study: build ## open the course in the browser (needs Go, nothing else)
	@exec $(BIN) study

lab: build $(VENV)/ok ## open the course in JupyterLab (needs Python)
	@$(BIN) install --prefix $(VENV) --name lanebook
	@$(BIN) install --prefix $(VENV) --name gonb
	@exec $(VENV)/bin/jupyter lab --notebook-dir=notebooks

install: build ## install the kernel for this user's Jupyter
	$(BIN) install

gonb: ## install GoNB and open the course with it
	$(GO) install github.com/janpfeifer/gonb@latest
	$(GO) install golang.org/x/tools/cmd/goimports@latest
	$(GO) install golang.org/x/tools/gopls@latest
	$$($(GO) env GOPATH)/bin/gonb --install
	jupyter lab --notebook-dir=notebooks

handouts: build ## printable pages of all chapters: out/handouts
	$(BIN) handout $(CHAPTERS) -o out/handouts

## For contributors

test: judges go-test notebooks conformance services ## everything that must pass

go-test: ## all Go tests, with the race detector where there is a C compiler
	@test -n "$(RACE)" || echo "!! no C compiler: running without the race detector" >&2
	$(GO) test $(RACE) -timeout 60m ./...

notebooks: build ## run every chapter, compare with the recorded outputs
	$(BIN) run --check $(filter notebooks/en/%,$(CHAPTERS))

# On a user's machine a missing Python, Node or Chromium skips a ring, loudly.
# With CI=true it is a failure.
skip = { echo "!! SKIPPED $@: $(1)" >&2; test "$$CI" != true; }

judges: ## what the Go tests ask besides Go: Python's nbformat, axe-core and thebe from npm
	@if command -v $(PYTHON) >/dev/null; then $(MAKE) --no-print-directory $(VENV)/ok; \
	else $(call skip,there is no $(PYTHON)); fi
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory web/node_modules/ok test/browser/thebe-0.9.3.tgz; \
	else $(call skip,there is no npm); fi
	@for b in "$$CHROMIUM" chromium chromium-browser google-chrome google-chrome-stable; do \
	  if command -v "$$b" >/dev/null; then exit 0; fi; done; \
	$(call skip,there is no Chromium: the page is not tried in a browser)

conformance: build ## jupyter_kernel_test, nbclient and JupyterLab judge the kernel (needs Python)
	@if command -v $(PYTHON) >/dev/null; then $(MAKE) --no-print-directory conformance-run; \
	else $(call skip,there is no $(PYTHON)); fi

services: build ## @jupyterlab/services drives the study server (needs Node)
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory services-run; \
	else $(call skip,there is no npm); fi

browser: ## a real browser reads, edits and runs a chapter (needs Chromium; part of go-test)
	$(GO) test -count=1 -timeout 60m ./test/browser

.PHONY: conformance-run services-run
conformance-run: $(VENV)/ok
	$(VPY) -m pytest -q test/conformance

services-run:
	cd test/services && npm ci --no-audit --no-fund --silent && npm test

$(VENV)/ok: test/conformance/requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(VPY) -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

web/node_modules/ok: web/package-lock.json
	cd web && npm ci --no-audit --no-fund --silent
	@touch $@

check: ## formatting, vet, staticcheck, lints, and that everything generated is current
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	$(GO) mod tidy -diff
	$(GO) generate ./... && git diff --exit-code
	$(GO) run ./cmd/lanebook build-lessons --check
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory web-check; \
	else $(call skip,there is no npm: the page was not linted or rebuilt); fi

.PHONY: web-check
web-check: web
	cd web && npm run lint && npm run typecheck
	git diff --exit-code -- web/dist

# The package alone: its bundle holds what it needs. The test knows its checksum.
test/browser/thebe-%.tgz:
	cd $(@D) && npm pack --silent thebe@$* >/dev/null

gonb-check: $(VENV)/ok ## run every chapter under the real GoNB, if it is installed
	@if command -v gonb >/dev/null; then $(VPY) test/gonb/judge.py $(CHAPTERS); \
	else echo "!! there is no gonb on PATH: nothing was checked" >&2; fi

web: web/node_modules/ok ## rebuild the page's script and style (needs Node)
	cd web && npm run build

lessons: ## lessons/*.md to notebooks/*.ipynb
	$(GO) run ./cmd/lanebook build-lessons

record: build ## run every chapter and record its outputs
	$(BIN) run --inplace $(CHAPTERS)

record-new: build ## the same, but only outputs of new and changed cells
	$(BIN) run --inplace --missing $(CHAPTERS)

coverage: lessons ## docs/coverage.md: which cell teaches what
	$(GO) test ./internal/coverage -run TheTable -update

soak: ## every exercise's solution 200 times in a row, on a machine kept busy
	LANEBOOK_SOAK=200 $(GO) test -count=1 -timeout 120m -run 'Exercises' $$($(GO) list ./snippets/... | grep '/exercises$$')

golden: ## rewrite golden files; look at the difference before you commit
	$(GO) test $$(grep -l 'flag.Bool("update"' -r internal kernelext cmd --include='*_test.go' | xargs -n1 dirname | sort -u | sed 's|^|./|') -update

bench: build ## edit to output, against go build + run; see docs/performance.md
	$(GO) run ./test/bench
	$(GO) test -count=1 -run '^$$' -bench RunToFirstOutput -benchtime 1x ./test/browser

stress: build ## floods, fork bombs, full disks, power cuts: prints what the kernel survived
	$(GO) run ./test/stress

fuzz: ## every fuzz target for a minute
	@for p in $$($(GO) list ./...); do \
	  for f in $$($(GO) test -list '^Fuzz' $$p 2>/dev/null | grep ^Fuzz); do \
	    $(GO) test -run '^$$' -fuzz "^$$f\$$" -fuzztime 60s $$p || exit 1; \
	  done; done

# So many inputs, not so much time: before 1.27, Go may call the end of the
# time a failure (go.dev/issue/75804).
WIRE = program:FuzzParse:600000 program:FuzzDraft:100000 \
       jupyter:FuzzDecode:2000000 jupyter:FuzzDecodeV1:2400000 zmtp:FuzzConn:2400000

fuzz-wire: ## what reads cells and the bytes of strangers, about a minute each
	@for t in $(WIRE); do set -- $$(echo $$t | tr : ' '); \
	  $(GO) test -run '^$$' -fuzz "^$$2\$$" -fuzztime $${3}x ./internal/$$1 || exit 1; \
	done

# Go keeps what it finds interesting in its build cache, which a fresh machine
# does not have; what fails it writes to testdata/fuzz by itself.
corpus: ## add to testdata/fuzz up to 40 small inputs that fuzz-wire found
	@for t in $(WIRE); do \
	  from=$$($(GO) env GOCACHE)/fuzz/lanebook/internal/$${t%:*}/$${t#*:}; to=internal/$${t%:*}/testdata/fuzz/$${t#*:}; \
	  mkdir -p $$to; find $$from -type f -size -600c | sort | head -40 | xargs -I{} cp {} $$to/; \
	done

clean: ## remove what make made
	rm -rf bin out $(VENV) web/node_modules test/services/node_modules
