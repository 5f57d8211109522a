# What people do here, one word each. `make help` lists it.
PYTHON ?= python
CODE := $(wildcard app.py liaison pages tests benchmarks)
LINT_IMPORTS := $(PYTHON) -c "from importlinter.cli import lint_imports_command as lint; lint()" --no-logo

.PHONY: help check fix test audit bench demo run pictures notice metrics commands formats
help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

check:  ## style, types and the import rule, within a minute
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy $(CODE)
	$(LINT_IMPORTS)

fix:  ## format, and mend what can be mended without thought
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

test:  ## the fast suite, at most twelve minutes on two cores
	$(PYTHON) -m pytest

audit:  ## what repeats at scale: at most ninety minutes, before something is called done
	$(PYTHON) -m pytest -n 0 -m audit --timeout 5400 --hypothesis-profile audit

bench:  ## every promise about speed and size, as a ratio to a limit measured in the same run
	@missed=""; for promise in $(basename $(notdir $(wildcard benchmarks/[a-z]*.py))); do \
		echo "== $$promise"; $(PYTHON) -m benchmarks.$$promise || missed="$$missed $$promise"; done; \
	if [ -n "$$missed" ]; then echo "not kept:$$missed"; exit 1; fi; echo "all kept"

demo:  ## the fictional market, in a home of its own
	LIAISON_HOME="$${LIAISON_DEMO_HOME:-data/demo}" $(PYTHON) -m liaison demo

run:  ## the app, for one person, on this machine
	$(PYTHON) -m streamlit run app.py

pictures:  ## the pictures of README and docs anew, over the demo market
	$(PYTHON) -m tests.browser.pictures

notice:  ## NOTICE anew, after a dependency changed
	$(PYTHON) -m tests.house.notice

metrics:  ## docs/metrics.md anew, after a definition or a drawn rule changed
	$(PYTHON) -m tests.spec.document

commands:  ## docs/commands.md anew, after a command changed
	$(PYTHON) -m liaison.cli.document

formats:  ## docs/formats.md anew, after a format changed
	$(PYTHON) -m liaison.ingest.document
