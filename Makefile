# Everything a person types. "make" alone says what there is.
# The environment (.venv) is made on first use from constraints.txt; see deploy/environment.py.

PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
# Two workers: clinics' laptops and CI have at least two cores, and the browser tests wait more than they compute.
# Each takes half of the list and later what the other has left: a module's servers and browser start in one of them.
WORKERS ?= 2
# These alone must reach every branch of core and knowledge: coverage doubles what a test costs, so the others go without.
OF_CORE := tests/core tests/codes tests/knowledge tests/reviewers

.PHONY: help demo test lint format bench slow mutation pin supply settings clean app-environment dev-environment
.DEFAULT_GOAL := help

help:  ## this list
	@echo "Loadpath"
	@echo
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 16

demo: app-environment  ## start Loadpath and a sandbox EHR here; Ctrl-C stops both (ARGS="--port 8090 ...")
	@exec $(BIN)/smartapp demo $(ARGS)

test: dev-environment  ## style, types and all tests but the slow ones
	@$(BIN)/ruff format --check --quiet . || { echo 'Not formatted: run "make format".'; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(PYTEST) -n $(WORKERS) --dist worksteal -m "not slow" $(OF_CORE) --cov --cov-report=term-missing:skip-covered --cov-fail-under=100
	@$(PYTEST) -n $(WORKERS) --dist worksteal -m "not slow" $(addprefix --ignore=,$(OF_CORE))

slow: dev-environment  ## the tests "make test" leaves out
	@$(PYTEST) -n $(WORKERS) --dist loadgroup -m slow

lint: dev-environment  ## style and types only
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

format: dev-environment  ## rewrite the code in the house style
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

bench: dev-environment  ## round trips and wall time beside fhirclient; writes artifacts/bench.json
	@$(BIN)/python -m tests.bench

mutation: dev-environment  ## changes to the core that no test notices (docs/mutation.md); ARGS="--sample 1000 --seed 1" for some
	@nice $(BIN)/python -m tests.mutation --children $(WORKERS) $(ARGS)

pin: dev-environment  ## write constraints.txt again from the environment as it is
	@$(BIN)/python deploy/environment.py pin

supply: dev-environment  ## write deploy/requirements.txt, sbom.json and licenses.md again from constraints.txt
	@$(BIN)/python -m deploy.supply

settings: dev-environment  ## write deploy/settings.md again from smartapp/settings.py
	@$(BIN)/python deploy/settings.py > deploy/settings.md

clean:  ## remove the environment and everything that was generated
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage* htmlcov build dist artifacts *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

app-environment:
	@command -v $(PYTHON) >/dev/null || { echo 'Loadpath needs Python 3.11 or newer; there is no "$(PYTHON)" here.'; exit 1; }
	@$(PYTHON) deploy/environment.py app

dev-environment:
	@command -v $(PYTHON) >/dev/null || { echo 'Loadpath needs Python 3.11 or newer; there is no "$(PYTHON)" here.'; exit 1; }
	@$(PYTHON) deploy/environment.py dev
