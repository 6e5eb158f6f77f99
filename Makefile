# Works on a machine with Python 3.11+ and make, nothing else.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
MODULES := deploy/local/node_modules/.installed
# One more than there are cores: tests wait for databases, browsers and documents.
WORKERS := $(shell expr $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2) + 1)

.PHONY: help install run test lint types bench requirements lock
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 14

install: $(VENV)/.installed ## .venv and the pinned lock, nothing else

$(VENV)/.installed: requirements-dev.lock
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed." if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

# The stand-in's page and the card tests use Microsoft's own renderer; node comes from a wheel
# where the machine has none.
$(MODULES): deploy/local/package-lock.json $(VENV)/.installed
	cd deploy/local && $(CURDIR)/$(BIN)/npm ci --silent --no-audit --no-fund
	touch $@

run: $(VENV)/.installed $(MODULES) ## the bot and a local stand-in for Teams; RESET=1 begins afresh
	$(BIN)/python -m deploy.local.run $(if $(RESET),--reset)

test: $(VENV)/.installed $(MODULES) ## every test that this machine can run
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --cov --cov-report= $(ARGS)
	$(BIN)/python -m coverage report --include='eocif/rules/*,cards/*' --fail-under=100
	$(BIN)/python -m coverage report --fail-under=95 > /dev/null

lint: $(VENV)/.installed ## ruff and the import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/.installed ## mypy, strict
	$(BIN)/mypy

bench: $(VENV)/.installed ## the benchmarks
	$(BIN)/python -m tests.benchmarks $(ARGS)

requirements: $(VENV)/.installed ## the lines of requirements.md that no test shows
	$(BIN)/python -m tests.requirements

lock: $(VENV)/.installed ## write the locks again from pyproject.toml
	$(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
