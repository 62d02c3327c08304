"""The places on the board: each is one file with `async def visit(board, node, caller)`."""
