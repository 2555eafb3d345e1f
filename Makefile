# Thin on purpose: each target is one short script in scripts/.
.DEFAULT_GOAL := help
.PHONY: help run test torture generate bench mutants fuzz audit
# The scripts use both cores themselves; two targets at once would only get in each other's way.
.NOTPARALLEL:

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## build what has changed and start Varsel with demo data on http://127.0.0.1:8080 (PORT changes it)
	@exec scripts/run.sh

test: ## everything that must pass: lints, unit, integration and browser tests, on SQLite and PostgreSQL
	@exec scripts/test.sh

torture: ## the proofs of access control and of faults with their whole figures, on both databases (hours)
	@exec scripts/torture.sh

generate: ## rewrite the files that come from others: schema/*, the typed operations of the frontend
	@exec scripts/generate.sh

bench: ## run the benchmarks and measure the server: size, start, memory
	@exec scripts/bench.sh

mutants: ## change the engine's code one place at a time, and count the changes that no test notices (hours)
	@exec scripts/mutants.sh

fuzz: ## feed what reads other people's text with any text, guided by coverage: the gate, facts, conditions, packs (20 minutes)
	@exec scripts/fuzz.sh

audit: ## attack suites that others wrote, against a server that is started for them; needs a network (half an hour)
	@exec scripts/audit.sh
