# LandReview: one line a target; the work is done by the scripts in tools/.
SHELL := /bin/bash
PYTHON := /usr/bin/python3
VENV := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help demo test test-gui test-oldest test-long lint build i18n rules bench bench-batch verify datacenter test-datacenter demo-sync chaos doctor env clean ready ready-test bundle

help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/; s/[$$]{2}/$$/' | expand -t 14

demo: ready build ## the main job, from nothing to the printed opinion
	@. tools/env.sh && $(PYTHON) tools/demo.py

test: ready-test build ## all tests, on the QGIS of the machine
	@tools/test.sh

test-oldest: build ## all tests on the oldest packages that we claim to work with
	@tools/setup.sh oldest
	@tools/test.sh oldest

test-gui: ready-test build ## the panel: each action with real widgets, without a screen
	@tools/test.sh tests/gui

test-long: ready-test build ## the long tests: kill -9 at 20 random points of a batch, new examples for every property
	@LANDREVIEW_LONG=1 tools/test.sh tests/jobs
	@LANDREVIEW_LONG=1 tools/test.sh -m hypothesis tests

panel-tour: ready build ## drive the panel in the real QGIS under Xvfb and photograph it (after make demo)
	@tools/panel_tour.sh

lint: ready-test build ## formatter, linters, type checker, import table, security scans
	@tools/lint.sh

build: ready ## the plugin folder and its zip in build/
	@$(PYTHON) tools/build.py

i18n: ready ## extract and compile translations, name what is not translated
	@$(PYTHON) tools/i18n.py

rules: ready-test ## check the rule packs and their examples
	@$(VENV) tools/check_rules.py

bench: ready-test ## the races against peers, results in benchmarks/results
	@$(VENV) benchmarks/overlay.py

bench-batch: ready-test ## 1,000 cases on the demo county: throughput, scaling, memory, against peers
	@$(VENV) benchmarks/batch.py

datacenter: ready-test ## the data centre with demo offices and cases on a private database, until Ctrl+C
	@$(VENV) -m datacenter demo

demo-sync: ready-test ## a case goes county → city → province, comes back once, is decided: over a real centre
	@PYTHONUTF8=1 PYTHONPATH=. $(VENV) tools/demo_sync.py

chaos: ready-test ## sync under faults: ROUNDS=1000 SEED=1 (and the long tests of bad lines)
	@LANDREVIEW_LONG=1 ROUNDS=$${ROUNDS:-1000} SEED=$${SEED:-1} tools/test.sh -s tests/sync/test_sync_chaos.py tests/sync/test_sync_line.py

test-datacenter: ready-test ## the tests of the data centre (LANDREVIEW_LONG=1: 100 kills)
	@tools/test.sh tests/datacenter

verify: ready-test ## compute overlays again with an engine that shares no code with GEOS
	@$(VENV) tools/verify.py

doctor: ## what is installed, what is missing, how to mend it
	@. tools/env.sh && $(PYTHON) tools/doctor.py

env: ## shell exports for qgis_process: eval "$$(make -s env)"
	@tools/env.sh print

bundle: build ## release bundle: plugin zip and wheels for offices without a network
	@$(PYTHON) tools/bundle.py

clean: ## remove what was built
	@rm -rf build .venv .venv-oldest .venv*.before .mypy_cache .ruff_cache .pytest_cache .hypothesis

ready:
	@tools/setup.sh run

ready-test:
	@tools/setup.sh test
