"""From a folder to a board: `board.toml`, `texts.toml`, `menus/*.toml`, `art/*`.

What a sysop's folder leaves out is as in the built-in one, which is read by the same code.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from bbsterm import limits
from bbsterm.errors import ConfigError
from bbsterm.serve.design.model import (
    PLACES,
    Design,
    FileArea,
    Item,
    Menu,
    MessageArea,
    Piece,
    Role,
    Room,
)
from bbsterm.serve.design.reading import Table, nearest, read_toml
from bbsterm.serve.design.texts import ALWAYS, PLACEHOLDER, Texts

__all__ = ["ART_SUFFIXES", "builtin", "load_design", "stamp"]

ART_SUFFIXES: Final = (".ans", ".seq", ".ata", ".txt")
"""Art for ANSI, Commodore, Atari and plain text callers."""

_DATA: Final = Path(str(resources.files("bbsterm.serve"))) / "data"
_ART_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}\.(ans|seq|ata|txt)")
_END_OF_FILE: Final = b"\x1a"
_KEYS: Final = re.compile(r"[A-Z0-9]")
_ROLES: Final = {role.name.lower(): role for role in Role}


@cache
def builtin() -> Design:
    """The board that comes with bbsterm."""
    return _load(_DATA, None)


def load_design(folder: Path) -> Design:
    """Read a sysop's board.

    Raises:
        ConfigError: A file cannot be understood: which, where, why, and what may have been meant.
    """
    folder = folder.expanduser()
    if not folder.is_dir():
        raise ConfigError(
            folder, None, "there is no such folder", hint=f"`bbsterm serve --init {folder}` makes one."
        )
    return _load(folder, builtin())


def stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """The names, times and sizes of all files that make the board: it changes when they do."""
    found = []
    for part in (folder, folder / "menus", folder / "art"):
        try:
            entries = list(os.scandir(part))
        except OSError:
            continue
        for entry in entries[: 4 * limits.MAX_BOARD_ITEMS]:
            try:
                status = entry.stat()
            except OSError:
                continue
            if entry.is_file():
                found.append((entry.path, status.st_mtime_ns, status.st_size))
    return tuple(sorted(found))


def _load(folder: Path, base: Design | None) -> Design:
    board = read_toml(folder / "board.toml")
    art = {**(base.art if base else {}), **_art(folder / "art")}
    menus = {**(base.menus if base else {}), **_menus(folder / "menus")}
    name = board.text("name", base.name if base else None, longest=40)
    texts = _texts(read_toml(folder / "texts.toml"), base.texts if base else None, board=name)
    main = board.text("main", "main", longest=24)
    if main not in menus:
        board.complain("main", f"there is no menu {main!r}{nearest(main, menus)}")
    guests, signup = board.flag("guests", True), board.flag("signup", True)
    gallery = tuple(_piece(each, table, art) for each, table in board.tables("gallery"))
    messages = {each: _message_area(each, table) for each, table in board.tables("messages")}
    files = {each: _file_area(each, table, folder) for each, table in board.tables("files")}
    rooms = {each: _room(each, table) for each, table in board.tables("rooms")}
    board.end()
    design = Design(
        folder=folder,
        name=name,
        texts=texts,
        menus=menus,
        art=art,
        main=main,
        guests=guests,
        signup=signup,
        gallery=gallery or (base.gallery if base else ()),
        messages=messages or (base.messages if base else {}),
        files=files or (base.files if base else {}),
        rooms=rooms or (base.rooms if base else {}),
    )
    for path in sorted((folder / "menus").glob("*.toml")):
        _check_menu(path, design)
    return design


# --- art and texts ---------------------------------------------------------------------


def _art(folder: Path) -> dict[str, bytes]:
    art: dict[str, bytes] = {}
    for path in sorted(folder.glob("*")):
        if path.suffix not in ART_SUFFIXES:
            continue
        if not _ART_NAME.fullmatch(path.name):
            raise ConfigError(path, None, "the name of an art file has letters, digits, - and _")
        if len(art) >= 4 * limits.MAX_BOARD_ITEMS:
            raise ConfigError(folder, None, f"there are more than {len(art)} art files")
        try:
            with path.open("rb") as file:
                data = file.read(limits.MAX_VIEWED_FILE + 1)
        except OSError as error:
            raise ConfigError(path, None, f"it cannot be read: {error.strerror}") from error
        if len(data) > limits.MAX_VIEWED_FILE:
            raise ConfigError(path, None, f"it is larger than {limits.MAX_VIEWED_FILE // 1024} KiB")
        art[path.name] = data.partition(_END_OF_FILE)[0]
    return art


def _texts(file: Table, base: Texts | None, *, board: str) -> Texts:
    read: dict[str, str] = {}
    for group, table in file.tables():
        for key, text in table.texts():
            name = f"{group}.{key}"
            if base is not None:
                _check_text(table, key, name, text, base)
            read[name] = text.rstrip("\n")
    return base.changed(read, board=board) if base else Texts(read, board=board)


def _check_text(table: Table, key: str, name: str, text: str, base: Texts) -> None:
    if name not in base.names():
        table.complain(key, f"there is no text {name!r}{nearest(name, base.names())}")
    known = base.values(name) | ALWAYS
    for value in PLACEHOLDER.findall(text):
        if value not in known:
            table.complain(key, f"{name} has no value {{{value}}}{nearest(value, sorted(known))}")


# --- menus -----------------------------------------------------------------------------


def _menus(folder: Path) -> dict[str, Menu]:
    paths = sorted(folder.glob("*.toml"))
    if len(paths) > limits.MAX_BOARD_ITEMS:
        raise ConfigError(folder, None, f"there are more than {limits.MAX_BOARD_ITEMS} menus")
    return {path.stem: _menu(path) for path in paths}


def _menu(path: Path) -> Menu:
    table = read_toml(path)
    name = table.name(path.stem)
    title, art = table.text("title", longest=30), table.text("art", "", longest=40)
    items = tuple(_item(key, each) for key, each in table.tables())
    if not items:
        table.complain("", "a menu needs at least one key: [A] title = ... go = ...")
    return Menu(name, title, items, art)


def _item(key: str, table: Table) -> Item:
    if not _KEYS.fullmatch(key):
        table.complain("", f"{key!r} is no key of a menu: one capital letter or digit")
    title, about = table.text("title", longest=30), table.text("about", "", longest=60)
    item = Item(key, title, about, table.text("go", longest=60), _role(table, "for", Role.EVERYBODY))
    table.end()
    return item


def _check_menu(path: Path, design: Design) -> None:
    """Every key of a menu must lead somewhere. Read again, for the lines."""
    table = read_toml(path)
    art = table.text("art", "")
    if art and f"{art}.ans" not in design.art:
        table.complain("art", f"there is no art/{art}.ans{nearest(art, _stems(design.art))}")
    table.text("title")
    for _, item in table.tables():
        kind, colon, name = item.text("go").partition(":")
        known = {"menu": list(design.menus), "show": _stems(design.art), "room": list(design.rooms)}
        if not colon:
            item_known = [*PLACES, *(f"{word}:" for word in known)]
            if kind not in PLACES:
                item.complain("go", f"go cannot be {kind!r}{nearest(kind, item_known)}")
        elif kind not in known:
            item.complain("go", f"go cannot begin with {kind + ':'!r}{nearest(kind, known)}")
        elif name not in known[kind]:
            item.complain("go", f"go: there is no {kind} {name!r}{nearest(name, known[kind])}")
        for rest in ("title", "about", "for"):
            item.text(rest, "")


def _stems(art: Mapping[str, bytes]) -> list[str]:
    return sorted({name.rpartition(".")[0] for name in art})


# --- what board.toml lists ------------------------------------------------------------------


def _role(table: Table, key: str, default: Role) -> Role:
    return _ROLES[table.choice(key, default.name.lower(), _ROLES)]


def _piece(name: str, table: Table, art: Mapping[str, bytes]) -> Piece:
    if name not in (stems := _stems(art)):
        table.complain("", f"there is no art/{name}.ans{nearest(name, stems)}")
    piece = Piece(name, table.text("title", longest=40), table.text("about", "", longest=60))
    table.end()
    return piece


def _message_area(name: str, table: Table) -> MessageArea:
    area = MessageArea(
        table.name(name),
        table.text("title", longest=30),
        table.text("about", "", longest=60),
        _role(table, "read", Role.EVERYBODY),
        max(Role.USERS, _role(table, "write", Role.USERS)),
    )
    table.end()
    return area


def _file_area(name: str, table: Table, folder: Path) -> FileArea:
    where = folder / Path(table.text("folder", f"files/{name}", longest=200)).expanduser()
    if not where.is_dir():
        table.complain("folder", f"there is no folder {where}")
    area = FileArea(
        table.name(name),
        table.text("title", longest=30),
        where,
        table.text("about", "", longest=60),
        _role(table, "for", Role.EVERYBODY),
    )
    table.end()
    return area


def _room(name: str, table: Table) -> Room:
    title, about = table.text("title", longest=30), table.text("about", "", longest=60)
    room = Room(table.name(name), title, about, _role(table, "for", Role.EVERYBODY))
    table.end()
    return room
