from __future__ import annotations

import pytest

from bbsterm.book.changes import AT_END, Change, ConflictError, apply
from bbsterm.book.document import block_of
from bbsterm.book.entry import Entry

A, B, C = (Entry(name, f"{name}.org", id=name) for name in "abc")


def after(*changes, of=(A, B, C)):
    blocks = [block_of(entry) for entry in of]
    apply(blocks, changes)
    return [block.entry for block in blocks]


def test_entries_are_added_at_the_end_or_behind_another():
    new = Entry("new", "new.org", id="n")

    assert after(Change("n", None, new)) == [A, B, C, new]
    assert after(Change("n", None, new, follows="a")) == [A, new, B, C]
    assert after(Change("n", None, new, follows="")) == [new, A, B, C]
    assert after(Change("n", None, new, follows="gone")) == [A, B, C, new]


def test_entries_move():
    assert after(Change("c", C, C, follows="")) == [C, A, B]
    assert after(Change("a", A, A, follows=AT_END)) == [B, C, A]


def test_other_fields_that_changed_meanwhile_are_kept():
    theirs = B.changed(comment="by hand")

    assert after(Change("b", B, B.changed(port=24)), of=(A, theirs)) == [A, theirs.changed(port=24)]
    assert after(Change("b", B, B.changed(comment="by hand")), of=(A, theirs)) == [A, theirs]


@pytest.mark.parametrize(
    ("change", "there", "fields"),
    [
        (Change("b", B, B.changed(port=24)), (A, B.changed(port=25)), ("port",)),
        (Change("b", B, B.changed(port=24)), (A,), ()),
        (Change("b", B, None), (A, B.changed(port=25)), ("port",)),
        (Change("b", None, B), (B.changed(port=25),), ("port",)),
    ],
    ids=["same field", "edited but deleted", "deleted but edited", "added twice, differently"],
)
def test_what_cannot_be_merged_is_a_conflict(change, there, fields):
    with pytest.raises(ConflictError) as conflict:
        after(change, of=there)

    assert conflict.value.fields == fields
    assert conflict.value.change is change


def test_what_is_so_already_is_no_conflict():
    assert after(Change("b", B, None), of=(A,)) == [A]
    assert after(Change("b", None, B), of=(A, B)) == [A, B]


def test_an_entry_seen_in_a_list_is_put_in_if_it_is_not_there():
    assert after(Change("b", B, B.changed(port=24), new=True), of=(A,)) == [A, B.changed(port=24)]


def test_a_block_comes_back_with_its_comments():
    blocks = [block_of(A)]

    apply(
        blocks,
        [Change("b", None, B, text="# dear\n[[entry]]\nname = 'b' # so\nhost = 'b.org'\n", follows="")],
    )

    assert blocks[0].text == "# dear\n[[entry]]\nid = \"b\"\nname = 'b' # so\nhost = 'b.org'\n"
    assert blocks[0].entry == B


def test_many_changes_build_on_each_other():
    new = Entry("new", "new.org", id="n")

    assert after(
        Change("n", None, new),
        Change("n", new, new.changed(port=24)),
        Change("a", A, None),
        Change("b", B, None),
    ) == [C, new.changed(port=24)]
