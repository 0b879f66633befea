# zhibu: make demo shows it, make test checks it. Both set up .venv first, once.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
PEERS := .venv/peers
PACKAGES := ledger rubrics projections cli web

.PHONY: demo check test tests lint types bench bench-quick fuzz soak setup clean

demo: setup
	@$(BIN)/zhibu demo

# Side by side: two workers more than there are cores, since many tests wait for something.
test: setup
	@$(MAKE) --no-print-directory -j3 lint types tests

# The tests as pytest rewrites them are kept, though the environment may ask Python to keep nothing.
tests: setup
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n $$($(BIN)/python -c 'import os; print(os.cpu_count() + 2)') --dist worksteal

# Lint, types, unit tests of forms, engine and events, and the quickest journeys: under a minute.
check: setup lint types
	$(BIN)/python -m pytest -n auto -q tests/rubrics tests/ledger/events tests/projections/engine tests/projections/text \
		tests/projections/answers tests/journeys/scoring/test_score.py tests/journeys/recording/test_log.py tests/journeys/test_due.py

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: setup
	$(BIN)/mypy

bench: setup $(PEERS)
	PYTHONPATH=$(PEERS) $(BIN)/python -m bench

bench-quick: setup $(PEERS)
	BENCH_QUICK=1 PYTHONPATH=$(PEERS) $(BIN)/python -m bench

# The peers lie apart, so that nothing of zhibu can come to need them.
$(PEERS): bench/requirements.txt
	@rm -rf $@
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --target $@ --requirement $<

fuzz: setup
	HYPOTHESIS_PROFILE=fuzz $(BIN)/python -m pytest -m fuzz

soak: setup
	$(BIN)/python -m tests.soak

setup: $(READY)
	@$(BIN)/python -m compileall -q $(PACKAGES)

$(READY): requirements.txt pyproject.toml
	@echo "Setting up .venv with $$($(PYTHON) --version) ..."
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'zhibu needs Python 3.11 or newer: make PYTHON=python3.12 ...')"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@# A plain path instead of a finder: every start of the program is 30 ms shorter.
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
		--config-settings editable_mode=compat --editable .
	@touch $@

clean:
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find $(PACKAGES) tests -name __pycache__ -type d -prune -exec rm -rf {} +
