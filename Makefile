# Two commands do everything: `make run` and `make test`. Both make .venv in this folder first.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
# Many small matrices: the threads of BLAS would wait for each other, and LightGBM has its own.
export OPENBLAS_NUM_THREADS ?= 1

.PHONY: run test setup evaluate bench train check data

run: setup
	$(BIN)/ikz serve --port $(PORT)

test: setup
	$(BIN)/python -m pytest --cov --cov-report=term --cov-fail-under=90

setup: .venv/installed service/web/node_modules/.package-lock.json

# npm comes from PyPI with the environment: nothing but Python is needed beforehand.
service/web/node_modules/.package-lock.json: service/web/package-lock.json .venv/installed
	PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --prefix service/web --ignore-scripts --no-audit --no-fund --silent
	touch $@

.venv/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 oder neuer wird gebraucht (PYTHON=python3.12 make …).")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

evaluate: setup
	$(BIN)/python -m eval evaluate

bench: setup
	$(BIN)/python -m eval bench
	$(BIN)/python -m eval screenshots

train: setup
	$(BIN)/ikz train

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

data: setup
	$(BIN)/python -m data.build
