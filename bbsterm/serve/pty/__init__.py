"""`bbsterm serve --pty-exec PROGRAM`: each caller gets a program on a terminal of its own (POSIX only).

`environment` is what the program is told, `terminal` the pseudo-terminal, `process` how it begins and ends,
`shell` the pump between it and the caller.
"""
