"""Tools for those who work on bbsterm; not installed."""
