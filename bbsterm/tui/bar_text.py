"""One row of text that says as much as its width allows: chips give way by rank. Pure, knows no widget."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from rich.cells import cell_len

from bbsterm.tui import keymap
from bbsterm.tui.actions import Command

__all__ = [
    "Bar",
    "Chip",
    "Placed",
    "TabMark",
    "chip_of",
    "clock",
    "ended_bar",
    "keys_bar",
    "lay_out",
    "question_bar",
    "status_bar",
    "with_tabs",
]

_GAP: Final = 2


@dataclass(frozen=True, slots=True)
class Chip:
    """A piece of a bar.

    Attributes:
        texts: From long to short; after the last one the chip vanishes, unless it is to `stay`.
        rank: Who gives way: the highest first, among equals the rightmost; for each text, or one for all.
        look: "key", "name", "good", "bad" or empty: how it is drawn.
        key: A key drawn before the text.
        action: What a click on it does.
    """

    texts: tuple[str, ...]
    rank: int | tuple[int, ...] = 0
    look: str = ""
    key: str = ""
    action: str = ""
    stay: bool = False

    def rank_of(self, variant: int) -> int:
        """How soon this text gives way."""
        return self.rank if isinstance(self.rank, int) else self.rank[variant]

    def width(self, variant: int) -> int:
        """Cells taken, without the gap."""
        text = self.texts[variant]
        return cell_len(self.key) + cell_len(text) + bool(self.key and text)


@dataclass(frozen=True, slots=True)
class Bar:
    """A whole row: chips from the left edge, chips to the right edge.

    In a `tight` one chips stand closer together before any of them gives way.
    """

    left: tuple[Chip, ...]
    right: tuple[Chip, ...] = ()
    tight: bool = False


class TabMark(NamedTuple):
    """A call among others, as the row shows it.

    Attributes:
        number: From 1: the key after ^] that shows it.
        name: What the board is called.
        current: It is the one that is shown.
        active: It has said something since it was seen.
        bell: It has rung.
        ended: It is over.
    """

    number: int
    name: str
    current: bool = False
    active: bool = False
    bell: bool = False
    ended: bool = False


class Placed(NamedTuple):
    """A chip where it stands."""

    column: int
    chip: Chip
    text: str


def lay_out(bar: Bar, width: int) -> list[Placed]:
    """Place the chips of a bar in `width` cells, dropping and shortening the least important ones."""
    chips = [*bar.left, *bar.right]
    gap = 1 if bar.tight and _total(chips, [0] * len(chips), _GAP) > width - 2 else _GAP
    variants = _choose(chips, width - 2, gap)  # a cell of air at both ends
    placed, column = [], 1
    for index, chip in enumerate(bar.left):
        if variants[index] < len(chip.texts):
            placed.append(Placed(column, chip, chip.texts[variants[index]]))
            column += chip.width(variants[index]) + gap
    column = width - 1
    tail = []
    for index in range(len(chips) - 1, len(bar.left) - 1, -1):
        chip, variant = chips[index], variants[index]
        if variant < len(chip.texts):
            column -= chip.width(variant)
            tail.append(Placed(column, chip, chip.texts[variant]))
            column -= gap
    return placed + tail[::-1]


def _choose(chips: Sequence[Chip], width: int, gap: int) -> list[int]:
    variants = [0] * len(chips)
    while _total(chips, variants, gap) > width:
        present = [i for i, chip in enumerate(chips) if variants[i] < len(chip.texts) - chip.stay]
        if not present:
            break
        variants[max(present, key=lambda i: (chips[i].rank_of(variants[i]), i))] += 1
    return variants


def _total(chips: Sequence[Chip], variants: Sequence[int], gap: int) -> int:
    widths = [c.width(v) for c, v in zip(chips, variants, strict=True) if v < len(c.texts)]
    return sum(widths) + gap * max(0, len(widths) - 1)


def status_bar(
    *,
    name: str,
    seconds: float = 0.0,
    protocol: str = "",
    encoding: str = "",
    evidence: str = "",
    size: str = "",
    link: str = "dialing",
    chips: Iterable[str | Chip] = (),
    tabs: Sequence[TabMark] = (),
) -> Bar:
    """The status row of a call.

    Args:
        name: What the board is called, printable.
        seconds: How long the line has been open.
        protocol: "TELNET", "TELNET/TLS", "RAW".
        encoding: The character set.
        evidence: How sure that is, or what else it may be; only where there is room.
        size: "80x24".
        link: "online", "dialing" or "offline"; "CONNECT" for a line that has just been opened.
        chips: What else is going on, in capitals: "MOUSE OFF".
        tabs: The calls that are open, if there is more than one; then they stand in the name's place.
    """
    prefix = keymap.current().menu_shown
    menu = Chip((f"= Menu {prefix}", prefix), rank=1, look="key", action="open_menu")
    title = Chip((name, _shorten(name, 24), _shorten(name, 12)), rank=(9, 8, 3), look="name")
    state = Chip((_LINKS[link] + " " + link, _LINKS[link]), rank=(4, 0), look=_LOOKS[link])
    details = (
        *(Chip((chip,), rank=3, look="name") if isinstance(chip, str) else chip for chip in chips),
        Chip((clock(seconds),), rank=4),
        Chip((protocol,), rank=5, look=_look_of(protocol)),
        Chip((f"{encoding} {evidence}", encoding), rank=(8, 6)) if evidence else Chip((encoding,), rank=6),
        Chip((size,), rank=7),
    )
    heads = tuple(map(_tab_chip, tabs)) if len(tabs) > 1 else (title,)
    return Bar((menu, *heads), (*(chip for chip in details if chip.texts[0]), state))


def _tab_chip(tab: TabMark) -> Chip:
    marks = "!" * tab.bell + "*" * (tab.active and not tab.bell) + "x" * tab.ended
    names = (_shorten(tab.name, 20), _shorten(tab.name, 8))
    texts = (*(f"{tab.number} {name}{marks}" for name in names), f"{tab.number}{marks}")
    if tab.current:
        texts = tuple(f"[{text}]" for text in texts)
    look = "name" if tab.current else "key" if tab.bell else ""
    return Chip(texts, rank=(9, 8, 2), look=look, action=f"show_tab({tab.number})", stay=tab.current)


def chip_of(name: str, text: str = "", *, bad: bool = False) -> Chip:
    """Something that goes on in a call: "MACRO 2/5 waiting for login:", or where there is no room "MACRO"."""
    texts = (f"{name} {_shorten(text, 32)}", name) if text else (name,)
    return Chip(texts, rank=(6, 3) if text else 3, look="bad" if bad else "name")


def _look_of(protocol: str) -> str:
    """Only what is proved looks good."""
    if "TLS" not in protocol:
        return ""
    return "good" if protocol.endswith("/TLS") else "bad"


_LINKS: Final = {"online": "o", "CONNECT": "o", "dialing": "~", "offline": "x"}
_LOOKS: Final = {"online": "good", "CONNECT": "good", "dialing": "", "offline": "bad"}


def keys_bar(
    commands: Iterable[Command], *, title: str | None = None, back: bool = True, tight: bool = False
) -> Bar:
    """Which keys mean what now; `back` says that Esc closes it."""
    title = keymap.current().menu_shown if title is None else title
    chips = _key_chips(commands)
    heading = (Chip((title,), rank=2, look="name"),) if title else ()
    return Bar((*heading, *chips), (_ESCAPE,) if back else (), tight)


def question_bar(question: str, answers: Iterable[tuple[str, str]]) -> Bar:
    """A question and the keys that answer it."""
    return Bar(
        (
            Chip((question, _shorten(question, 40)), rank=3, look="name"),
            *(Chip((title, ""), rank=2, key=key, action=f"answer('{key}')") for key, title in answers),
        )
    )


def ended_bar(reason: str, commands: Iterable[Command], *, short: str = "") -> Bar:
    """Why a call is over, at length or in `short`, and what can be done now."""
    short = short or reason.replace("Connection closed", "Closed")
    why = Chip((reason, short, _shorten(short, 32)), rank=99, look="name", stay=True)
    return Bar((why,), _key_chips(commands), tight=True)


def with_tabs(bar: Bar, tabs: Sequence[TabMark]) -> Bar:
    """The same beside the calls that are open, if they are several; their names are cut short."""
    if len(tabs) < 2:
        return bar
    chips = (replace(chip, texts=chip.texts[1:], rank=(8, 2)) for chip in map(_tab_chip, tabs))
    return Bar((*chips, *bar.left), bar.right, bar.tight)


def clock(seconds: float) -> str:
    """Minutes and seconds, and hours once there are any: "0:07", "12:41", "1:02:03"."""
    minutes, left = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


_ESCAPE: Final = Chip(("Back", ""), rank=(98, 1), key="Esc", action="answer('Esc')")


_LASTING: Final = {"leave": 2, "close": 2, "help": 3, "menu": 3}


def _key_chips(commands: Iterable[Command]) -> tuple[Chip, ...]:
    """The later in the table, the sooner gone; but the way out and the help stay nearly to the end."""
    return tuple(
        Chip(
            (c.label, c.brief),
            (97, _LASTING.get(c.action, rank)),
            key=c.key,
            action=c.action,
        )
        for rank, c in enumerate(commands, start=4)
        if not c.quiet and c.keys
    )


def _shorten(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
