"""How the board speaks to a terminal: one file for each family of machines."""
