"""The board on a port: listening, letting callers in, and closing so that everybody is told."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from bbsterm.net import TelnetReader, TelnetWriter
from bbsterm.net.shell_protocol import Shell
from bbsterm.serve.board import Board, BoardSettings, log
from bbsterm.serve.caller import Patience
from bbsterm.serve.clean import line
from bbsterm.serve.line import BoardConnection, TelnetLine
from bbsterm.serve.listening import Listening, admit, listen, tls_context
from bbsterm.serve.natsbus import make_bus
from bbsterm.serve.store.database import Database
from bbsterm.serve.visit import visit

if TYPE_CHECKING:
    from bbsterm.serve.settings import ServeSettings

__all__ = [
    "FAREWELL",
    "Listening",
    "admit",
    "board_of",
    "board_shell",
    "database_of",
    "open_board",
    "tls_context",
]

FAREWELL = "|14The board closes now. |07Thank you for calling; come back soon."


@contextlib.asynccontextmanager
async def open_board(board: Board, listening: Listening) -> AsyncIterator[tuple[str, int]]:
    """Open `board` to callers; yield the address and port it listens on.

    On the way out nobody new is let in, every caller is told `FAREWELL`, and the port is free again.

    Raises:
        ListenError: The port cannot be taken.
        StorageError: The board's files cannot be opened.
    """
    try:
        await board.open()
        server = await listen(
            listening, board_shell(board), BoardConnection, encoding=False, force_binary=False
        )
        try:
            host, port = server.sockets[0].getsockname()[:2]
            log.info("listening on %s port %d", host, port)
            yield host, port
        finally:
            await board.dismiss(FAREWELL)
            server.close()
            await server.wait_closed()
            log.info("closed")
    finally:
        await board.close()


def board_shell(board: Board) -> Shell:
    """The board as a shell; it has its own idea of falling asleep."""

    async def shell(reader: TelnetReader, writer: TelnetWriter) -> None:
        await visit(board, TelnetLine(reader, writer))

    return shell


def board_of(settings: ServeSettings) -> Board:
    """The board that a server's settings describe."""
    chosen = BoardSettings(
        name=line(settings.name or "", 40),
        folder=settings.board,
        terminal=settings.terminal or "",
        encoding="" if settings.encoding in (None, "false") else str(settings.encoding),
        patience=Patience(idle=settings.timeout),
    )
    return Board(chosen, database=database_of(settings), bus=make_bus(settings.bus or ""))


def database_of(settings: ServeSettings) -> Database:
    """Where a server's settings say that the board keeps everything."""
    from bbsterm.config import find_paths

    return Database(settings.data_dir / "board.sqlite3" if settings.data_dir else find_paths().board)
