"""`bbsterm serve`: the board, its callers, and the server that answers the line.

`board` is what all callers share, `visit` is one call from connect to goodbye, `areas` are the places on the
menu, `dialects` are the terminals it can speak to. Nothing here needs a socket but `server` and `demo`.
"""
