# Set-up and checks. `make build` and `make test` begin on a bare Debian 12 with make and git; later runs look at a
# stamp, install nothing and need no network.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed-from-lock
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Whole files go to one process, so that each builds what its tests share only once; tests/conftest.py gives the order.
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

export PYTHON

.DEFAULT_GOAL := build
.PHONY: build test full quick lint lock example-log benchmark clean distclean system-build system-test

build: $(INSTALLED)  ## build the drafts of the study at the top of this folder into out/
	$(BIN)/regdocs build

test: system-test $(INSTALLED) lint  ## everything: style, types, the import contract, all tests
	$(PYTEST) -m "not full"

full: system-test $(INSTALLED) lint  ## hours: what `make test` runs, and what it only runs a sample of
	$(PYTEST)

quick: $(INSTALLED)  ## under a minute: style, and the tests that are not slow, with fewer drawn examples
	$(BIN)/ruff check .
	$(PYTEST) -m "not slow and not full" --hypothesis-profile=quick

lint: $(INSTALLED)  ## style, types and the import contract
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

system-build system-test: system-%:
	@tools/system-packages $*

$(INSTALLED): requirements.lock pyproject.toml | system-build
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

# The lock holds the digests of every file published for a version, so it serves other machines than this one. It names
# no index: the machine's own pip settings say where files come from, the digests say which files they must be.
lock: $(INSTALLED)  ## write requirements.lock anew from pyproject.toml, with the newest versions
	$(PIP) install pip-tools
	$(BIN)/pip-compile --quiet --upgrade --extra test --generate-hashes --strip-extras --allow-unsafe \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options --no-header \
		--output-file requirements.lock pyproject.toml

# Fixed times, fixed nonces and demonstration keys: the same files and the same tool chain give the same bytes. Whoever
# changes a template, a writer, a font or an example runs this in the same commit.
example-log: $(INSTALLED)  ## the logs of audit/ and examples/demo-101/audit/, and what outsiders hold of them, anew
	$(BIN)/python -m tools.example_log

benchmark: $(INSTALLED)  ## six minutes: what each thing costs, beside what else one could use (docs/performance.md)
	$(BIN)/python benchmarks/build.py
	$(BIN)/python benchmarks/redline.py
	$(BIN)/python benchmarks/audit.py

clean:  ## remove what builds and tools left behind
	rm -rf out dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find regdocs tests -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean  ## remove the virtual environment too
	rm -rf $(VENV) .regdocs
