# Thin aliases; each line is the whole truth.
.PHONY: test lint bench demo ci

test:
	python -m pytest -q

lint:
	ruff check . && ruff format --check . && mypy && lint-imports

bench:
	python -m bench

demo:
	bbsterm demo

ci:
	bash .ci/run
