# The two commands of the README are `make demo` and `make test`; everything else is for those who work on treem.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

AS_OF := 2024-06-13
OUT := treem-demo

.PHONY: help openapi pages demo test soak lint bench fuzz samples docs tools-demo tools-test

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

tools-demo:
	@scripts/tools.sh demo

tools-test:
	@scripts/tools.sh test

pages: ## styles, script and fonts of the pages, from npm packages
	@scripts/pages.sh

demo: tools-demo pages ## builds treem, makes the sample province, checks it, computes the letter's table from its children
	cargo build --release --locked --bin treem --features papers
	@scripts/demo.sh "$${CARGO_TARGET_DIR:-target}/release/treem" $(OUT) $(AS_OF)

test: tools-test ## installs what the tests need and runs all of them
	@scripts/test.sh

soak: tools-test ## the register hurt SOAK times (default 100) in each act: killed, its server fallen
	TREEM_SOAK="$${SOAK:-100}" cargo test --locked -p treem --test it -- --nocapture --test-threads 2 faults::killed faults::unable::the_server_falls

lint: ## formatting, clippy, licences and advisories
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	@if command -v cargo-deny >/dev/null; then cargo deny check; else echo "cargo-deny is not installed: cargo install cargo-deny --locked"; exit 1; fi

bench: ## side by side with the peers; figures in docs/performance.md
	cargo build --release --locked --bin treem
	bench/setup.sh
	bench/check.sh
	bench/xlsx.sh
	bench/link.sh

openapi: ## writes the description of the API anew
	TREEM_OPENAPI=write cargo test --locked -p treem --bin treem the_committed_description

fuzz: ## every reader and normaliser, FUZZ_SECONDS each (default 1800)
	scripts/fuzz.sh "$${FUZZ_SECONDS:-1800}"

samples: ## makes samples/lists, samples/broken and samples/truth.csv again
	python3 samples/make.py
