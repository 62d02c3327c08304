"""A line of a form: a label, something to fill in, and what is wrong with it beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, TextArea

from bbsterm.tui.dialer_rows import fit

__all__ = ["ChoiceField", "FormRow"]

LABEL_WIDTH = 13
FIELD_WIDTH = 38


class ChoiceField(Widget, can_focus=True):
    """One of a few, walked through with Left and Right (or Space), or found by its first letter.

    Args:
        choices: What there is.
        value: What is chosen; empty for the default, where there is one.
        required: There is no default.
    """

    ALLOW_SELECT: ClassVar[bool] = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice--default"}
    DEFAULT_CSS = """
    ChoiceField {
        height: 1;
        &:focus { background: $surface; text-style: reverse; }
        & > .choice--default { color: $text-muted; }
    }
    """
    BINDINGS = [
        Binding("left", "turn(-1)", show=False),
        Binding("right,space", "turn(1)", show=False),
        Binding("backspace,delete", "clear", show=False),
    ]

    @dataclass
    class Changed(Message):
        """Another one was chosen."""

        field: ChoiceField
        value: str

        @property
        def control(self) -> ChoiceField:
            """Who sent it, for `@on` with a selector."""
            return self.field

    def __init__(self, choices: Sequence[str], value: str, *, required: bool = False) -> None:
        super().__init__()
        self._choices = choices if required else ("", *choices)
        self._value = value
        self._greyed = ""

    @property
    def value(self) -> str:
        """What is chosen."""
        return self._value

    @value.setter
    def value(self, value: str) -> None:
        if value != self._value:
            self._value = value
            self.refresh()
            self.post_message(self.Changed(self, value))

    def show_default(self, text: str) -> None:
        """What nothing means."""
        self._greyed = text
        self.refresh()

    def render(self) -> Content:
        """The choice between its arrows."""
        if not self._value:
            return Content.assemble("< ", (self._greyed or "default", "$text-muted"), " >")
        return Content(f"< {self._value} >")

    def action_turn(self, by: int) -> None:
        """The next one."""
        at = self._choices.index(self._value) if self._value in self._choices else 0
        self.value = self._choices[(at + by) % len(self._choices)]

    def action_clear(self) -> None:
        """The default again."""
        self.value = self._choices[0]

    def on_key(self, event: events.Key) -> None:
        """A letter or a digit: the next choice that begins with it."""
        letter = (event.character or "").lower()
        if not letter.isalnum():
            return
        at = self._choices.index(self._value) if self._value in self._choices else 0
        for choice in (*self._choices[at + 1 :], *self._choices[: at + 1]):
            if choice.startswith(letter):
                event.stop()
                self.value = choice
                return

    def on_click(self) -> None:
        """The next one."""
        self.action_turn(1)


class FormRow(Widget):
    """Draws the label and the message around a field.

    Args:
        name: The field's.
        label: What stands before it.
        field: What is filled in.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"form-row--label", "form-row--problem"}
    DEFAULT_CSS = """
    FormRow {
        height: auto;
        & > .form-row--label { color: $secondary; }
        & > .form-row--problem { color: $error; }
        & > Input, & > TextArea, & > ChoiceField {
            margin-left: 13; width: 38; border: none; padding: 0; background: $panel;
        }
        & > Input { height: 1; }
        & > Input:focus, & > TextArea:focus { background: $surface; border: none; }
    }
    """

    def __init__(self, name: str, label: str, field: Input | TextArea | ChoiceField) -> None:
        super().__init__(name=name)
        self._label = label
        self.field = field
        self.problem = ""

    def compose(self) -> ComposeResult:
        """The field."""
        yield self.field

    @property
    def text(self) -> str:
        """What is in the field."""
        return self.field.text if isinstance(self.field, TextArea) else self.field.value

    @text.setter
    def text(self, text: str) -> None:
        if isinstance(self.field, TextArea):
            self.field.text = text
        else:
            self.field.value = text

    @property
    def label(self) -> str:
        """What stands before the field."""
        return self._label

    @label.setter
    def label(self, label: str) -> None:
        self._label = label
        self.refresh()

    def show_default(self, text: str) -> None:
        """What an empty field means, greyed."""
        if isinstance(self.field, ChoiceField):
            self.field.show_default(text)
        elif isinstance(self.field, Input):
            self.field.placeholder = text

    def complain(self, problem: str) -> None:
        """Say what is wrong, or nothing."""
        if problem != self.problem:
            self.problem = problem
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """What is seen around the field."""
        width = self.size.width
        if y:
            return Strip.blank(width, self.rich_style)
        used = LABEL_WIDTH + FIELD_WIDTH
        label = fit(f" {self._label}", LABEL_WIDTH)
        problem = fit(f" {self.problem}", max(0, width - used))
        segments = [
            Segment(label, self.get_component_rich_style("form-row--label")),
            Segment(" " * min(FIELD_WIDTH, max(0, width - LABEL_WIDTH)), self.rich_style),
            Segment(problem, self.get_component_rich_style("form-row--problem")),
        ]
        return Strip(segments).adjust_cell_length(width, self.rich_style)
