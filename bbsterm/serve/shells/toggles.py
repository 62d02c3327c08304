"""What a caller can look at and switch in its own connection: options, special characters, LINEMODE."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from bbsterm.slc import name_slc_command
from bbsterm.telopt import BINARY, DO, DONT, ECHO, LINEMODE, SGA, WILL, WONT

__all__ = ["do_toggle", "get_linemode", "get_slcdata"]

_NAME_WIDTH: Final = 15


def get_slcdata(writer: Any) -> str:
    """The special characters, one a line: set, left to the client, not supported."""
    table = writer.slctab.items()
    known = [(name_slc_command(number), each) for number, each in table if not each.nosupport]
    lines = [
        f"{name:>{_NAME_WIDTH}}: {each}"
        for name, each in sorted(known, key=lambda row: (len(row[0]), row[0]))
        if not each.default
    ]
    unset = ", ".join(sorted(name for name, each in known if each.default))
    missing = ", ".join(sorted(name_slc_command(number) for number, each in table if each.nosupport))
    return "\r\n".join(
        (
            "Special Line Characters:",
            *lines,
            f"Unset by client: {unset}",
            f"Not supported by server: {missing}",
        )
    )


def get_linemode(writer: Any) -> str:
    """Who edits lines, and how LINEMODE says so."""
    if not writer.remote_option.enabled(LINEMODE):
        return f"Linemode: not negotiated (mode:{writer.mode})"
    mode = writer.linemode
    names = ("edit", "trapsig", "soft_tab", "lit_echo", "ack")
    bits = "\r\n".join(f"{name:>{_NAME_WIDTH}}: {'ON' if getattr(mode, name) else 'off'}" for name in names)
    return f"Linemode: mode:{writer.mode}\r\n{bits}"


def do_toggle(writer: Any, option: str | None) -> str:
    """Switch what `option` names, or everything for "all"; without a name, tell how each one stands."""
    states = _states(writer)
    if option is None:
        return "\r\n".join(f"{name} {'ON' if on else 'off'}" for name, on in sorted(states.items()))
    lines = [
        toggle(writer, states)
        for name, toggle in _TOGGLES.items()
        if option in (name, *_GROUPS.get(name, ()))
    ]
    return "\r\n".join(lines) if lines else "toggle: not an option."


def _states(writer: Any) -> dict[str, bool]:
    linemode = bool(getattr(writer, "remote_option", writer.local_option).enabled(LINEMODE))
    return {
        "binary": writer.outbinary and writer.inbinary,
        "echo": writer.local_option.enabled(ECHO),
        "goahead": not writer.local_option.enabled(SGA),
        "inbinary": writer.inbinary,
        "lflow": writer.lflow,
        "linemode": linemode,
        "linemode-edit": linemode and writer.linemode.edit,
        "linemode-trapsig": linemode and writer.linemode.trapsig,
        "outbinary": writer.outbinary,
        "xon-any": writer.xon_any,
    }


def _toggle_echo(writer: Any, states: dict[str, bool]) -> str:
    writer.iac(WONT if states["echo"] else WILL, ECHO)
    return "wont echo." if states["echo"] else "will echo."


def _toggle_goahead(writer: Any, states: dict[str, bool]) -> str:
    writer.iac(WILL if states["goahead"] else WONT, SGA)
    return f"{'will' if states['goahead'] else 'wont'} suppress go-ahead."


def _toggle_outbinary(writer: Any, states: dict[str, bool]) -> str:
    writer.iac(WONT if states["outbinary"] else WILL, BINARY)
    return f"{'wont' if states['outbinary'] else 'will'} outbinary."


def _toggle_inbinary(writer: Any, states: dict[str, bool]) -> str:
    writer.iac(DONT if states["inbinary"] else DO, BINARY)
    return f"{'dont' if states['inbinary'] else 'do'} inbinary."


def _toggle_xon_any(writer: Any, states: dict[str, bool]) -> str:
    writer.xon_any = not states["xon-any"]
    writer.send_lineflow_mode()
    return f"xon-any {'en' if writer.xon_any else 'dis'}abled."


def _toggle_lflow(writer: Any, states: dict[str, bool]) -> str:
    writer.lflow = not states["lflow"]
    writer.send_lineflow_mode()
    return f"lineflow {'en' if writer.lflow else 'dis'}abled."


def _toggle_linemode(writer: Any, states: dict[str, bool]) -> str:
    writer.iac(DONT if states["linemode"] else DO, LINEMODE)
    return f"{'dont' if states['linemode'] else 'do'} linemode."


def _toggle_edit(writer: Any, states: dict[str, bool]) -> str:
    if not states["linemode"]:
        return "linemode not active."
    writer.request_linemode_change(edit=not states["linemode-edit"])
    return f"linemode-edit {'dis' if states['linemode-edit'] else 'en'}abled."


def _toggle_trapsig(writer: Any, states: dict[str, bool]) -> str:
    if not states["linemode"]:
        return "linemode not active."
    writer.request_linemode_change(trapsig=not states["linemode-trapsig"])
    return f"linemode-trapsig {'dis' if states['linemode-trapsig'] else 'en'}abled."


_TOGGLES: Final[dict[str, Callable[[Any, dict[str, bool]], str]]] = {
    "echo": _toggle_echo,
    "goahead": _toggle_goahead,
    "outbinary": _toggle_outbinary,
    "inbinary": _toggle_inbinary,
    "xon-any": _toggle_xon_any,
    "lflow": _toggle_lflow,
    "linemode": _toggle_linemode,
    "linemode-edit": _toggle_edit,
    "linemode-trapsig": _toggle_trapsig,
}
_GROUPS: Final = {
    "echo": ("all",),
    "goahead": ("all",),
    "outbinary": ("binary", "all"),
    "inbinary": ("binary", "all"),
    "xon-any": ("all",),
    "lflow": ("all",),
}
"""Names that stand for several at once. "all" leaves LINEMODE alone: it would change who edits the line."""
