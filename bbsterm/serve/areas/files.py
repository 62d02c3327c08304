"""The file areas: lists with descriptions, and files to read on the screen or to capture."""

from __future__ import annotations

import asyncio
from typing import Final

from bbsterm.serve import art, clean
from bbsterm.serve.board import Board, log
from bbsterm.serve.caller import Caller
from bbsterm.serve.design.model import FileArea
from bbsterm.serve.layout import MORE, counted, cut, heading, rule, width, wrap
from bbsterm.serve.listing import choose, read
from bbsterm.serve.markup import escape
from bbsterm.serve.nodes import Node
from bbsterm.serve.picture import Picture
from bbsterm.serve.shelf import VIEWED, Listed, list_files, read_file

__all__ = ["visit"]

_FILE: Final = "|15V|07iew, |15C|07apture as text, any other key goes back|08: |15"
_NEXT: Final = "|08[|07Space: more, |15Q|07 stops|08]|07 "


async def visit(board: Board, node: Node, caller: Caller) -> None:
    """The list of areas, until it is left; with only one of them, its files at once."""
    while True:
        areas = [area for area in board.design.files.values() if area.who <= node.role]
        if len(areas) == 1:
            return await _area(board, node, caller, areas[0])
        rows = [
            f"|15{escape(cut(area.title, 20).ljust(20))} |03{escape(cut(area.about, 40))}" for area in areas
        ]
        choice = await choose(caller, "Files", rows, "|15Number|07, |15Q|07uit|08: |15", nothing="No files.")
        if choice.back:
            return None
        if choice.at is not None:
            await _area(board, node, caller, areas[choice.at])


async def _area(board: Board, node: Node, caller: Caller, area: FileArea) -> None:
    while True:
        try:
            files = await asyncio.to_thread(list_files, area.folder)
        except OSError as error:
            log.error("files: %s: %s", area.folder, error.strerror)
            await caller.say(*board.design.texts.lines("files.closed"))
            await caller.press(MORE)
            return
        rows = [_row(caller, each) for each in files]
        prompt = "|15Number|07, |15Q|07uit|08: |15"
        note = counted(len(files), "file")
        choice = await choose(caller, area.title, rows, prompt, note=note, nothing="No files here yet.")
        if choice.back:
            return
        if choice.at is not None:
            await _file(board, node, caller, area, files[choice.at])


async def _file(board: Board, node: Node, caller: Caller, area: FileArea, file: Listed) -> None:
    """What it is, and how to have it."""
    about = [f"|07{escape(line)}" for line in wrap(file.about, width(caller))] if file.about else []
    await caller.page(
        heading(caller, area.title),
        "",
        f"|15{escape(file.name)}",
        f"|03{file.size:,} bytes, {file.changed:%d %b %Y}",
        *about,
        "",
        *board.design.texts.lines("files.download"),
        rule(caller),
    )
    if file.suffix not in VIEWED:
        await caller.say(*board.design.texts.lines("files.not_text"))
        await caller.press(MORE)
        return
    key = await caller.press(_FILE)
    if key in ("v", "V", "c", "C"):
        try:
            data = await asyncio.to_thread(read_file, area.folder, file.name)
        except OSError as error:
            log.error("files: %s: %s", area.folder / file.name, error.strerror)
            await caller.say(*board.design.texts.lines("files.closed"))
            await caller.press(MORE)
            return
        pause = key in ("v", "V") and (node.user is None or node.user.pause)
        await _show(board, caller, file, data, pause=pause, capture=key in ("c", "C"))


async def _show(
    board: Board, caller: Caller, file: Listed, data: bytes, *, pause: bool, capture: bool
) -> None:
    if capture:
        await caller.say(*board.design.texts.lines("files.capture"))
        await caller.press(MORE)
    if file.suffix in (".ans", ".seq", ".ata"):
        await _show_art(caller, file, data, pause=pause)
    else:
        lines = [f"|07{line}" for line in _text_lines(data, width(caller))]
        await read(caller, [heading(caller, file.name)], lines, pause=pause)
    await caller.press(MORE)


async def _show_art(caller: Caller, file: Listed, data: bytes, *, pause: bool) -> None:
    """Art in the caller's own language as it is; ANSI art in pages, on every machine."""
    if file.suffix == caller.dialect.suffix != ".ans":
        await caller.show_file(data)
        return
    if file.suffix != ".ans":
        await caller.say("|08This was made for another machine than yours.")
        return
    picture = art.parse_ans(data)
    picture = picture if caller.wide else picture.halved()
    room = max(2, caller.rows - 2)
    for at in range(0, max(1, len(picture.rows)), room):
        await caller.show(Picture(picture.rows[at : at + room]), below=1)
        if pause and at + room < len(picture.rows) and await caller.press(_NEXT) in ("q", "Q"):
            return


def _text_lines(data: bytes, columns: int) -> list[str]:
    """A text file's lines, wrapped; UTF-8 where it is that, CP437 as the texts of the time are otherwise."""
    data = data.partition(b"\x1a")[0]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp437")
    lines = []
    for line in text.splitlines():
        lines += [escape(part) for part in wrap(clean.paragraph(line.expandtabs(), 2000), columns)]
    return lines


def _row(caller: Caller, file: Listed) -> str:
    size = f"{file.size / 1024:,.0f}K" if file.size >= 1024 else str(file.size)
    if not caller.wide:
        return f"|15{escape(cut(file.name, 24).ljust(24))} |03{size:>6}"
    return f"|15{escape(cut(file.name, 24).ljust(24))} |03{size:>7}  |07{escape(cut(file.about, 38))}"
