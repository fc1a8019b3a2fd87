# Everything a contributor or CI does. A fresh machine needs Python 3.11 or newer, make and git.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
BIN := .venv/bin
# On each core, eight at most; a process that is done takes over what another one still has to do.
PYTEST := $(BIN)/python -m pytest -n auto --maxprocesses 8 --dist worksteal
# The stamps carry a hash of the lock and of the place, so that an install runs only when one changed.
key = $(shell (pwd; cat $(1) requirements/build.in pyproject.toml) | cksum | cut -d ' ' -f 1)
RUNTIME := .venv/.runtime-$(call key,requirements/runtime.txt)
DEV := .venv/.dev-$(call key,requirements/dev.txt)
STUBS := clients/python
PROTOS = $(shell cd proto && find loanledger -name '*.proto' | sort)

.PHONY: help setup setup-runtime demo dev check lint format types imports proto proto-check \
	stubs googleapis packages test explore bench bench-large soak chaos tamper authz fuzz \
	supply-chain hsm mutants lock clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-15s %s\n", $$1, $$2}'

setup: $(DEV) ## Install everything that the checks need into .venv
setup-runtime: $(RUNTIME) ## Install only what the server, the client and the demo need

demo: $(RUNTIME) ## Run the guided tour on an embedded PostgreSQL
	@$(BIN)/python -m examples.demo

dev: $(RUNTIME) ## Run a server with an embedded PostgreSQL
	@$(BIN)/python -m server dev

check: lint types proto-check imports test ## Run all that CI runs

lint: $(DEV) ## Check style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(DEV) ## Mend what style can be mended by a program
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(DEV) ## Check types
	$(BIN)/mypy

imports: $(DEV) ## Check that imports go one way
	$(BIN)/lint-imports

proto: $(DEV) ## Generate the Python stubs from proto/
	@rm -rf build/stubs && $(MAKE) stubs OUT=build/stubs
	@rm -rf $(STUBS)/loanledger/v1 && cp -R build/stubs/loanledger/v1 $(STUBS)/loanledger/v1

proto-check: $(DEV) googleapis ## Check the contract: style, compatibility, fresh stubs
	$(BIN)/buf lint
	@if git rev-parse --verify -q main:proto >/dev/null 2>&1; then \
		rm -rf build/main && mkdir -p build/main/build \
		&& git archive main buf.yaml proto | tar -x -C build/main \
		&& cp -R build/googleapis build/main/build \
		&& echo "$(BIN)/buf breaking --against main" \
		&& $(BIN)/buf breaking --against build/main; \
	else echo "no branch main here: compatibility is not checked"; \
	fi
	@rm -rf build/stubs && $(MAKE) stubs OUT=build/stubs
	@diff -r -q -x __pycache__ build/stubs/loanledger/v1 $(STUBS)/loanledger/v1 \
		|| { echo "the stubs are not those of proto/: run make proto"; exit 1; }

# Writes the stubs under OUT. The google protos come from the installed googleapis-common-protos.
stubs: $(DEV)
	@mkdir -p $(OUT)/loanledger/v1
	@PATH="$(BIN):$$PATH" $(BIN)/python -m grpc_tools.protoc -I proto \
		-I "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')" \
		--python_out=$(OUT) --pyi_out=$(OUT) --grpc_python_out=$(OUT) \
		--mypy_grpc_out=quiet:$(OUT) $(PROTOS)
	@echo '"""Generated from proto/ by make proto; edit nothing here."""' \
		> $(OUT)/loanledger/v1/__init__.py

# buf reads the google protos as a module of the workspace.
googleapis: $(DEV)
	@rm -rf build/googleapis && mkdir -p build/googleapis/google
	@cd build/googleapis/google && site="$$($(CURDIR)/$(BIN)/python -c \
		'import sysconfig; print(sysconfig.get_path("purelib"))')" \
		&& for part in type rpc api; do (cd "$$site/google" && find $$part -name '*.proto' -print0 \
		| tar -c --null -T -) | tar -x; done

test: $(DEV) ## Run the tests on a real PostgreSQL
	@$(PYTEST)

explore: $(DEV) ## Try the promises on new random lives, TIMES as many as a check does
	@EXPLORE=$(or $(TIMES),10) $(PYTEST) tests/promises tests/calc tests/audit

bench: $(RUNTIME) ## Measure postings, RPCs and the close of business
	@$(BIN)/python -m bench

bench-large: $(RUNTIME) ## Close a book of a million loans, and post meanwhile
	@$(BIN)/python -m bench.large $(SIZES)

soak: $(DEV) ## Kill server and database amid closes, KILLS times or MINUTES at most, from a SEED
	@$(BIN)/python -m tests.faults.soak $(or $(KILLS),200) $(or $(MINUTES),60) $(or $(SEED),$$RANDOM)

chaos: $(DEV) ## Random faults on servers, database, links and disk: FAULTS of them or MINUTES at most, from a SEED
	@$(BIN)/python -m tests.chaos $(or $(FAULTS),200) $(or $(MINUTES),40) $(or $(SEED),$$RANDOM) $(KINDS)

mutants: $(DEV) ## Plant bugs one by one; a named suite must notice each
	@$(BIN)/python -m tests.mutants $(NAMES)

tamper: $(DEV) ## Alter a book's database in every way, and require that each is found; from a SEED
	@$(BIN)/python -m tests.tampering $(or $(SEED),$$RANDOM)

authz: $(DEV) ## Call every RPC by every role in every way, and hold it to the table of roles; from a SEED
	@$(BIN)/python -m tests.authz $(or $(SEED),$$RANDOM)

fuzz: $(DEV) ## Throw MESSAGES of every kind at every RPC of a real server, from a SEED
	@$(BIN)/python -m tests.fuzz $(or $(MESSAGES),100000) $(or $(SEED),$$RANDOM) $(GROUP)

hsm: $(DEV) ## Keys of parties in a hardware module, played by SoftHSM (needs softhsm2)
	@$(BIN)/python -m tests.hsm

supply-chain: $(DEV) ## Licences, secrets in tracked files, SBOM, and known weaknesses of packages (needs a network)
	@$(BIN)/python -m tests.supply_chain

lock: $(DEV) ## Renew the lock files from pyproject.toml
	@for name in dev runtime; do \
		extras="--extra server --extra handout --extra hsm --extra timestamps"; [ $$name = runtime ] || extras="$$extras --extra bundle --extra dev"; \
		pins=""; [ $$name = dev ] || pins="--constraint requirements/dev.txt"; \
		$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
			--no-header --no-emit-index-url --no-annotate $(LOCK_OPTIONS) $$pins $$extras \
			--output-file requirements/$$name.txt pyproject.toml requirements/build.in; \
	done

clean: ## Remove what the targets made; data folders stay
	@rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The packages without the project, as a container's layer wants them.
packages: | .venv/bin/pip
	@$(BIN)/pip install -qq --require-hashes -r requirements/runtime.txt

$(RUNTIME): | .venv/bin/pip
	@$(call install,runtime)
	@touch $@

$(DEV): | .venv/bin/pip
	@$(call install,dev)
	@touch $@ $(RUNTIME)

define install
	echo "installing requirements/$(1).txt into .venv"; \
	$(BIN)/pip install -qq --require-hashes -r requirements/$(1).txt; \
	$(BIN)/pip install -qq --no-deps --no-build-isolation -e .
endef

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "Python 3.11 or newer is needed: make setup PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "Python's venv module is missing: apt-get install python3-venv"; exit 1; }
	@rm -rf .venv && $(PYTHON) -m venv .venv
