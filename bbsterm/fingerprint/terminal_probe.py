"""Phase two: what a caller's terminal is and can. Bytes and time in, bytes out; no socket, no clock.

Terminals answer in the order in which they are asked, so every stage ends with a question that all of them
answer, where the cursor is: what has not been answered before that will not be.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from bbsterm.fingerprint.hashing import NOTHING, fingerprint, tame
from bbsterm.fingerprint.terminal_answers import Answer, Answers, rgb
from bbsterm.limits import MAX_TERMINAL_ANSWERS

__all__ = ["CLEAN_UP", "SAMPLES", "TerminalProbe"]

FIRST: Final = 2.0
"""Seconds for a terminal's first answer; who is silent for so long is none."""

QUIET: Final = 1.5
"""Seconds of silence in the middle of the answers that end a stage."""

LONGEST: Final = 12.0
"""Seconds that phase two may take in all."""

_ASK_PLACE: Final = b"\x1b[6n"
_PLACE: Final = "CSI R"
_HELLO: Final = b"\r\x1b[c" + _ASK_PLACE

MODES: Final = {
    "synchronized-output": 2026,
    "grapheme-clusters": 2027,
    "bracketed-paste": 2004,
    "mouse-sgr": 1006,
    "mouse-pixels": 1016,
    "margins": 69,
}
"""Private modes that are asked about (DECRQM)."""

_ST: Final = b"\x1b\\"
_VT_QUESTIONS: Final = b"".join(
    (
        b"\r\x1b[>c\x1b[=c",  # DA2 and DA3
        b"\x1b[>0q",  # XTVERSION
        b"\x1b[?u",  # kitty's keyboard
        *(b"\x1b[?%d$p" % mode for mode in MODES.values()),
        b"\x1b]10;?" + _ST + b"\x1b]11;?" + _ST,
        *(b"\x1b]4;%d;?" % number + _ST for number in range(16)),
        b"\x1b[38;2;1;2;3m\x1bP$qm" + _ST + b"\x1b[0m",  # is a colour of 24 bits kept as it is? (DECRQSS)
        b"\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA" + _ST,  # kitty's graphics
        b"\x1b[16t",  # pixels of a cell
        b"\r\x1b[2K",  # what came of it on a terminal that shows such things
        _ASK_PLACE,
    )
)
_CTERM_QUESTIONS: Final = b"\r\x1b[<c" + _ASK_PLACE

SAMPLES: Final = {
    "letter": "a",
    "accent": "é",
    "line": "─",
    "ambiguous": "※",
    "combining": "e\u0301",
    "wide": "中",
    "hangul-jamo": "\u1112\u1161\u11ab",
    "zero-width-space": "\u200b",
    "emoji": "😀",
    "emoji-selected": "❤\ufe0f",
    "emoji-joined": "👩\u200d🚀",
    "emoji-skin": "👍🏽",
    "emoji-flag": "🇳🇱",
    "unicode-13": "\U0001fac2",
    "unicode-15": "\U0001fae8",
    "unicode-16": "\U0001fae9",
    "legacy-computing": "\U0001fb80",
}
"""What is drawn, in UTF-8, to see how many cells it takes."""

_DRAWN: Final = tuple(b"\r\x1b[2K" + sample.encode() + _ASK_PLACE for sample in SAMPLES.values())

CLEAN_UP: Final = b"\r\x1b[0m\x1b[2J\x1b[H"
"""Leaves the terminal as a caller likes to find it."""

_CTERM: Final = "67;84;101;114;109"  # "CTerm" in ASCII: SyncTERM's DA1


class _Stage(NamedTuple):
    """One bundle of questions, how many places end it, and what comes next."""

    questions: bytes
    places: int
    then: Callable[[TerminalProbe], _Stage | None]


class TerminalProbe:
    """Asks a terminal, and listens."""

    def __init__(self) -> None:
        self.finished = False
        self._answers = Answers()
        self._out = bytearray()
        self._stage: _Stage | None = None
        self._places: list[int] = []
        self._received = 0
        self._began = self._heard = 0.0
        self._any = False
        self._da1: str | None = None
        self._cterm: str | None = None
        self._found: dict[str, Any] = {}
        self._modes: dict[str, str] = {}
        self._colours: dict[str, str] = {}
        self._widths: dict[str, int] = {}
        self._cell: str | None = None

    def begin(self, *, now: float) -> None:
        """Say hello."""
        self._began = now
        self._enter(_HELLO_STAGE, now)

    @property
    def deadline(self) -> float | None:
        """When to call `tick`, on the caller's clock; None before `begin` and after the end."""
        if self._stage is None or self.finished:
            return None
        return min(self._began + LONGEST, self._heard + (QUIET if self._any else FIRST))

    def data_to_send(self) -> bytes:
        """Take what is to be sent."""
        data = bytes(self._out)
        self._out.clear()
        return data

    def receive(self, data: bytes, *, now: float) -> None:
        """Take what the terminal sent, in pieces of any size."""
        self._received += len(data)
        if self._received > MAX_TERMINAL_ANSWERS:
            self.stop()
        for answer in self._answers.feed(data):
            if self.finished:
                return
            self._any, self._heard = True, now
            self._take(answer, now)

    def tick(self, *, now: float) -> None:
        """Look at the clock: a stage that has fallen silent is over, and a terminal that never spoke, too."""
        if self.deadline is None or now < self.deadline:
            return
        if not self._any or now >= self._began + LONGEST:
            self.finished = True
        else:
            self._next(now)

    def stop(self) -> None:
        """The line is gone: what was found is all there is."""
        self.finished = True

    # --- stages -------------------------------------------------------------------------------

    def _enter(self, stage: _Stage, now: float) -> None:
        self._stage, self._heard = stage, now
        self._places.clear()
        self._out += stage.questions

    def _next(self, now: float) -> None:
        assert self._stage is not None  # only a stage that has begun ends
        following = self._stage.then(self)
        if following is None:
            self.finished = True
        else:
            self._enter(following, now)

    def after_hello(self) -> _Stage | None:
        """What a terminal is asked depends on how it said hello."""
        if self._cterm is not None:
            return _CTERM_STAGE
        return _VT_STAGE if self._da1 is not None else _WIDTHS_STAGE

    def after_widths(self) -> _Stage | None:
        """Read the widths off the places. Some terminals answer so often a second and no more: go on then."""
        names = list(SAMPLES)[len(self._widths) :]
        self._widths.update(zip(names, (column - 1 for column in self._places), strict=False))
        left = _DRAWN[len(self._widths) :]
        return _widths_stage(left) if left and self._places else None

    # --- answers --------------------------------------------------------------------------------

    def _take(self, answer: Answer, now: float) -> None:
        assert self._stage is not None
        if answer.kind == _PLACE:
            column = answer.text.rpartition(";")[2]
            self._places.append(int(column) if column.isdigit() and len(column) < 6 else 0)
            if len(self._places) >= self._stage.places:
                self._next(now)
        elif take := _TAKES.get(answer.kind):
            take(self, answer.text)

    def take_da1(self, text: str) -> None:
        """DA1, as a VT answers it: ``CSI ? 64 ; 4 c``."""
        self._da1 = text

    def take_cterm(self, text: str) -> None:
        """DA1 as SyncTERM answers it; DA3's answer of other terminals begins alike and is a DCS."""
        if text.startswith(_CTERM):
            self._cterm = text

    def take_da2(self, text: str) -> None:
        """DA2: kind, version, and more."""
        self._found["da2"] = text

    def take_features(self, text: str) -> None:
        """CTerm's extended attributes: ``CSI < 0 ; 1 ; ... c``."""
        self._found["cterm-features"] = text

    def take_keyboard(self, text: str) -> None:
        """Kitty's keyboard protocol: the flags in force."""
        self._found["kitty-keyboard"] = True

    def take_mode(self, text: str) -> None:
        """A private mode: its number, and 0 where it is not known (DECRQM)."""
        number, _, state = text.partition(";")
        for name, mode in MODES.items():
            if number == str(mode):
                self._modes[name] = "no" if state in ("0", "") else "yes"

    def take_size(self, text: str) -> None:
        """Pixels: ``6 ; height ; width``."""
        parts = text.split(";")
        if len(parts) == 3 and parts[0] == "6":
            self._cell = f"{parts[2]}x{parts[1]}"

    def take_osc(self, text: str) -> None:
        """Colours: OSC 4, 10 and 11."""
        what, _, value = text.partition(";")
        if what == "4":
            what, _, value = value.partition(";")
            name = f"palette-{what}" if what.isdigit() and len(what) < 3 else ""
        else:
            name = {"10": "foreground", "11": "background"}.get(what, "")
        if name and (colour := rgb(value)):
            self._colours[name] = colour

    def take_dcs(self, text: str) -> None:
        """XTVERSION, DA3, or the colour in force."""
        if text.startswith(">|"):
            self._found["xtversion"] = text[2:]
        elif text.startswith("!|"):
            self._found["da3"] = True
        elif text.startswith("1$r"):
            self._found["truecolor"] = "1:2:3" in text.replace(";", ":")

    def take_apc(self, text: str) -> None:
        """Kitty's graphics: ``G i=31 ; OK``."""
        if text.startswith("Gi=31"):
            self._found["kitty-graphics"] = text.partition(";")[2].startswith("OK")

    # --- what was found -----------------------------------------------------------------------------

    @property
    def answered(self) -> bool:
        """Whether there is a terminal at all."""
        return self._any

    @property
    def kind(self) -> str:
        """What it is: "cterm" (SyncTERM), "vt" (DA1), "ansi" (says only where its cursor is), or "none"."""
        if self._cterm is not None:
            return "cterm"
        if self._da1 is not None:
            return "vt"
        return "ansi" if self._any else "none"

    @property
    def utf8(self) -> bool:
        """Whether it understands UTF-8: three bytes were one cell."""
        return self._widths.get("line") == 1

    def data(self) -> dict[str, Any]:
        """What the fingerprint is made of: no colours, sizes or versions of fonts, which are settings."""
        if not self._any:
            return {"kind": "none"}
        attributes = (self._da1 or "").split(";")
        found: dict[str, Any] = {
            "kind": self.kind,
            "da1": self._cterm or self._da1,
            "sixel": "4" in attributes[1:],
            "modes": self._modes,
            "colors": {name: name in self._colours for name in ("foreground", "background", "palette-0")},
            "widths": self._widths,
            **self._found,
        }
        bounded: dict[str, Any] = tame(found)
        return bounded

    def session(self) -> dict[str, Any]:
        """What differs from caller to caller: colours, the size of a cell."""
        found: dict[str, Any] = {**self._colours}
        if background := self._colours.get("background"):
            found["dark"] = _is_dark(background)
        if self._cell:
            found["cell"] = self._cell
        bounded: dict[str, Any] = tame(found)
        return bounded

    @property
    def fingerprint(self) -> str:
        """The hash of `data`; sixteen zeros for a caller without a terminal."""
        return fingerprint(self.data()) if self._any else NOTHING


def _is_dark(colour: str) -> bool:
    red, green, blue = bytes.fromhex(colour[1:])
    return 299 * red + 587 * green + 114 * blue < 128_000


def _widths_stage(drawn: tuple[bytes, ...]) -> _Stage:
    return _Stage(b"".join(drawn), len(drawn), TerminalProbe.after_widths)


_WIDTHS_STAGE: Final = _widths_stage(_DRAWN)
_VT_STAGE: Final = _Stage(_VT_QUESTIONS, 1, lambda _: _WIDTHS_STAGE)
_CTERM_STAGE: Final = _Stage(_CTERM_QUESTIONS, 1, lambda _: _WIDTHS_STAGE)
_HELLO_STAGE: Final = _Stage(_HELLO, 1, TerminalProbe.after_hello)

_TAKES: Final[dict[str, Callable[[TerminalProbe, str], None]]] = {
    "CSI ?c": TerminalProbe.take_da1,
    "CSI =c": TerminalProbe.take_cterm,
    "CSI >c": TerminalProbe.take_da2,
    "CSI <c": TerminalProbe.take_features,
    "CSI ?u": TerminalProbe.take_keyboard,
    "CSI ?$y": TerminalProbe.take_mode,
    "CSI t": TerminalProbe.take_size,
    "OSC": TerminalProbe.take_osc,
    "DCS": TerminalProbe.take_dcs,
    "APC": TerminalProbe.take_apc,
}
