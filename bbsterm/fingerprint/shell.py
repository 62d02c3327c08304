"""The shell that looks at its callers: asks, keeps what it found, shows it, and takes a name for it.

``create_server(protocol_factory=FingerprintingServer, shell=fingerprint_shell(data_dir))``; with any other
`TelnetServer` it works as well, only what the caller did before the shell began has to be guessed.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from bbsterm.errors import StorageError
from bbsterm.fingerprint.asking import Line
from bbsterm.fingerprint.client_probe import ClientProbe
from bbsterm.fingerprint.hashing import NOTHING, fingerprint, tame
from bbsterm.fingerprint.names import Names
from bbsterm.fingerprint.report import caller_report
from bbsterm.fingerprint.server import late_probe
from bbsterm.fingerprint.signatures import recognise
from bbsterm.fingerprint.store import Store
from bbsterm.fingerprint.terminal_probe import CLEAN_UP, TerminalProbe
from bbsterm.fingerprint.ucs import ucs_detect
from bbsterm.limits import MAX_UCS_REPORT
from bbsterm.protocol.strategy import MUD_CLIENTS
from bbsterm.serve.detect import by_terminal_type

__all__ = ["Shell", "caller_document", "fingerprint_shell", "fingerprinting_server_shell"]

Shell = Callable[[Any, Any], Awaitable[None]]

_PATIENCE: Final = 60.0
"""Seconds that a caller has for a name."""

_RETRO: Final = frozenset({"petscii", "atascii"})
_LOWER_CASE: Final = b"\x0e"
"""A Commodore that was just switched on has graphics in the place of small letters."""

_MOMENT: Final = "One moment, please: I look at who is calling."
_log: Final = logging.getLogger(__name__)


def fingerprint_shell(data_dir: Path | None = None) -> Shell:
    """A shell for `create_server`.

    Args:
        data_dir: Where fingerprints are kept; None only shows them.
    """

    async def shell(reader: Any, writer: Any) -> None:
        line = Line(reader, writer)
        try:
            await _look(line, writer, data_dir)
        except (ConnectionError, EOFError):
            _log.info("%s hung up on the fingerprint", writer.protocol)
        finally:
            line.close()
            writer.close()

    return shell


async def fingerprinting_server_shell(reader: Any, writer: Any) -> None:
    """The shell by telnetlib3's name: fingerprints are kept in ``$TELNETLIB3_DATA_DIR``, if that is set."""
    data_dir = os.environ.get("TELNETLIB3_DATA_DIR")
    await fingerprint_shell(Path(data_dir) if data_dir else None)(reader, writer)


async def _look(line: Line, writer: Any, data_dir: Path | None) -> None:
    probe = getattr(line.protocol, "fingerprint_probe", None) or late_probe(line.protocol)
    line.dialect = by_terminal_type(tuple(probe.types))
    if line.dialect == "petscii":
        line.send(_LOWER_CASE)
    line.say(_MOMENT)
    await line.negotiate(probe)
    terminal = TerminalProbe()
    if _may_ask(line, probe):
        await line.look_at(terminal)
        line.utf8 = terminal.utf8
        if terminal.answered:
            line.send(CLEAN_UP)
    detected = await ucs_detect(line, writer) if terminal.utf8 else ""
    document = caller_document(probe, terminal, line.address)
    if detected:
        document["terminal-probe"]["session_data"]["ucs-detect"] = tame(detected, longest=MAX_UCS_REPORT)
        line.send(CLEAN_UP)
    names, problem = await _keep(document, data_dir)
    line.say("")
    for row in caller_report(document, names=names, columns=line.columns):
        line.say(row)
    if problem:
        line.say("This could not be kept; the sysop has been told.")
    if data_dir is not None and not problem:
        await _ask_names(line, document, names, Names(data_dir))
    line.say("Goodbye.")
    await line.drain()


def _may_ask(line: Line, probe: ClientProbe) -> bool:
    """Whether questions for the terminal would reach one, and do no harm.

    A home computer draws them; what a client that edits lines itself would make of them its user would see.
    """
    if line.dialect in _RETRO or not line.protocol.connection.negotiated:
        return False
    if any(name.lower().partition(" ")[0] in MUD_CLIENTS for name in probe.types):
        return False
    return bool(line.protocol.connection.mode != "local")


def caller_document(probe: ClientProbe, terminal: TerminalProbe, address: str) -> dict[str, Any]:
    """What is stored of a caller. Peers' texts are bounded; the file spells them in ASCII.

    Args:
        probe: Phase one, finished.
        terminal: Phase two; one that never began is a caller without a terminal.
        address: The caller's, without its port. It is in no fingerprint.
    """
    session = {"connected": datetime.now(UTC).isoformat(timespec="seconds"), "ip": address}
    told = probe.session()
    return {
        "telnet-probe": {
            "fingerprint": probe.fingerprint,
            "fingerprint-data": probe.data(),
            "session_data": told,
        },
        "terminal-probe": {
            "fingerprint": terminal.fingerprint,
            "fingerprint-data": terminal.data(),
            "session_data": terminal.session(),
        },
        "program": recognise(probe.data(), probe.types),
        "session": fingerprint({"ip": address, "told": told.get("environment"), "types": probe.types}),
        "sessions": [session],
    }


async def _keep(document: dict[str, Any], data_dir: Path | None) -> tuple[dict[str, str], str]:
    """Write it down; return the accepted names, and what went wrong, which costs no caller its report."""
    if data_dir is None:
        return {}, ""

    def keep() -> dict[str, str]:
        hashes = document["telnet-probe"]["fingerprint"], document["terminal-probe"]["fingerprint"]
        Store(data_dir).save("client", hashes, document["session"], document)
        with contextlib.suppress(StorageError):
            return Names(data_dir).known()
        return {}

    try:
        return await asyncio.to_thread(keep), ""
    except StorageError as error:
        _log.warning("a fingerprint was not kept: %s", error)
        return {}, str(error)


async def _ask_names(line: Line, document: dict[str, Any], names: dict[str, str], known: Names) -> None:
    """Ask what has no accepted name yet, once each; nothing, or silence, is an answer."""
    questions = (
        ("telnet", document["telnet-probe"]["fingerprint"], "Your program's name"),
        ("terminal", document["terminal-probe"]["fingerprint"], "Your terminal's name"),
    )
    for what, of, question in questions:
        if of in names or of == NOTHING:
            continue
        line.say(f"{question} (Return: leave it): ", end=False)
        name = await line.ask(_PATIENCE)
        line.say("")
        if name is None:
            return
        try:
            if await asyncio.to_thread(known.suggest, of, what, name):
                line.say("Thank you. A moderator will see it.")
        except StorageError as error:
            _log.warning("a suggestion was not kept: %s", error)
