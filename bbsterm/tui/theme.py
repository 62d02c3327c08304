"""Our themes, beside Textual's. A theme is for our own rows: a board's art is never recoloured."""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

__all__ = ["DEFAULT", "THEMES"]

THEMES: Final = (
    Theme(
        name="bbsterm",
        primary="#7aa2c8",
        secondary="#5f7f9f",
        accent="#e0af68",
        foreground="#c8ccd4",
        background="#14171c",
        surface="#1b1f26",
        panel="#232831",
        success="#8fb573",
        warning="#e0af68",
        error="#d2696f",
        variables={
            "input-cursor-background": "#e0af68",
            "input-selection-background": "#7aa2c8 35%",
            "block-cursor-background": "#2f3a48",
            "block-cursor-foreground": "#ffffff",
            "border": "#3a4350",
        },
    ),
    Theme(
        name="amber",
        primary="#ffb000",
        secondary="#b37b00",
        accent="#ffd27f",
        foreground="#ffb000",
        background="#0d0a04",
        surface="#140f06",
        panel="#1f170a",
        success="#ffcc66",
        warning="#ffb000",
        error="#ff7043",
        variables={"block-cursor-background": "#6b4a00", "block-cursor-foreground": "#ffe0a3"},
    ),
    Theme(
        name="green",
        primary="#33ff66",
        secondary="#1f9940",
        accent="#a8ffbf",
        foreground="#33dd5e",
        background="#030a05",
        surface="#06120a",
        panel="#0a1d10",
        success="#66ff8c",
        warning="#d4ff66",
        error="#ff6e5c",
        variables={"block-cursor-background": "#14532a", "block-cursor-foreground": "#d6ffe0"},
    ),
    Theme(
        name="vga",
        primary="#55ffff",
        secondary="#00aaaa",
        accent="#ffff55",
        foreground="#aaaaaa",
        background="#0000aa",
        surface="#0000aa",
        panel="#00007a",
        success="#55ff55",
        warning="#ffff55",
        error="#ff5555",
        variables={"block-cursor-background": "#aaaaaa", "block-cursor-foreground": "#000000"},
    ),
    Theme(
        name="qmodem",
        primary="#55ffff",
        secondary="#00aaaa",
        accent="#ffff55",
        foreground="#aaaaaa",
        background="#000000",
        surface="#000055",
        panel="#0000aa",
        success="#55ff55",
        warning="#ffff55",
        error="#ff5555",
        variables={"block-cursor-background": "#00aaaa", "block-cursor-foreground": "#000000"},
    ),
    Theme(
        name="contrast",
        primary="#ffffff",
        secondary="#ffffff",
        accent="#ffff00",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#000000",
        success="#00ff00",
        warning="#ffff00",
        error="#ff6060",
        variables={"block-cursor-background": "#ffff00", "block-cursor-foreground": "#000000"},
    ),
)

DEFAULT: Final = THEMES[0].name
