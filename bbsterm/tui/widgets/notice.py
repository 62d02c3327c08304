"""A few lines in the middle of an empty screen: dialling, and why it did not work."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import Static

__all__ = ["Notice"]


class Notice(Static):
    """A heading and lines below it; hidden while it has nothing to say. Nothing in it is markup."""

    def say(self, heading: str, lines: Iterable[str] = (), *, bad: bool = False) -> None:
        """Show this."""
        text = Content.assemble(
            (heading, "bold $error" if bad else "bold $accent"),
            *(("\n" + line, "") for line in lines),
        )
        self.update(text)
        self.display = True

    def clear(self) -> None:
        """Be gone."""
        self.display = False
