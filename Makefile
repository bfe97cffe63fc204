# Ionwake. "make" alone prints what there is.

GO   ?= go
PORT ?= 8080
BOTS ?= 8
MODE ?= brawl
MAP  ?=

# Everything a player or host gets is built without a C compiler, and comes out the
# same wherever it is built; its version is the commit's, or the tag's. HTTP/2 is left out: a WebSocket cannot be had from it, and
# it costs 0.6 MB; so does room between functions, which costs 0.2.
export CGO_ENABLED ?= 0
STATIC  = -trimpath -buildvcs=auto -tags nethttpomithttp2 -ldflags "-s -w -funcalign=16$(1)"
EXE    := $(shell $(GO) env GOEXE)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help play play-desktop test race fuzz screens flashes bench bench-all bench-wasm feel lint generate web server client size weigh release clean

help: # prints this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  play takes PORT=$(PORT) BOTS=$(BOTS) MODE=$(MODE) MAP=$(MAP); play-desktop takes PORT"

play: web server ## build the web client and the server, start it with bots on http://localhost:PORT/
	./bin/ionwake-server$(EXE) serve --listen :$(PORT) --bots $(BOTS) --mode $(MODE) $(if $(MAP),--map $(MAP))

play-desktop: ## start the desktop client against the server of make play
	$(GO) run ./client --join http://localhost:$(PORT)/

test: ## everything that has to hold, the browser and the desktop included (a part alone: STEPS="unit lint")
	@.ci/test $(STEPS)

race: ## the concurrent packages under the race detector (needs gcc)
	@.ci/test race

fuzz: ## each fuzz target for FUZZTIME (30s)
	@FUZZTIME=$(or $(FUZZTIME),30s) .ci/test fuzz

screens: ## a picture of every screen there is, into bin/screens
	@.ci/test screens

flashes: ## looks at ten minutes of a match for more flashes than WCAG 2.3.1 lets pass
	@.ci/test flashes

bench: ## the table of figures, the server beside two yardsticks: some ten minutes (BENCH="--quick", "--help")
	$(GO) build -o bin/ionwake-bench$(EXE) ./server/bench
	./bin/ionwake-bench$(EXE) --go "$(GO)" $(BENCH)

bench-all: ## every benchmark there is, once
	$(GO) test -run '^$$' -bench . -benchmem ./...

bench-wasm: ## those of the picture as WebAssembly, under Node
	@NODE_OPTIONS="--require $(CURDIR)/client/view/testdata/node.js" GOOS=js GOARCH=wasm $(GO) test ./client/view -run '^$$' -bench 'Full|Bake|Sky' \
	  -exec "$$($(GO) env GOROOT)/lib/wasm/go_js_wasm_exec"

feel: ## how far others are drawn from the truth, and how late keys come, over 14 lines (FEEL=30s on each; 2m)
	FEEL=$${FEEL:-2m} $(GO) test ./client/lab -run '^TestFeel$$' -count=1 -v -timeout 30m

lint: ## golangci-lint, for this machine and for browsers
	@.ci/test lint

generate: ## generated code, baked maps and sounds from their sources (needs protoc)
	$(GO) run ./assets/bake maps
	$(GO) run ./assets/bake sound
	protoc -I proto \
	  --plugin=protoc-gen-go="$$($(GO) tool -n protoc-gen-go)" --go_out=. --go_opt=module=ionwake \
	  --plugin=protoc-gen-go-vtproto="$$($(GO) tool -n protoc-gen-go-vtproto)" --go-vtproto_out=. \
	  --go-vtproto_opt=module=ionwake,features=marshal+size \
	  $(patsubst proto/%,%,$(wildcard proto/ionwake/v1/*.proto))

web: ## the client for browsers, packed for serving, into assets/web/dist (QUALITY=11 as for a release: a minute)
	$(GO) run ./assets/bake web $(if $(QUALITY),-quality $(QUALITY))

server: ## the server, with the web client inside if it is built, into bin/
	$(GO) build $(STATIC) -o bin/ionwake-server$(EXE) ./server

client: ## the desktop client, into bin/
	$(GO) build $(STATIC) -o bin/ionwake$(EXE) ./client

size: ## what a browser has to fetch, packed as for a release (takes a minute), against its limit
	$(GO) run ./assets/bake size -quality 11

PLATFORMS := linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64

# The linux/amd64 server may have this many bytes, with the web client inside.
SERVER_LIMIT := 25000000

weigh: # FILE against that limit
	@bytes=$$(wc -c < $(FILE)); echo "weigh: the server has $$bytes bytes of $(SERVER_LIMIT)"; test $$bytes -le $(SERVER_LIMIT)

release: size ## server and desktop client for every platform, with checksums, licences and bill of materials, into bin/release
	rm -rf bin/release
	@set -e; for platform in $(PLATFORMS); do \
	  os=$${platform%/*}; arch=$${platform#*/}; exe=; gui=; \
	  if [ $$os = windows ]; then exe=.exe; gui=-H=windowsgui; fi; \
	  echo "release: $$platform"; \
	  GOOS=$$os GOARCH=$$arch $(GO) build $(STATIC) -o bin/release/ionwake-server-$$os-$$arch$$exe ./server; \
	  GOOS=$$os GOARCH=$$arch $(GO) build $(call STATIC, $$gui) -o bin/release/ionwake-$$os-$$arch$$exe ./client; \
	done
	$(GO) run ./server/deploy/sbom -bill bin/release/ionwake.cdx.json -licences bin/release/LICENCES.txt -web ./client bin/release/ionwake*
	cd bin/release && sha256sum ionwake* LICENCES.txt > SHA256SUMS && ls -l
	@$(MAKE) --no-print-directory weigh FILE=bin/release/ionwake-server-linux-amd64

clean: ## remove what was built
	rm -rf bin assets/web/dist
