"""Fingerprints of callers, under the name of their old module."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, TypedDict

from bbsterm.errors import StorageError
from bbsterm.fingerprint.asking import Line
from bbsterm.fingerprint.client_probe import ClientProbe
from bbsterm.fingerprint.questions import CALLER
from bbsterm.fingerprint.report import caller_report
from bbsterm.fingerprint.server import ENVIRON_EXTENDED as _ENVIRON
from bbsterm.fingerprint.server import FingerprintingServer, FingerprintingTelnetServer
from bbsterm.fingerprint.shell import fingerprint_shell, fingerprinting_server_shell
from bbsterm.fingerprint.store import read_json
from bbsterm.protocol.events import OptionChanged, RequestOption
from bbsterm.protocol.vocabulary import OptionCode, Side, option_name

__all__ = [
    "ENVIRON_EXTENDED",
    "FingerprintingServer",
    "FingerprintingTelnetServer",
    "ProbeResult",
    "fingerprint_server_main",
    "fingerprinting_post_script",
    "fingerprinting_server_shell",
    "get_client_fingerprint",
    "probe_client_capabilities",
    "probe_client_loop_detection",
]

ENVIRON_EXTENDED: Final = list(_ENVIRON)
"""Variables that callers are asked for. Secrets, which the old list has many of, are not among them."""

_TOLD: Final = ("TERM", "cols", "rows", "charset", "tspeed", "xdisploc", *ENVIRON_EXTENDED)
_WORDS: Final = {True: "WILL", False: "WONT", None: "timeout"}

_Options = Iterable[tuple[bytes, str, str]]


class ProbeResult(TypedDict, total=False):
    """What became of one question.

    Keys:
        status: "WILL", "WONT" or "timeout".
        opt: The option's number, as one byte.
        description: As it was given.
        already_negotiated: It was agreed on before it was asked for.
    """

    status: str
    opt: bytes
    description: str
    already_negotiated: bool


async def probe_client_capabilities(
    writer: Any,
    options: _Options | None = None,
    timeout: float = 0.5,  # noqa: ASYNC109  # its own
) -> dict[str, ProbeResult]:
    """Ask the other end for options with DO; return what became of each, by name.

    Args:
        writer: The shell's.
        options: Options as (byte, name, description); all that callers are asked for if None.
        timeout: Seconds to wait for answers.
    """
    wanted = _usual() if options is None else list(options)
    enabled = {each[0][0] for each in wanted if writer.connection.enabled(each[0][0], Side.REMOTE)}
    asked = [each[0][0] for each in wanted if each[0][0] not in enabled]
    probe = ClientProbe()
    await _listen(writer, probe, [RequestOption(code, Side.REMOTE) for code in asked], timeout)
    found: dict[str, ProbeResult] = {}
    for opt, name, description in wanted:
        answer = probe.answers.get((opt[0], Side.REMOTE))
        status = "WILL" if opt[0] in enabled else _WORDS[answer]
        found[name] = ProbeResult(status=status, opt=opt, description=description)
        if opt[0] in enabled:
            found[name]["already_negotiated"] = True
    return found


async def probe_client_loop_detection(
    writer: Any,
    probe_results: Mapping[str, ProbeResult],
    timeout: float = 0.3,  # noqa: ASYNC109  # its own
) -> list[str]:
    """Names of options that the other end turns on again when it is told to turn them off.

    Args:
        writer: The shell's.
        probe_results: What `probe_client_capabilities` returned: options that it found are turned off.
        timeout: Seconds to wait.
    """
    asked = {
        result["opt"][0]: name
        for name, result in probe_results.items()
        if result["status"] == "WILL" and not result.get("already_negotiated")
    }
    again = _Again(set(asked))
    off = [RequestOption(code, Side.REMOTE, enabled=False) for code in asked]
    await _listen(writer, again, off, timeout)
    return sorted(asked[code] for code in again.found)


class _Again(ClientProbe):
    """Notes which options come back."""

    def __init__(self, watched: set[int]) -> None:
        super().__init__()
        self._watched = watched
        self._off: set[int] = set()
        self.found: set[int] = set()

    def witness(self, events: Iterable[Any], *, now: float = 0.0) -> None:
        """Off, and on again."""
        for event in events:
            if not isinstance(event, OptionChanged) or event.side is not Side.REMOTE:
                continue
            if not event.enabled:
                self._off.add(event.option)
            elif event.option in self._off & self._watched:
                self.found.add(event.option)


async def _listen(writer: Any, probe: ClientProbe, asking: list[RequestOption], seconds: float) -> None:
    line = Line(writer.protocol.reader, writer)
    try:
        wanted = {(event.option, event.side) for event in asking}
        await line.listen(probe, asking, wanted, seconds)
    finally:
        line.close()


def _usual() -> list[tuple[bytes, str, str]]:
    return [(bytes((code,)), OptionCode(code).name, "") for code, side in CALLER if side is Side.REMOTE]


def get_client_fingerprint(writer: Any) -> dict[str, Any]:
    """What a caller has told so far, as `get_extra_info` has it, and the options it performs."""
    found = {key: value for key in _TOLD if (value := writer.get_extra_info(key)) not in (None, "")}
    types = [each for number in range(1, 9) if (each := writer.get_extra_info(f"ttype{number}"))]
    found.update({f"ttype{number}": name for number, name in enumerate(types, 1)})
    found["supported-options"] = sorted(
        option_name(code) for code in range(256) if writer.connection.enabled(code, Side.REMOTE)
    )
    return found


def fingerprinting_post_script(filepath: str | Path) -> None:
    """Print the report of one stored fingerprint on this terminal. A file that cannot be read is said."""
    try:
        document: Mapping[str, Any] = read_json(Path(filepath))
    except StorageError as error:
        print(f"bbsterm: {error}", file=sys.stderr)
        return
    print(*caller_report(document, names={}, columns=80), sep="\n")


def fingerprint_server_main() -> None:
    """The old command `telnetlib3-fingerprint-server`: serve until interrupted."""
    from bbsterm.compat.telnetlib3.server import parse_server_args, run_server

    def add_folder(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--data-dir", default="data", help="default: %(default)s")

    arguments = parse_server_args(add_folder)
    shell = fingerprint_shell(Path(arguments.pop("data_dir")))
    arguments.update(shell=shell, protocol_factory=FingerprintingServer)
    asyncio.run(run_server(**arguments))
