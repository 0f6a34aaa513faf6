# Everything a person types. `make run` and `make test` set up all they need, in .venv/ and var/.

PORT ?= 8000
BIN := .venv/bin
WORDS := app/translations/nl/LC_MESSAGES/messages
UV_VERSION := 0.13.9
# The first Python on this machine that is new enough; only looked for when .venv has to be made.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

.PHONY: run reset test check format words lock bench crash

run: .venv/ready $(WORDS).mo ## the demo, at http://localhost:$(PORT)
	@$(BIN)/python -m app.cli demo --port $(PORT)

reset: .venv/ready ## throw the demo's data away
	@$(BIN)/python -m app.cli demo --reset

test: .venv/ready $(WORDS).mo ## all tests, in parallel
	@$(BIN)/python -m tests.browser
	$(BIN)/python -m pytest -n 3 --dist worksteal -q

check: .venv/ready ## all that must be true before a change lands
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djlint --quiet --check --lint app
	$(BIN)/pyright
	$(BIN)/lint-imports
	$(MAKE) test

bench: .venv/ready $(WORDS).mo ## measure the nation of the demo; BENCH_ARGS="--only pages" measures a part of it
	@$(BIN)/python -m app.cli demo --nation --build-only
	@$(BIN)/python -m tests.benchmarks $(BENCH_ARGS)

crash: .venv/ready $(WORDS).mo ## book from 16 clients while web, worker and database are killed; CRASH_ARGS="--bookings 200 --kills 1" is a small one
	@$(BIN)/python -m tests.crash $(CRASH_ARGS)

format: .venv/ready
	$(BIN)/ruff format .
	-$(BIN)/ruff check --fix -q .
	-$(BIN)/djlint --quiet --reformat app

words: .venv/ready ## gather what the code says, for the catalogue; then translate what is empty or fuzzy
	@mkdir -p var
	$(BIN)/pybabel -q extract -F config/babel.cfg -k _l -k lazy_gettext --no-location --sort-output -o var/messages.pot app
	$(BIN)/pybabel -q update -i var/messages.pot -d app/translations -l nl --no-fuzzy-matching --ignore-obsolete

lock: .venv/ready ## resolve the dependencies again
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate --group dev pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate -c requirements.lock pyproject.toml -o requirements.production.lock

.venv/ready: requirements.lock Makefile
	@if [ -z "$(PYTHON)" ]; then \
		echo "Python 3.11 of nieuwer met venv is nodig (Debian, Ubuntu: apt install python3 python3-venv)."; \
		echo "Python 3.11 or newer with venv is needed (Debian, Ubuntu: apt install python3 python3-venv)."; \
		exit 1; \
	fi
	@echo "Eenmalig klaarzetten, ongeveer een minuut · Setting up, once, about a minute …"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION)
	@VIRTUAL_ENV=.venv $(BIN)/uv pip sync -q --require-hashes requirements.lock
	@printf '#!/bin/sh\nPYTHONPATH="%s" exec "%s/$(BIN)/python" -m app.cli "$$@"\n' "$(CURDIR)" "$(CURDIR)" > $(BIN)/vreemdeogen
	@chmod +x $(BIN)/vreemdeogen
	@touch $@

$(WORDS).mo: $(WORDS).po .venv/ready
	@$(BIN)/pybabel -q compile -d app/translations
