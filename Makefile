# Everything a newcomer types. Needed on the machine: Python 3.11 or newer, and make.

SETUP = sh tools/setup.sh
PY = .venv/bin/python
ON_BOTH = $(PY) -m tests.engines sqlite postgres --
PYTEST = $(PY) -m pytest -q -n logical --maxprocesses 8

.DEFAULT_GOAL := help
.PHONY: help run test test-all check format bench messages screenshots lock wheel clean setup-run setup-test

help:  ## this list
	@echo "The coordination hub. Type make and one of these words:"
	@echo
	@sed -n 's/^\([a-z-]*\):.*  ## \(.*\)/  \1|\2/p' Makefile | while IFS='|' read -r word text; do printf '  %-13s %s\n' "$$word" "$$text"; done

run: setup-run  ## set up what is missing, then start the hub and print its address and sign-ins
	@exec $(PY) manage.py up

test: setup-test  ## every test, first on SQLite, then on PostgreSQL and Redis; the browser comes last
	@$(ON_BOTH) $(PYTEST) -m "not large" $(ARGS)

test-all: setup-test  ## the same with the tests that take long
	@$(ON_BOTH) $(PYTEST) $(ARGS)

check: setup-test  ## format, lint, types, walls between the rooms, languages, deployment settings
	@$(PY) tools/check.py

format: setup-test  ## put Python files into the one format, and mend what can be mended
	@$(PY) -m ruff check -q --fix-only .
	@$(PY) -m ruff format .

bench: setup-test  ## measure pages beside Django's own ASGI handler (a few minutes)
	@$(PY) -m bench.pages $(ARGS)
	@$(PY) -m bench.feed

messages: setup-test  ## gather the words of the interface for translators, and compile them
	@$(PY) manage.py messages
	@$(PY) manage.py messages --compile

screenshots: setup-test  ## take the pictures of the README anew, and all pages into var/screenshots
	@$(PY) -m tools.pictures

lock: setup-test  ## choose the newest allowed versions of all packages and write their hashes
	@$(PY) tools/lock.py

wheel: setup-test  ## build the installable package into dist/
	@rm -rf dist && $(PY) -m build --wheel --no-isolation .

clean:  ## remove what these commands made, but never the data below var/
	rm -rf .venv dist build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis var/node var/setup.log
	find locale -name '*.mo' -delete

setup-run:
	@$(SETUP) run

setup-test:
	@$(SETUP) test
