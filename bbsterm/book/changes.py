"""Changes to the entries of a document, made to whatever stands in it by now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bbsterm.book.document import Block, block_of, read_block
from bbsterm.book.edit import changed_fields, edit_block, sign
from bbsterm.book.entry import Entry
from bbsterm.errors import BookError

__all__ = ["AT_END", "Change", "ConflictError", "apply", "signed"]

AT_END: Final = "\x00"
"""For `Change.follows`: after everything else."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry, from what it was to what it shall be.

    Attributes:
        id: Which entry.
        before: What the one who changed it had seen; None for nothing.
        after: What it shall be; None to delete it.
        text: The block to put in, comments included, where an entry comes back; else it is made anew.
        follows: The id of the entry it is put behind; "" for the beginning, `AT_END`, None for where it is.
        new: Whether it was seen elsewhere, in an imported list, and is put in if the file does not have it.
    """

    id: str
    before: Entry | None
    after: Entry | None
    text: str = ""
    follows: str | None = None
    new: bool = False


class ConflictError(Exception):
    """The entry is not what the change started from. `fields` names what differs; empty if it is gone."""

    def __init__(self, fields: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.fields = fields
        self.change: Change | None = None


def apply(blocks: list[Block], changes: Sequence[Change]) -> None:
    """Make changes to the blocks of a file, one after the other.

    Of a single change it is made sure that what is written means what was meant. With many, the caller does
    that with the whole file at once.

    Raises:
        ConflictError: The file has another version of what a change started from.
        BookError: An entry cannot be written as it is meant.
    """
    ids = {block.entry.id for block in blocks if block.entry}
    for change in changes:
        try:
            _apply(blocks, change, _index(blocks, change.id) if change.id in ids else None)
        except ConflictError as conflict:
            conflict.change = change
            raise
        if change.after is None:
            ids.discard(change.id)
        else:
            ids.add(change.id)
    if len(changes) == 1 and changes[0].after is not None:
        block = blocks[_index(blocks, changes[0].id)]
        assert block.entry is not None  # it was found by it
        _check(read_block(sign(block.text, block.entry.id)), block.entry)


def _apply(blocks: list[Block], change: Change, at: int | None) -> None:
    if change.after is None:
        if at is not None:
            _check_unchanged(blocks[at].entry, change.before)
            del blocks[at]
        return
    if at is None:
        if change.before is not None and not change.new:
            raise ConflictError
        _insert(blocks, AT_END if change.follows is None else change.follows, _new_block(change))
        return
    blocks[at] = _merged(blocks[at], change)
    if change.follows is not None:
        _insert(blocks, change.follows, blocks.pop(at))


def _index(blocks: list[Block], entry_id: str) -> int:
    return next(index for index, block in enumerate(blocks) if block.entry and block.entry.id == entry_id)


def _new_block(change: Change) -> Block:
    assert change.after is not None
    if change.text:
        text = sign(change.text, change.id)
        return Block(text, read_block(text))
    return block_of(change.after)


def _merged(block: Block, change: Change) -> Block:
    """The block with the change in it; what the file says anew of other fields stays."""
    now, before, after = block.entry, change.before, change.after
    assert now is not None
    assert after is not None
    if before is None:
        _check_unchanged(now, after)
        return block
    wanted = changed_fields(before, after)
    given = {name: getattr(after, name) for name in wanted}
    clash = [name for name in wanted if getattr(now, name) not in (getattr(before, name), given[name])]
    if clash:
        raise ConflictError(tuple(clash))
    merged = now.changed(**given)
    if not changed_fields(now, merged):
        return block
    text = edit_block(block.text if block.signed else sign(block.text, now.id), now, merged)
    return Block(text, merged)


def _check(written: Entry, meant: Entry) -> None:
    """The safety net under every edit: what is written means what was meant."""
    if written != meant:
        fields = ", ".join(changed_fields(written, meant)) or "id"
        raise BookError(f"{meant.name!r} cannot be written as it is: {fields}")


def _check_unchanged(now: Entry | None, before: Entry | None) -> None:
    if now is not None and before is not None and (fields := changed_fields(before, now)):
        raise ConflictError(fields)


def _insert(blocks: list[Block], follows: str, block: Block) -> None:
    at = _place(blocks, follows)
    if at and not blocks[at - 1].text.endswith("\n\n"):
        blocks[at - 1] = replace(blocks[at - 1], text=blocks[at - 1].text.rstrip("\n") + "\n\n")
    blocks.insert(at, block)


def _place(blocks: list[Block], follows: str) -> int:
    if follows == "":
        return 0
    if follows == AT_END:
        return len(blocks)
    for index, block in enumerate(blocks):
        if block.entry and block.entry.id == follows:
            return index + 1
    return len(blocks)


def signed(block: Block) -> Block:
    """The block with its id in the text."""
    if block.signed or block.entry is None:
        return block
    return Block(sign(block.text, block.entry.id), block.entry)
