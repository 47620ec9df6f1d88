# Two commands do everything: `make run` and `make test`. Both make .venv in this folder first.
PYTHON ?= python3
PORT ?= 8000
TESTS ?= tests
WORKERS ?= 3
BIN := .venv/bin
# Many small matrices: the threads of BLAS would wait for each other.
export OPENBLAS_NUM_THREADS ?= 1

PAGES := service/web/node_modules/.package-lock.json
CHROMIUM := tests/browser/node_modules/.package-lock.json
# Whether to hold how many lines the tests reach: a part of them says nothing about that.
WHOLE := $(filter tests,$(TESTS))

.PHONY: run test evaluate bench train check

run: .venv/installed $(PAGES)
	$(BIN)/ikz serve --port $(PORT)

# Three processes, each with its own models (1 GB): two cores are busy while one waits for a browser,
# a mail or a process that ends. A file stays in one, for its fixtures. In the order of collection:
# the longest files come first there. Byte code is kept, or each process would compile all tests anew.
test: .venv/installed $(PAGES) $(CHROMIUM)
	$(if $(WHOLE),$(BIN)/coverage erase)
	PYTHONDONTWRITEBYTECODE= OMP_NUM_THREADS=1 $(if $(WHOLE),PYTEST_PLUGINS=tests.lines_reached) \
		$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(TESTS)
	$(if $(WHOLE),$(BIN)/coverage combine --quiet && $(BIN)/coverage report)

evaluate: .venv/installed
	$(BIN)/python -m eval evaluate

bench: .venv/installed $(PAGES) $(CHROMIUM)
	$(BIN)/python -m eval bench
	$(BIN)/python -m eval performance
	$(BIN)/python -m eval screenshots

train: .venv/installed
	$(BIN)/ikz train

check: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# npm comes from PyPI with the environment: nothing but Python is needed beforehand.
%/node_modules/.package-lock.json: %/package-lock.json .venv/installed
	PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --prefix $* --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

.venv/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 oder neuer wird gebraucht (PYTHON=python3.12 make …).")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@# What pip does for packages; or the first start, or each one, would compile all for a second.
	$(BIN)/python -m compileall -q data matcher models service
	touch $@
