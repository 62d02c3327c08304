"""The character sets to choose from: what ^] i opens; and how sure one can be of one, in a few characters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from bbsterm import codecs
from bbsterm.screen.detect import CHOICES

if TYPE_CHECKING:
    from bbsterm.screen.detect import Verdict

__all__ = ["EncodingPage", "evidence"]

_WORTH_SAYING: Final = 0.3

_ABOUT: Final = {
    "cp437": "IBM PC: most boards",
    "utf-8": "Unicode: MUDs, Unix hosts, new boards",
    "latin-1": "Western Europe; Amiga boards",
    "petscii": "Commodore 64 and 128",
    "atascii": "Atari 8-bit",
    "atarist": "Atari ST",
    "cp850": "IBM PC, Western Europe",
    "cp866": "IBM PC, Russian",
    "koi8_r": "Unix, Russian",
    "cp1251": "Windows, Russian",
    "iso8859_2": "Central Europe",
    "iso8859_15": "Western Europe, with the euro",
    "big5bbs": "Taiwan",
    "gbk": "China",
    "shift_jis": "Japan",
    "euc_kr": "Korea",
}


def evidence(encoding: str, verdict: Verdict | None) -> str:
    """How sure an encoding is ("89%"), or what it may be instead ("latin-1? 65%"); nothing worth saying."""
    if verdict is None or verdict.confidence < _WORTH_SAYING:
        return ""
    percent = f"{verdict.confidence:.0%}"
    return percent if _same(encoding, verdict.encoding) else f"{verdict.encoding}? {percent}"


def _same(one: str, other: str) -> bool:
    return codecs.lookup(one).name == codecs.lookup(other).name


class EncodingPage(ModalScreen[str | None]):
    """Dismissed with the name of the one chosen, None for none.

    Args:
        now: The one that is on.
        verdict: What the evidence says.
    """

    BINDINGS = [Binding("escape", "close", "Close", show=False)]
    DEFAULT_CLASSES = "picker"

    def __init__(self, now: str, verdict: Verdict | None) -> None:
        super().__init__()
        self._now = now
        self._verdict = verdict
        known = any(_same(name, now) for name in CHOICES)
        self._names = CHOICES if known else (now, *CHOICES)

    def compose(self) -> ComposeResult:
        """A list in a frame, on the one that is on."""
        with Container() as frame:
            frame.border_title = "Encoding"
            frame.border_subtitle = "Enter reads everything anew, Esc closes"
            options = OptionList(*(Option(self._line(name)) for name in self._names))
            options.highlighted = next(
                place for place, name in enumerate(self._names) if _same(name, self._now)
            )
            yield options

    def _line(self, name: str) -> Content:
        verdict, said = self._verdict, ""
        if verdict is not None and verdict.confidence >= _WORTH_SAYING and _same(name, verdict.encoding):
            said = f"  detected {verdict.confidence:.0%}: {verdict.reason}"
        mark = "*" if _same(name, self._now) else " "
        return Content.assemble(
            (f" {mark} {name:<11}", "bold"), (f"{_ABOUT.get(name, '')}", ""), (said, "bold $accent")
        )

    @on(OptionList.OptionSelected)
    def _chosen(self, message: OptionList.OptionSelected) -> None:
        self.dismiss(self._names[message.option_index])

    def action_close(self) -> None:
        """Nothing changes."""
        self.dismiss(None)
