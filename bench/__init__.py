"""Benchmarks: one file each, run as `python -m bench.NAME [--json]`; `python -m bench` runs them all."""
