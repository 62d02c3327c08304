"""What this terminal, this system and this installation can do: a list of findings, without a window."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import locale
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bbsterm import __version__
from bbsterm.config import Loaded, Paths, find_paths, read_settings
from bbsterm.config.schema import plain
from bbsterm.tui.host_answers import Answers, ask_terminal

__all__ = ["BAD", "GOOD", "NOTE", "Finding", "as_data", "examine", "line_of"]

GOOD: Final = "ok"
NOTE: Final = "note"
BAD: Final = "bad"

_CLIPBOARDS: Final = ("wl-copy", "xclip", "xsel", "pbcopy", "clip.exe")
_PACKAGES: Final = ("textual", "rich", "pyte", "platformdirs", "tomlkit")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        topic: Two words.
        state: `GOOD`, `NOTE` (worth knowing) or `BAD` (something will not work).
        text: What was found.
        advice: What can be done, where something can.
    """

    topic: str
    state: str
    text: str
    advice: str = ""


def examine(
    environ: Mapping[str, str] = os.environ,
    *,
    ask: Callable[[], Answers] = ask_terminal,
    paths: Paths | None = None,
) -> list[Finding]:
    """Look at everything.

    Args:
        environ: The environment.
        ask: Asks the terminal; the application, whose terminal it is already, asks nothing.
        paths: Where files are; the platform's places if None.
    """
    paths = paths or find_paths(environ)
    loaded = read_settings(paths.settings, environ)
    return [
        *_versions(),
        *_terminal(environ, ask()),
        *_locale(environ),
        *_clipboard(environ),
        *_settings(loaded),
        *_folders(paths),
        *_security(),
        *_secrets(loaded, paths),
    ]


def line_of(finding: Finding) -> str:
    """For people, one line and its advice on the next."""
    advice = f"\n{'':<24}{finding.advice}" if finding.advice else ""
    return f"{finding.state:<5} {finding.topic:<17} {finding.text}{advice}"


def as_data(findings: Iterable[Finding]) -> dict[str, object]:
    """For programs and bug reports."""
    listed = list(findings)
    return {
        "version": __version__,
        "well": not any(finding.state == BAD for finding in listed),
        "findings": [
            {"topic": each.topic, "state": each.state, "text": each.text, "advice": each.advice}
            for each in listed
        ],
    }


def _versions() -> Iterator[Finding]:
    yield Finding("bbsterm", GOOD, __version__)
    yield Finding("python", GOOD, f"{platform.python_version()} on {platform.system()} {platform.release()}")
    for package in _PACKAGES:
        try:
            yield Finding(package, GOOD, importlib.metadata.version(package))
        except importlib.metadata.PackageNotFoundError:
            yield Finding(package, BAD, "is not installed", "Install bbsterm again.")


def _terminal(environ: Mapping[str, str], answers: Answers) -> Iterator[Finding]:
    name = environ.get("TERM", "")
    program = answers.version or environ.get("TERM_PROGRAM", "")
    state = BAD if name in ("", "dumb") and sys.platform != "win32" else GOOD
    advice = "Set TERM, or use `bbsterm connect --plain`." if state is BAD else ""
    yield Finding(
        "terminal", state, f"{name or 'TERM is not set'}{f', {program}' if program else ''}", advice
    )
    size = shutil.get_terminal_size((0, 0))
    if size.columns:
        small = size.columns < 80 or size.lines < 24
        advice = "Boards want 80x25: a smaller window follows the cursor." if small else ""
        yield Finding("size", NOTE if small else GOOD, f"{size.columns}x{size.lines}", advice)
    yield _colours(environ)
    for multiplexer, variable in (("tmux", "TMUX"), ("screen", "STY")):
        if environ.get(variable):
            yield Finding(
                "inside", NOTE, multiplexer, "Copying needs its clipboard passing on: `set-clipboard`."
            )
    if answers.answered:
        yield Finding("kitty keyboard", GOOD, "yes" if answers.kitty else "no; every key a BBS uses works")
        yield from _widths(dict(answers.widths))


def _colours(environ: Mapping[str, str]) -> Finding:
    if environ.get("NO_COLOR"):
        return Finding("colours", NOTE, "none: NO_COLOR is set", "Unset NO_COLOR for colours.")
    if environ.get("COLORTERM", "").lower() in ("truecolor", "24bit") or sys.platform == "win32":
        return Finding("colours", GOOD, "24-bit")
    if "256" in environ.get("TERM", ""):
        return Finding("colours", NOTE, "256", "If the terminal has more: COLORTERM=truecolor.")
    return Finding("colours", NOTE, "16 or so", "If the terminal has more: COLORTERM=truecolor.")


def _widths(widths: Mapping[str, int]) -> Iterator[Finding]:
    expected = {"wide": 2, "legacy": 1, "block": 1}
    wrong = [f"{name} {width}" for name, width in widths.items() if width != expected[name]]
    if wrong:
        yield Finding(
            "width of characters",
            NOTE,
            ", ".join(wrong),
            "Art may be ragged: use another font, or --glyphs basic (or ascii).",
        )
    elif widths:
        yield Finding("width of characters", GOOD, ", ".join(f"{n} {w}" for n, w in widths.items()))


def _locale(environ: Mapping[str, str]) -> Iterator[Finding]:
    name = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or "C"
    encoding = locale.getpreferredencoding(do_setlocale=False)
    speaks = "utf" in name.lower() or (sys.platform == "win32")
    advice = "" if speaks else "Set LANG to one with UTF-8 (C.UTF-8); else art is drawn in ASCII."
    yield Finding("locale", GOOD if speaks else NOTE, f"{name} ({encoding})", advice)


def _clipboard(environ: Mapping[str, str]) -> Iterator[Finding]:
    found = [name for name in _CLIPBOARDS if shutil.which(name, path=environ.get("PATH"))]
    route = " and ".join(["OSC 52", *found])
    advice = "" if found else "If copying does nothing: install wl-copy or xclip."
    yield Finding("clipboard", GOOD, route, advice)


def _settings(loaded: Loaded) -> Iterator[Finding]:
    from bbsterm.tui.checks import everything_wrong  # here: only this needs Textual

    wrong = everything_wrong(loaded)
    where = plain(loaded.path)
    if not wrong:
        yield Finding("settings", GOOD, where if loaded.path.exists() else f"{where} (not there: defaults)")
    for problem in wrong:
        yield Finding("settings", BAD, str(problem), problem.hint)


def _folders(paths: Paths) -> Iterator[Finding]:
    folders = (
        ("settings", paths.settings.parent),
        ("state", paths.state.parent),
        ("captures", paths.captures),
    )
    for name, folder in folders:
        there = _nearest(folder)
        if os.access(there, os.W_OK):
            yield Finding(
                f"{name} folder", GOOD, plain(folder) + ("" if folder.exists() else " (not there yet)")
            )
        else:
            yield Finding(f"{name} folder", BAD, f"{plain(folder)} cannot be written", f"Look at {there}.")


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next((each for each in (folder, *folder.parents) if each.is_dir()), folder)


def _security() -> Iterator[Finding]:
    try:
        import ssl
    except ImportError:
        yield Finding("TLS", BAD, "this Python has none", "telnets:// will not work.")
    else:
        yield Finding("TLS", GOOD, ssl.OPENSSL_VERSION)


def _secrets(loaded: Loaded, paths: Paths) -> Iterator[Finding]:
    """Where passwords can be kept here."""
    from bbsterm.vault import open_secrets

    topics = {"keyring": "keyring", "file": "vault", "command": "password_command"}
    for route in open_secrets(loaded.settings, paths).routes():
        wanted = route.kind != "command" or loaded.settings.secrets.password_command
        if route.kind in topics and wanted:
            usable = not route.problem
            advice = "" if usable else "`bbsterm secret places` names what works instead."
            text = "there" if usable else route.problem
            yield Finding(topics[route.kind], GOOD if usable else NOTE, text, advice)
