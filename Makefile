# Thin aliases; each line is the whole truth.
.PHONY: test lint bench api pictures demo ci

test:
	python -m pytest -q

lint:
	ruff check . && ruff format --check . && mypy && lint-imports

bench:
	python -m bench

api:
	python -m tools.api && python -m tools.matrix

pictures:
	python -m tools.pictures

demo:
	bbsterm demo

ci:
	bash .ci/run
