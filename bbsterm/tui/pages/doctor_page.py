"""What `bbsterm doctor` says, on a page."""

from __future__ import annotations

from typing import Final

from textual.content import Content

from bbsterm.config import Paths
from bbsterm.tui.doctor import BAD, GOOD, NOTE, Finding, examine
from bbsterm.tui.host_answers import Answers
from bbsterm.tui.pages.text_page import TextPage

__all__ = ["DoctorPage"]

_LOOKS: Final = {GOOD: "$success", NOTE: "$warning", BAD: "bold $error"}


class DoctorPage(TextPage):
    """A finding a line. The terminal itself is not asked: it is busy showing this."""

    def __init__(self, paths: Paths | None = None) -> None:
        """`paths` is where files are; the platform's places if None."""
        super().__init__("bbsterm doctor", _text(examine(ask=Answers, paths=paths)))


def _text(findings: list[Finding]) -> Content:
    pieces: list[tuple[str, str]] = []
    for finding in findings:
        pieces.append((f"{finding.state:<5}", _LOOKS[finding.state]))
        pieces.append((f"{finding.topic:<20}", "bold"))
        pieces.append((f"{finding.text}\n", ""))
        if finding.advice:
            pieces.append((f"{'':<25}{finding.advice}\n", "$text-muted"))
    return Content.assemble(*pieces)
