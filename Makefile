# Everything a person types here. `make help` lists it.
# Needs python3 (3.11 or newer) with venv, git and make; uv brings the rest into .venv.

PYTHON ?= python3
UV_VERSION := 0.13.9

VENV := .venv
BIN := $(VENV)/bin
SYNCED := $(VENV)/.synced
NOQT := .venv-noqt
NOQT_SYNCED := $(NOQT)/.synced
# What drives the window; every other test runs without PySide6.
QT_TESTS := tests/ui $(patsubst %,tests/tools/test_%.py,camera screenshots keyboard walk window_parts)
# Parallel test processes; two suit a small machine and CI. Each begins with a stretch of
# its own, so that what a file of tests makes once is mostly made once.
JOBS ?= 2
WORKERS = -n $(JOBS) --dist worksteal

.DEFAULT_GOAL := help

.PHONY: help
help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

.PHONY: demo
demo: $(SYNCED) ## a ledger of a real district, from import to workbook and PDF in out/
	@tools/system_libs.sh qt || echo "No window then; the rest goes on."
	$(BIN)/taizhang demo --out out

.PHONY: run
run: $(SYNCED) ## open the window
	@tools/system_libs.sh qt
	$(BIN)/taizhang

# Each test runs once: below the windows where PySide6 is not installed, so that nothing
# there can lean on it, and the rest with it. All below the windows has to be covered by
# its own tests; what the windows' tests reach is measured by `make coverage`, for it
# takes half as long again. The cases of the packs are data held against data: they reach
# no line that others do not.
.PHONY: test
test: test-without-qt ## all tests; without Qt's libraries, all that needs no Qt
	@if tools/system_libs.sh qt; then $(MAKE) --no-print-directory test-with-qt; \
	elif [ -n "$$CI" ]; then exit 1; \
	else echo "The tests of the window are left out."; fi

.PHONY: test-without-qt
test-without-qt: $(NOQT_SYNCED) ## the tests below the window, with PySide6 uninstalled
	@tools/system_libs.sh tests
	rm -f .coverage .coverage.*
	$(NOQT)/bin/pytest -q $(WORKERS) -c tests/without-qt.ini --rootdir=. tests/packs
	$(NOQT)/bin/pytest -q $(WORKERS) -c tests/without-qt.ini --rootdir=. \
		--cov --cov-config=pyproject.toml --cov-report= \
		$(QT_TESTS:%=--ignore=%) --ignore=tests/packs tests
	$(NOQT)/bin/python -m tools.check_coverage below

.PHONY: test-with-qt
test-with-qt: $(SYNCED)
	$(BIN)/pytest -q $(WORKERS) $(QT_TESTS) tests/test_main.py

.PHONY: coverage
coverage: $(SYNCED) ## what the tests of the windows reach, against the mark
	@tools/system_libs.sh qt
	rm -f .coverage .coverage.*
	$(BIN)/pytest -q $(WORKERS) --cov --cov-report= $(QT_TESTS) tests/test_main.py
	$(BIN)/python -m tools.check_coverage windows

# Two halves that take about as long, so that `make -j2 check` takes half the time.
.PHONY: check
check: check-types check-code ## lint, types, floors, lengths, words, tree, spelling

.PHONY: check-types
check-types: $(SYNCED)
	$(BIN)/mypy

.PHONY: check-code
check-code: $(SYNCED)
	@failed=; step() { echo "== $$*"; "$$@" || failed="$$failed  $$*\n"; }; \
	spelling() { git -c core.quotepath=off ls-files -z --cached --others \
		--exclude-standard | xargs -0 codespell; }; \
	PATH="$(CURDIR)/$(BIN):$$PATH"; \
	step ruff check --quiet; \
	step ruff format --check --quiet; \
	step lint-imports --no-logo; \
	for part in walls lengths words tree; do step python -m tools.check_$$part; done; \
	step spelling; \
	[ -z "$$failed" ] || { printf "Failed:\n$$failed" >&2; exit 1; }

.PHONY: format
format: $(SYNCED) ## put the code into its one form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

.PHONY: words
words: $(SYNCED) ## compile the translations
	$(BIN)/python -m tools.compile_words

.PHONY: screenshots
screenshots: $(SYNCED) ## photograph each page into docs/images
	@tools/system_libs.sh qt
	$(BIN)/python -m tools.screenshots

.PHONY: walk
walk: $(SYNCED) ## photograph the road to the workbook, by keys alone
	@tools/system_libs.sh qt
	$(BIN)/python -m tools.walk

.PHONY: bench
bench: $(SYNCED) ## run the benchmarks
	@tools/system_libs.sh qt
	@failed=; for script in benchmarks/*.py; do echo "== $$script"; \
	$(BIN)/python $$script || failed="$$failed $$script"; done; \
	[ -z "$$failed" ] || { echo "Goals missed:$$failed" >&2; exit 1; }

.PHONY: dist
dist: $(SYNCED) ## freeze the program into dist/taizhang, and start it once
	@tools/system_libs.sh qt && tools/system_libs.sh dist
	$(BIN)/pyinstaller --noconfirm --log-level WARN build.spec
	$(BIN)/python -m tools.check_dist

.PHONY: clean
clean: ## remove what was made; the ledgers of people are elsewhere
	rm -rf build dist out htmlcov .coverage .coverage.* .mypy_cache .ruff_cache \
		.pytest_cache .hypothesis .import_linter_cache $(VENV) $(NOQT)

# uv lives in the environment it fills: it leaves itself alone, as this was made by venv.
$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; say make PYTHON=/path/to/it" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(SYNCED): $(BIN)/uv pyproject.toml uv.lock
	$(BIN)/uv sync --quiet --frozen --no-python-downloads
	@touch $@

$(NOQT_SYNCED): $(SYNCED)
	UV_PROJECT_ENVIRONMENT=$(NOQT) $(BIN)/uv sync --quiet --frozen --no-python-downloads \
		--python $(BIN)/python --no-install-package pyside6-essentials \
		--no-install-package shiboken6 --no-install-package pytest-qt
	@touch $@
