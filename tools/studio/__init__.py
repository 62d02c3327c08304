"""Where the board's pictures are made: scenes painted as rasters, and printed for each kind of machine.

`python -m tools.studio` writes them to `bbsterm/serve/data/art`. It is not part of what is installed.
"""
