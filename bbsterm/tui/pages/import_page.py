"""Taking over a list: pick the file, read what would happen and why, then write it or leave."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from bbsterm.book import MINE, Book
from bbsterm.errors import BbstermError, BookError
from bbsterm.tui import keymap
from bbsterm.tui.actions import Place
from bbsterm.tui.bar_text import keys_bar
from bbsterm.tui.clean import printable_text
from bbsterm.tui.keymap import bindings
from bbsterm.tui.widgets.bottom_bar import BottomBar

if TYPE_CHECKING:
    from bbsterm.book.importing import Plan, Planned

__all__ = ["ImportPage", "complete", "source_of"]

_SHOWN: Final = 500
"""Entries of each kind that are listed; the counts are of all."""

_HELP: Final = (
    "Type the path of a list (Tab completes), drag the file here, or paste addresses.",
    "",
    "Known are SyncTERM's syncterm.lst, icy_term's phonebook.toml, qodem's",
    "fonebook.txt, telix's sessions.json, CSV, dialing.toml, lines of",
    "host port [encoding [cols [rows]]], and any text with telnet:// in it.",
    "",
    "Nothing is written before you have seen what will happen. Passwords are never taken.",
)
_LIKELY: Final = (
    "~/.config/syncterm/syncterm.lst",
    "~/.syncterm/syncterm.lst",
    "~/.config/icy_term/phonebook.toml",
    "~/.local/share/qodem/fonebook.txt",
    "~/.qodem/fonebook.txt",
    "~/.config/telix/sessions.json",
)


class ImportPage(Screen[str | None]):
    """Dismissed with what was done, as undo calls it; None for nothing.

    Args:
        book: Where it goes.
    """

    place = Place.IMPORT
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.IMPORT)]

    def __init__(self, book: Book) -> None:
        super().__init__()
        self._book = book
        self._plan: Plan | None = None
        self._planned_for: tuple[str, bool] | None = None
        self._mine = False
        self._pasted = ""

    def compose(self) -> ComposeResult:
        """A heading, the path, what would happen, a line that says more, the keys."""
        yield Static(" Import a list", id="form-head", markup=False)
        yield Input(placeholder="path of a list, or an address", id="import-file", select_on_focus=False)
        yield OptionList(id="plan")
        yield Static("", id="form-say", markup=False)
        yield BottomBar(keys_bar(keymap.commands(Place.IMPORT), title="", back=False), id="bar")

    def on_mount(self) -> None:
        """Files of other programs that are there are named."""
        self._input, self._list = self.query_one(Input), self.query_one(OptionList)
        self._list.can_focus = True
        lines = list(_HELP)
        found = [path for path in _LIKELY if Path(path).expanduser().is_file()]
        if found:
            lines += ["", "Found on this machine:", *(f"  {path}" for path in found)]
            self._input.value = found[0]
            self._input.cursor_position = len(found[0])
        self._show([Content(line) for line in lines])

    def _show(self, lines: list[Content]) -> None:
        self._list.clear_options()
        self._list.add_options([Option(line) for line in lines])

    def _say(self, text: str, *, bad: bool = False) -> None:
        line = self.query_one("#form-say", Static)
        line.update(printable_text(text, 300))
        line.set_class(bad, "-bad")

    # --- the plan -----------------------------------------------------------------------------

    @on(Input.Changed)
    def _typed(self) -> None:
        if self._plan is not None and self._planned_for != (self._input.value, self._mine):
            self._plan = None
            self._say("")
        if not self._input.value.startswith("("):
            self._pasted = ""

    def on_paste(self, event: events.Paste) -> None:
        """Several lines are a list by themselves; one is a path, or an address."""
        lines = [line for line in event.text.splitlines() if line.strip()]
        if len(lines) > 1:
            event.stop()
            self._pasted = event.text
            self._input.value = f"({len(lines):,} lines pasted)"
            self.call_after_refresh(self._read)

    @on(Input.Submitted)
    def action_write(self) -> None:
        """The first Enter reads, the second writes."""
        if self._plan is None or self._planned_for != (self._input.value, self._mine):
            self._read()
            return
        if not self._plan.changes:
            self._say("There is nothing to import. Esc goes back.")
            return
        try:
            label = self._book.apply_import(self._plan)
        except BookError as error:
            self._say(f"{error}. {error.hint}", bad=True)
            return
        self.dismiss(label)

    def _read(self) -> None:
        from bbsterm.book.importers import read_source, read_text  # here: few runs import anything

        source = source_of(self._input.value)
        if not source and not self._pasted:
            self._say("Type the path of a list, or an address", bad=True)
            return
        try:
            if self._book.broken is not None:
                raise BookError(str(self._book.broken), hint="Mend the file first; nothing is imported.")
            reading = read_text(self._pasted) if self._pasted else read_source(source)
            target = MINE if self._mine else _list_name(source, bool(self._pasted))
            shown = "what was pasted" if self._pasted else _shown(source)
            self._plan = self._book.plan_import(reading, source=shown, target=target)
        except (BbstermError, OSError) as error:
            self._plan = None
            self._show([])
            self._say(f"{error}. {getattr(error, 'hint', '')}".strip(), bad=True)
            return
        self._planned_for = self._input.value, self._mine
        self._show(list(_report(self._plan)))
        where = f"into the list {target!r}" if target else "into your own entries"
        what = f"Enter imports {self._plan.done}, {where}" if self._plan.changes else "Nothing to import"
        self._say(f"{what}; Esc leaves everything as it is.")

    def action_target(self) -> None:
        """Into the user's own entries, or a list of its own."""
        self._mine = not self._mine
        if self._plan is not None:
            self._read()
        else:
            self._say("Into your own entries" if self._mine else "Into a list of its own")

    # --- the path -------------------------------------------------------------------------------

    def action_complete(self) -> None:
        """Complete the path; where it could go on in several ways, show them."""
        text, ways = complete(self._input.value)
        self._input.value = text
        self._input.cursor_position = len(text)
        self._plan = None
        if len(ways) > 1:
            self._show([Content(way) for way in ways])
        elif not ways:
            self._say("There is no such file", bad=True)

    @on(OptionList.OptionSelected)
    def _way_chosen(self, message: OptionList.OptionSelected) -> None:
        if self._plan is not None:
            self.action_write()
            return
        text = str(message.option.prompt).strip()
        if Path(text).expanduser().exists():
            self._input.value = text
            self._input.cursor_position = len(text)
            self.set_focus(self._input)

    def on_key(self, event: events.Key) -> None:
        """From the box, the arrows walk the report; Tab completes."""
        if not self._input.has_focus:
            return
        if event.key in ("down", "pagedown"):
            event.stop()
            self.set_focus(self._list)
        elif event.key == "tab":
            event.stop()
            event.prevent_default()
            self.action_complete()

    def action_help(self) -> None:
        """The help page."""
        from bbsterm.tui.pages.help_page import HelpPage

        self.app.push_screen(HelpPage(first=self.place))

    def action_close(self) -> None:
        """Nothing is written."""
        self.dismiss(None)

    @on(BottomBar.Clicked)
    async def _clicked(self, message: BottomBar.Clicked) -> None:
        await self.run_action(message.action)


def source_of(text: str) -> str:
    """The path or address that was typed; a dragged file comes in quotes, with backslashes or as file://."""
    text = text.strip()
    if text.startswith("file://"):
        from urllib.parse import unquote, urlsplit

        return unquote(urlsplit(text).path)
    if Path(text).expanduser().exists() or "://" in text:
        return str(Path(text).expanduser()) if "://" not in text else text
    try:
        words = shlex.split(text)
    except ValueError:
        words = []
    return str(Path(words[0] if len(words) == 1 else text).expanduser()) if text else ""


def complete(text: str) -> tuple[str, list[str]]:
    """A path, as far as it can only go on in one way, and the ways that there are."""
    start = Path(text).expanduser() if text else Path()
    folder, begin = (start, "") if not text or text.endswith("/") else (start.parent, start.name)
    try:
        names = sorted(
            f"{found.name}/" if found.is_dir() else found.name
            for found in folder.iterdir()
            if found.name.startswith(begin) and (begin.startswith(".") or not found.name.startswith("."))
        )
    except OSError:
        return text, []
    if not names:
        return text, []
    common = names[0]
    for name in names[1:]:
        while not name.startswith(common):
            common = common[:-1]
    head = text[: len(text) - len(begin)]
    return head + common, [head + name for name in names[:_SHOWN]]


def _list_name(source: str, pasted: bool) -> str:
    from bbsterm.book.text import one_line

    name = "pasted" if pasted or "://" in source else Path(source).stem
    return one_line(name, 40) or "imported"


def _shown(source: str) -> str:
    """The source without a password that may stand in it."""
    protocol, mark, rest = source.partition("://")
    shown = f"{protocol}://{rest.rpartition('@')[2]}" if mark else Path(source).name
    return printable_text(shown, 60)


def _report(plan: Plan) -> list[Content]:
    """What would happen, and why."""
    from bbsterm.book.importing import Action

    looks = {Action.ADDED: "$success", Action.MERGED: "$accent", Action.SKIPPED: "$text-muted"}
    lines = [Content.styled(f"{plan.source} ({plan.format}): {plan.summary}", "bold")]
    lines += [Content.styled(remark, "$warning") for remark in plan.remarks]
    lines += [
        Content.styled(f"line {line}: {printable_text(reason, 200)}", "$error")
        for line, reason in plan.bad[:_SHOWN]
    ]
    for action in (Action.MERGED, Action.SKIPPED, Action.ADDED):
        entries = plan.of(action)
        lines += [_planned(planned, looks[action]) for planned in entries[:_SHOWN]]
        if len(entries) > _SHOWN:
            lines.append(Content(f"... and {len(entries) - _SHOWN:,} more {action.value}"))
    return lines


def _planned(planned: Planned, look: str) -> Content:
    entry = planned.entry
    reason = f": {planned.reason}" if planned.reason else ""
    text = f"{printable_text(entry.name, 40)} ({entry.address}){printable_text(reason, 200)}"
    return Content.assemble((f"{planned.action.value:<8}", look), text)
