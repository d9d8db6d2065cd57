# Everything goes through one virtual environment in .venv; every target sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TEST_PROCESSES ?= 3
STAMP := $(VENV)/.installed
BENCH_STAMP := $(VENV)/.installed-bench
GRAPHIQL := app/graphiql/static/index.html
GRAPHIQL_SOURCES := $(wildcard app/graphiql/web/*.* app/graphiql/web/src/*)

.PHONY: run test audit check format schema interfaces bench bench-quick bench-count bench-count-check clean setup

setup: $(STAMP) $(GRAPHIQL)

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

$(GRAPHIQL): $(STAMP) $(GRAPHIQL_SOURCES)
	$(BIN)/python -m app.graphiql.build
	touch $@

run: setup  ## Start the sandbox hospitals and the API; Ctrl-C stops both
	$(BIN)/patient-graph demo

test: setup  ## Run the whole test suite, in several processes: it mostly waits
	$(BIN)/python -m pytest --numprocesses $(TEST_PROCESSES) --dist loadfile

audit: setup  ## What npm's graphql-http finds wrong with the running server
	$(BIN)/python -m tests.conformance

check: setup  ## Lint, types, floors, committed schema
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/patient-graph schema | diff schema/schema.graphql -

format: setup  ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

schema: setup  ## Write schema/schema.graphql anew
	$(BIN)/patient-graph schema > schema/schema.graphql.new
	mv schema/schema.graphql.new schema/schema.graphql

interfaces: setup  ## Write docs/interfaces.md anew
	$(BIN)/python -m tests.contracts.interfaces_page

$(BENCH_STAMP): $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[bench]'
	touch $@

bench: setup $(BENCH_STAMP)  ## Measure against other servers; writes docs/performance.md
	$(BIN)/python -m bench

bench-quick: setup  ## Ours against our bare calls, under three minutes
	$(BIN)/python -m bench --quick

bench-count: setup  ## Instructions per operation by valgrind, under two minutes
	$(BIN)/python -m bench --instructions

bench-count-check: setup  ## The same; fails where they are more than committed
	$(BIN)/python -m bench --instructions --check

clean:  ## Remove what was built or installed
	rm -rf $(VENV) app/graphiql/static app/graphiql/web/node_modules tests/browser/node_modules tests/conformance/node_modules bench/peers/node_modules
