"""One step of a macro as a form: what is waited for, what is sent, how long, and what happens then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from bbsterm.tui.clean import printable_text
from bbsterm.tui.macro_edit import KINDS, StepFields
from bbsterm.tui.widgets.form_row import ChoiceField, FormRow

__all__ = ["StepPage"]

_LABELS: Final = {
    "expect": ("Wait for", "what the board says, such as login:"),
    "send": ("Send", "{user}<enter>, <f1>, words"),
    "pause": ("Seconds", "how long"),
    "notify": ("Tell", "what you are told"),
    "run": ("Macro", "its name"),
    "hangup": ("", ""),
}
_HOW: Final = ("text", "regex", "screen")
_ONLY_EXPECT: Final = ("how", "send", "timeout", "late")


class StepPage(ModalScreen[StepFields | None]):
    """Dismissed with the step, None for nothing.

    Args:
        fields: What it begins with.
        check: Why a step cannot be so; empty if it can.
        title: The frame's.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", show=False),
        Binding("escape", "close", "Close", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]
    DEFAULT_CLASSES = "picker"
    AUTO_FOCUS = "Input"

    def __init__(self, fields: StepFields, check: Callable[[StepFields], str], title: str = "Step") -> None:
        super().__init__()
        self._begin = fields
        self._check = check
        self._heading = title
        self._rows: dict[str, FormRow] = {}

    def compose(self) -> ComposeResult:
        """The rows, and what is wrong below them."""
        begin = self._begin
        fields: dict[str, tuple[str, Input | ChoiceField]] = {
            "kind": ("Kind", ChoiceField(KINDS, begin.kind, required=True)),
            "what": ("Wait for", Input(begin.what, select_on_focus=False)),
            "how": ("As", ChoiceField(_HOW, begin.how, required=True)),
            "send": (
                "Then send",
                Input(begin.send, placeholder="{user}<enter>, {secret}<enter>", select_on_focus=False),
            ),
            "timeout": ("Seconds", Input(begin.timeout, placeholder="20", select_on_focus=False)),
            "late": (
                "Then",
                Input(begin.late, placeholder="fail; or skip, or goto LABEL", select_on_focus=False),
            ),
        }
        with Container() as frame:
            frame.border_title = Content(self._heading)
            frame.border_subtitle = "Enter or ^S takes it, Esc closes"
            for name, (label, field) in fields.items():
                self._rows[name] = FormRow(name, label, field)
                yield self._rows[name]
            yield Static("", classes="about")

    def on_mount(self) -> None:
        """The rows that its kind has; the cursor on what is waited for."""
        self._arrange()
        self._rows["what"].field.focus()

    def _fields(self) -> StepFields:
        texts = {name: row.text for name, row in self._rows.items()}
        return replace(self._begin, **texts)

    def _arrange(self) -> None:
        kind = self._rows["kind"].text
        label, hint = _LABELS.get(kind, ("", ""))
        what = self._rows["what"]
        what.display = bool(label)
        what.label = label
        if isinstance(what.field, Input):
            what.field.placeholder = hint
        for name in _ONLY_EXPECT:
            self._rows[name].display = kind == "expect"

    @on(ChoiceField.Changed)
    def _chosen(self) -> None:
        self._arrange()
        self._say("")

    @on(Input.Changed)
    def _typed(self) -> None:
        self._say("")

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        """Take it, if it can be meant."""
        fields = self._fields()
        if problem := self._check(fields):
            self._say(problem)
        else:
            self.dismiss(fields)

    def _say(self, problem: str) -> None:
        about = self.query_one(".about", Static)
        about.update(Content(printable_text(problem, 200)))
        about.set_class(bool(problem), "-bad")

    def action_close(self) -> None:
        """The step stays as it was."""
        self.dismiss(None)
