"""The form of an entry: add, change, test, and walk from one entry to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, Static, TextArea

from bbsterm.book import PRESETS, Book, Entry
from bbsterm.errors import BbstermError, BookError
from bbsterm.tui import keymap
from bbsterm.tui.actions import Place
from bbsterm.tui.bar_text import keys_bar
from bbsterm.tui.clean import printable_text
from bbsterm.tui.entry_form import (
    ADDRESS,
    FORM,
    FormField,
    changes_of,
    default_of,
    from_address,
    preset_texts,
    problem_of,
    text_of,
)
from bbsterm.tui.keymap import bindings
from bbsterm.tui.pages.pick_page import Pick, PickPage
from bbsterm.tui.widgets.bottom_bar import BottomBar
from bbsterm.tui.widgets.form_row import ChoiceField, FormRow

if TYPE_CHECKING:
    from bbsterm.tui.desk import Desk

__all__ = ["EditPage"]

_PASTED = 4
"""Characters more at once are pasted, not typed."""


class _Form(VerticalScroll, inherit_bindings=False):
    """Scrolls to what has the focus; its keys are the page's."""


class EditPage(Screen[str | None]):
    """Dismissed with the id of the entry that was saved last, None for none.

    Args:
        book: Where it is saved.
        entry: What is changed; None for a new one.
        address: What a new one begins with.
        around: The ids of the entries that "before" and "after" walk through.
        desk: The user's macros, to choose the login from; None for no list of them.
    """

    place = Place.FORM
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Place.FORM),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
        # At once, or what is typed right after it would still go to the field before.
        Binding("tab", "app.focus_next", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", show=False, priority=True),
    ]

    def __init__(
        self,
        book: Book,
        entry: Entry | None,
        *,
        address: str = "",
        around: Sequence[str] = (),
        desk: Desk | None = None,
    ) -> None:
        super().__init__()
        self._book = book
        self._entry = entry
        self._begin = entry or _new_entry(address)
        self._around = around
        self._desk = desk
        self._saved: str | None = None
        self._rows: dict[str, FormRow] = {}
        self._address = ""

    def compose(self) -> ComposeResult:
        """A heading, the sections, a line that says more, the keys."""
        yield Static("", id="form-head", markup=False)
        with _Form(id="form", can_focus=False):
            for section, listed in FORM.items():
                yield Static(section, classes="section")
                for field in listed:
                    row = FormRow(field.name, field.label, _make(field, text_of(self._begin, field.name)))
                    self._rows[field.name] = row
                    yield row
        yield Static("", id="form-say", markup=False)
        yield BottomBar(keys_bar(keymap.commands(Place.FORM), title="", back=False, tight=True), id="bar")

    def on_mount(self) -> None:
        """Everything in its place."""
        self._before = self._texts()
        self._address = self._rows[ADDRESS].text
        self._show_head()
        self._check_all()

    # --- what is in the form --------------------------------------------------------------

    def _texts(self) -> dict[str, str]:
        return {name: row.text for name, row in self._rows.items()}

    @property
    def changed(self) -> bool:
        """Whether something is not saved."""
        return self._texts() != self._before

    def _fill(self, texts: dict[str, str]) -> None:
        for name, text in texts.items():
            self._rows[name].text = text

    def _load(self, entry: Entry) -> None:
        """Show another entry."""
        self._entry = self._begin = entry
        self._fill({name: text_of(entry, name) for name in self._rows})
        self._before = self._texts()
        self._address = self._rows[ADDRESS].text
        self._show_head()
        self._check_all()
        self._say("")

    def _show_head(self) -> None:
        if self._entry is None:
            self.query_one("#form-head", Static).update(" New entry")
            return
        row = self._book.row(self._entry.id)
        head = f" {self._entry.name}"
        if self._entry.id in self._around:
            head += f"   {self._around.index(self._entry.id) + 1:,} of {len(self._around):,}"
        if row is not None and row.list:
            head += f"   of {row.list}: saving makes it your own"
        self.query_one("#form-head", Static).update(head)

    def _say(self, text: str, *, bad: bool = False) -> None:
        line = self.query_one("#form-say", Static)
        line.update(printable_text(text, 240))
        line.set_class(bad, "-bad")

    # --- live validation --------------------------------------------------------------------

    def _check_all(self) -> None:
        terminal = self._rows["terminal"].text
        for section in FORM.values():
            for field in section:
                self._rows[field.name].show_default(default_of(field, terminal))
                self._check(field.name)

    def _check(self, name: str) -> None:
        row = self._rows[name]
        if name == ADDRESS and not row.text and not self.changed:
            return
        row.complain(problem_of(name, row.text, self._rows["protocol"].text))
        if row.field.has_focus:
            self._say(row.problem, bad=True)

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        row = message.input.parent
        if not isinstance(row, FormRow) or row.name is None:
            return
        if row.name == ADDRESS:
            pasted = abs(len(row.text) - len(self._address)) >= _PASTED
            self._address = row.text
            if pasted:
                self._take_url()
        self._check(row.name)

    @on(TextArea.Changed)
    def _noted(self) -> None:
        self._check("notes")

    @on(ChoiceField.Changed)
    def _chosen(self, message: ChoiceField.Changed) -> None:
        if message.field.parent is self._rows["terminal"]:
            self._check_all()
        elif message.field.parent is self._rows["protocol"]:
            self._check(ADDRESS)

    def on_descendant_blur(self) -> None:
        """A URL that was typed is taken apart once the box is left."""
        self._take_url()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """What is wrong with this field, at full length."""
        row = event.widget.parent
        if isinstance(row, FormRow):
            self._say(row.problem, bad=bool(row.problem))

    def _take_url(self) -> None:
        found = from_address(self._rows[ADDRESS].text)
        if found:
            self._fill(found)
            self._address = found[ADDRESS]

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.focus_next()

    # --- saving -----------------------------------------------------------------------------

    def action_save(self) -> None:
        """Save, and back to the list."""
        if self._save():
            self.dismiss(self._saved)

    def _save(self) -> bool:
        """Save what is changed; say whether that worked."""
        self._take_url()
        if self._entry is not None and not self.changed:
            return True
        for name, row in self._rows.items():
            row.complain(problem_of(name, row.text, self._rows["protocol"].text))
            if row.problem:
                row.field.focus()
                self._say(f"{row.problem[0].upper()}{row.problem[1:]}", bad=True)
                return False
        try:
            values = changes_of(self._texts())
            if self._entry is None:
                entry = self._book.add(self._begin.changed(**values))
            else:
                entry = self._book.edit(self._entry, **values)
        except (BookError, ValueError) as error:
            self._say(f"{error}. {getattr(error, 'hint', '')}".strip(), bad=True)
            return False
        self._entry, self._saved = entry, entry.id
        self._before = self._texts()
        return True

    def action_close(self) -> None:
        """Back; asks first if something was changed."""
        self._when_settled(lambda: self.dismiss(self._saved))

    def _when_settled(self, go: Callable[[], object]) -> None:
        """Do something that leaves this entry, once it is clear what becomes of its changes."""
        if not self.changed:
            go()
            return

        def answered(answer: str | None) -> None:
            if answer == "discard" or (answer == "save" and self._save()):
                go()

        picks = [Pick("save", "Save", "keep the changes"), Pick("discard", "Discard", "forget them")]
        picks.append(Pick("stay", "Stay", "go on editing"))
        name = self._entry.name if self._entry else "the new entry"
        self.app.push_screen(PickPage(f"Save the changes to {printable_text(name, 30)}?", picks), answered)

    # --- walking, presets, test ----------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing before or after a new entry, and no list of macros without a desk."""
        if action == "macros":
            return self._desk is not None
        return self._entry is not None or action not in ("previous", "next")

    def action_next(self, by: int = 1) -> None:
        """The entry after this one."""
        if self._entry is None or self._entry.id not in self._around:
            return
        place = self._around.index(self._entry.id) + by
        if not 0 <= place < len(self._around):
            self._say("That was the last one" if by > 0 else "That was the first one")
            return
        entry = self._book.get(self._around[place])
        if entry is not None:
            self._when_settled(lambda: self._load(entry))

    def action_previous(self) -> None:
        """The entry before this one."""
        self.action_next(-1)

    def action_preset(self) -> None:
        """Set terminal, encoding and size at once."""

        def chosen(index: str | None) -> None:
            if index is not None:
                self._fill(preset_texts(int(index)))
                self._check_all()

        picks = [Pick(str(index), preset.title) for index, preset in enumerate(PRESETS)]
        self.app.push_screen(PickPage("Presets", picks), chosen)

    def action_macros(self) -> None:
        """Choose the login macro from a list, or write one."""
        if self._desk is None:
            return
        from bbsterm.tui.pages.macros_page import MacrosPage  # here: few entries need one

        def chosen(path: Path | None) -> None:
            if path is not None:
                self._fill({"login": path.stem})

        self.app.push_screen(MacrosPage(self._desk, verb="chooses"), chosen)

    def action_test(self) -> None:
        """Dial it, say what answers."""
        self._take_url()
        try:
            entry = self._begin.changed(**changes_of(self._texts()))
        except ValueError as error:
            self._say(str(error), bad=True)
            return
        self.run_worker(self._test(entry), name="test", exclusive=True)

    async def _test(self, entry: Entry) -> None:
        from bbsterm.session.entries import address_of  # here: few entries are ever tested
        from bbsterm.session.probe import look, says

        try:
            address = address_of(entry)
        except BbstermError as error:
            self._say(f"{error}. {error.hint}", bad=True)
            return
        self._say(f"Dialling {entry.address} ...")
        found = await look(address)
        self._say(says(found, entry.charset), bad=not found.probe.up)

    def action_help(self) -> None:
        """The help page."""
        from bbsterm.tui.pages.help_page import HelpPage

        self.app.push_screen(HelpPage(first=self.place))

    @on(BottomBar.Clicked)
    async def _clicked(self, message: BottomBar.Clicked) -> None:
        await self.run_action(message.action)


def _new_entry(address: str) -> Entry:
    """What a new entry begins with; an address that was typed into the dialer's box is in it."""
    from bbsterm.book.address import split

    if address:
        try:
            place = split(address)
        except ValueError:
            return Entry("", "")
        return Entry("", place.host, place.port, place.protocol, user=place.user)
    return Entry("", "")


def _make(field: FormField, text: str) -> Input | TextArea | ChoiceField:
    if field.choices:
        return ChoiceField(field.choices, text, required=field.required)
    if field.lines > 1:
        area = TextArea(text, soft_wrap=True, tab_behavior="focus", show_line_numbers=False)
        area.styles.height = field.lines
        return area
    return Input(text, placeholder=field.hint, select_on_focus=False)
