"""A terminal's screen as a file: the ending of its name says how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bbsterm import codecs
from bbsterm.errors import StorageError, UsageError

if TYPE_CHECKING:
    from bbsterm.screen.terminal import Line, Terminal

__all__ = ["KINDS", "picture_of", "save_picture"]


def picture_of(terminal: Terminal, kind: str, *, title: str = "") -> bytes:
    """The screen as a file's contents.

    Args:
        terminal: Whose.
        kind: One of `KINDS`, without a dot.
        title: For formats that have one.

    Raises:
        UsageError: There is no such kind.
    """
    if kind not in KINDS:
        raise UsageError(
            f"no picture is a .{kind}", hint=f"There are: {', '.join(f'.{one}' for one in KINDS)}."
        )
    return KINDS[kind](terminal, [terminal.line(row) for row in range(terminal.rows)], title)


def save_picture(terminal: Terminal, path: Path, *, title: str = "") -> Path:
    """Save the screen, over an older file.

    Raises:
        UsageError: The path has an ending of no picture.
        StorageError: It cannot be written.
    """
    data = picture_of(terminal, path.suffix.lower().removeprefix("."), title=title)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise StorageError(path, error.strerror or str(error)) from error
    return path


def _svg(terminal: Terminal, lines: list[Line], title: str) -> bytes:
    from bbsterm.screen.svg import to_svg  # here and below: only the kind that is wanted is loaded

    return to_svg(lines, columns=terminal.columns, title=title, cursor=terminal.cursor).encode()


def _txt(terminal: Terminal, lines: list[Line], title: str) -> bytes:
    from bbsterm.screen.export import to_text

    return to_text(lines).encode()


def _html(terminal: Terminal, lines: list[Line], title: str) -> bytes:
    from bbsterm.screen.export_html import to_html

    return to_html(lines, title=title).encode()


def _ans(terminal: Terminal, lines: list[Line], title: str) -> bytes:
    from bbsterm.screen.export import to_ans

    codec = codecs.lookup("cp437_art" if terminal.encoding == "cp437" else terminal.encoding)
    return to_ans(
        lines,
        columns=terminal.columns,
        encode=lambda text: codec.encode(text, "replace")[0],
        title=title,
        date=f"{datetime.now(UTC):%Y%m%d}",
    )


KINDS: Final[Mapping[str, Callable[[Terminal, list[Line], str], bytes]]] = {
    "svg": _svg,
    "ans": _ans,
    "txt": _txt,
    "html": _html,
}
"""The endings there are."""
