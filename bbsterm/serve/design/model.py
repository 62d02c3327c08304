"""A board as its sysop has written it down. The files say it, `loading` reads it, the areas show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import Final

from bbsterm.serve.design.texts import Texts

__all__ = ["PLACES", "Design", "FileArea", "Item", "Menu", "MessageArea", "Piece", "Role", "Room"]

PLACES: Final = (
    "who",
    "chat",
    "wall",
    "messages",
    "mail",
    "files",
    "gallery",
    "terminal",
    "speed",
    "account",
    "callers",
    "sysop",
    "goodbye",
)
"""Where a menu's `go` can lead; further "menu:NAME", "show:NAME" (an art file) and "room:NAME"."""


class Role(IntEnum):
    """Who may: each may what those before it may."""

    EVERYBODY = 0
    USERS = 1
    SYSOPS = 2


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a menu: its key, its name, a few words on what awaits there, where it leads, for whom."""

    key: str
    title: str
    about: str
    go: str
    who: Role = Role.EVERYBODY


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu; `art` is the stem of the files beside it, or empty."""

    name: str
    title: str
    items: tuple[Item, ...]
    art: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One picture of the gallery: the stem of its files, its title, and a line about it."""

    name: str
    title: str
    about: str


@dataclass(frozen=True, slots=True)
class MessageArea:
    """A place for messages: who may read, who may write."""

    name: str
    title: str
    about: str = ""
    read: Role = Role.EVERYBODY
    write: Role = Role.USERS


@dataclass(frozen=True, slots=True)
class FileArea:
    """A folder whose files callers can read."""

    name: str
    title: str
    folder: Path
    about: str = ""
    who: Role = Role.EVERYBODY


@dataclass(frozen=True, slots=True)
class Room:
    """A room of the chat."""

    name: str
    title: str
    about: str = ""
    who: Role = Role.EVERYBODY


@dataclass(frozen=True)
class Design:
    """A whole board.

    Attributes:
        folder: Where it was read.
        name: The board's name.
        guests: Whether one may come in without an account.
        signup: Whether callers can make accounts for themselves.
        main: The name of the menu that callers come to.
        art: Every art file by its name, without its SAUCE record.
    """

    folder: Path
    name: str
    texts: Texts
    menus: Mapping[str, Menu]
    art: Mapping[str, bytes]
    main: str = "main"
    guests: bool = True
    signup: bool = True
    gallery: tuple[Piece, ...] = ()
    messages: Mapping[str, MessageArea] = field(default_factory=dict)
    files: Mapping[str, FileArea] = field(default_factory=dict)
    rooms: Mapping[str, Room] = field(default_factory=dict)
