"""A VT as xterm does it: for UTF-8 hosts and Unix shells."""
