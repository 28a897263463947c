# make run   start nexus-tui in an environment of its own
# make test  format, lint, types and every test: the one gate
# make bench the speed table beside a bare Textual program
# make picture  draw the picture of the README
# make fix   let the formatter and the linter mend what they can
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXTRAS := labs,test

.PHONY: run test bench picture fix clean
.DEFAULT_GOAL := run

$(VENV)/.installed: pyproject.toml constraints.txt
	@echo "Setting up $(VENV) (first time: about a minute)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "nexus-tui needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Try: make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[$(EXTRAS)]'
	@$(BIN)/python -m compileall -q $(VENV)/lib nexus_tui || true
	@touch $@

run: $(VENV)/.installed
	@$(BIN)/nexus-tui

test: $(VENV)/.installed
	@echo "1/5 format"; $(BIN)/ruff format --check .
	@echo "2/5 lint"; $(BIN)/ruff check .
	@echo "3/5 types"; $(BIN)/mypy
	@echo "4/5 course"; $(BIN)/nexus-tui check
	@echo "5/5 tests"; $(BIN)/python -m pytest -n 2 --dist worksteal

bench: $(VENV)/.installed
	@$(BIN)/python -m benchmarks

picture: $(VENV)/.installed
	@$(BIN)/python -m docs.picture

fix: $(VENV)/.installed
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache
