"""`telsh`: a shell to look at one's own connection with; what a server shows that has no shell of its own."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, Final

import bbsterm
from bbsterm.serve.shells.commandline import CommandLine, special_characters
from bbsterm.serve.shells.toggles import do_toggle, get_linemode, get_slcdata
from bbsterm.serve.shells.typed import echo, next_key, write

__all__ = ["character_dump", "telnet_server_shell"]

_PROMPT: Final = "tel:sh> "
_NEWLINE: Final = "\r\n"
_HELP: Final = "quit, writer, slc, linemode, toggle [option|all], reader, proto, version, whoami, dump"
_LINE_ENDS: Final = "\n\0"
_ROW: Final = 80
_DUMP_KB: Final = 1000


async def telnet_server_shell(reader: Any, writer: Any) -> None:
    """Greet, and carry out commands until `quit` or the end of the line."""
    tls = writer.get_extra_info("ssl_object")
    write(writer, f"Ready (secure: {tls.version()}).\r\n" if tls is not None else "Ready.\r\n")
    command_line = CommandLine()
    while not writer.is_closing():
        write(writer, _PROMPT)
        if not getattr(getattr(writer, "protocol", None), "never_send_ga", False):
            writer.send_ga()
        await writer.drain()
        line = await _typed(reader, writer, command_line)
        if line is None:
            return
        write(writer, _NEWLINE)
        name, *arguments = line.split() or [""]
        if name == "quit":
            write(writer, "Goodbye.\r\n")
            break
        if not name:
            continue
        command = _COMMANDS.get(name)
        answer = "no such command." if command is None else command(reader, writer, arguments)
        if inspect.isawaitable(answer):
            answer = await answer
        if answer:
            write(writer, answer + _NEWLINE)
    writer.close()


async def _typed(reader: Any, writer: Any, command_line: CommandLine) -> str | None:
    """The next line; None at the end of the stream. What is left of the last line's end is passed over."""
    key = await next_key(reader)
    while key and key in _LINE_ENDS:
        key = await next_key(reader)
    while key:
        characters = special_characters(getattr(writer, "slctab", {}))  # stand-ins in tests have none
        shown, line = command_line.feed(key, characters, _PROMPT)
        if shown:
            echo(writer, shown)
        if line is not None:
            return line
        key = await next_key(reader)
    return None


def character_dump(kb_limit: int) -> Iterator[str]:
    """Rows of slashes, each over the one before, at least so many KiB of them; then how many there were."""
    sent = 0
    rows = "/" * _ROW, "\\" * _ROW
    while sent < kb_limit * 1024:
        row = rows[sent // (_ROW + 2) % 2] + "\r\n"
        sent += len(row)
        yield row
    yield f"\x1b[1Gwrote {sent} bytes"


def _version(_reader: Any, _writer: Any, _arguments: list[str]) -> str:
    return f"bbsterm {bbsterm.__version__}"


def _whoami(_reader: Any, writer: Any, _arguments: list[str]) -> str:
    terminal = writer.get_extra_info("TERM") or "unknown terminal"
    size = f"{writer.get_extra_info('cols', 80)}x{writer.get_extra_info('rows', 25)}"
    return f"{_peer(writer)}: {terminal}, {size}"


def _peer(writer: Any) -> str:
    peer = writer.get_extra_info("peername") or ("?", "?")
    return f"{peer[0]} {peer[1]}"


async def _dump(_reader: Any, writer: Any, arguments: list[str]) -> str:
    """``dump [kb] [ms] [drain] [close]``: much output, to see what becomes of it. `drain` does not wait."""
    numbers = [int(each) for each in arguments if each.isdecimal()] + [None, None]
    kilobytes = _DUMP_KB if numbers[0] is None else numbers[0]
    seconds = (numbers[1] or 0) / 1000
    drain, close = "drain" not in arguments, "close" in arguments  # the word switches it, from on to off
    write(writer, f"kb_limit={kilobytes}, delay={seconds:g}, drain={drain}, do_close={close}:\r\n")
    for row in character_dump(kilobytes):
        if writer.is_closing():
            return ""
        write(writer, row)
        if drain:
            await writer.drain()
        if seconds:
            await asyncio.sleep(seconds)
    if close:
        write(writer, _NEWLINE)
        writer.close()
        return ""
    return _NEWLINE + f"{kilobytes} OK"


_Command = Callable[[Any, Any, list[str]], str | Awaitable[str]]

_COMMANDS: Final[dict[str, _Command]] = {
    "help": lambda reader, writer, arguments: _HELP,
    "writer": lambda reader, writer, arguments: repr(writer),
    "reader": lambda reader, writer, arguments: repr(reader),
    "proto": lambda reader, writer, arguments: f"<Peer {_peer(writer)}>",
    "slc": lambda reader, writer, arguments: get_slcdata(writer),
    "linemode": lambda reader, writer, arguments: get_linemode(writer),
    "toggle": lambda reader, writer, arguments: do_toggle(writer, arguments[0] if arguments else None),
    "version": _version,
    "whoami": _whoami,
    "dump": _dump,
}
