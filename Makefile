# Two doors for a newcomer: `make run` does the main job, `make test` runs the tests.
# Everything is installed into .venv; nothing outside this folder is touched.

PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
DKG := $(BIN)/diaspora-kg

.PHONY: run test test-wheel check bench soak docs clean

run: .venv/installed
	$(DKG) build -o kg
	$(DKG) validate
	$(DKG) query institutions-of-states --kg kg --evidence

test: .venv/tested
	$(BIN)/python -m pytest -n auto --dist loadgroup

test-wheel: .venv/tested
	$(BIN)/python scripts/test_wheel.py

check: .venv/tested
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python scripts/check_ontology_shapes.py
	$(BIN)/python scripts/check_owl.py
	$(BIN)/python scripts/make_reference.py --check
	$(BIN)/python scripts/make_figure.py --check
	$(BIN)/python scripts/make_evaluation.py --check

soak: .venv/tested
	$(BIN)/python tests/store/killing.py --kills 200
	$(BIN)/python scripts/soak_incremental.py --seeds 50 --edits 20

bench: .venv/tested
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[bench]"
	$(BIN)/python -m benchmarks.run

docs: .venv/tested
	$(BIN)/python scripts/make_reference.py
	$(BIN)/python scripts/make_figure.py
	$(BIN)/python scripts/make_evaluation.py

# libraries of others that judge what we write; they want versions of their own
.venv/oracles: .venv/python scripts/oracles.txt
	$(PYTHON) -m venv .venv/oracles
	.venv/oracles/bin/python -m pip install --quiet --disable-pip-version-check -r scripts/oracles.txt

.venv/python:
	$(PYTHON) -m venv .venv
	touch $@

.venv/installed: .venv/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

.venv/tested: .venv/installed constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[draw,dev]"
	touch $@

clean:
	rm -rf .venv kg dist build .cache .mypy_cache .ruff_cache .pytest_cache
