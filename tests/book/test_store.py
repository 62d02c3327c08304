from __future__ import annotations

import os

import pytest

from bbsterm import limits
from bbsterm.book import files
from bbsterm.book.changes import Change
from bbsterm.book.entry import Entry
from bbsterm.book.store import Store
from bbsterm.errors import BookConflictError, BookError, ConfigError

A, B = Entry("A", "a.org", id="a"), Entry("B", "b.org", id="b")


@pytest.fixture
def store(paths, clock):
    return make(paths, clock)


def make(paths, clock):
    store = Store(paths.entries, paths.versions, now=clock)
    store.load()
    return store


def entries(store):
    return list(store.document.entries())


def add(store, *new):
    store.commit([Change(entry.id, None, entry) for entry in new])


def test_what_is_saved_is_read_again(store, paths, clock):
    add(store, A, B)

    again = make(paths, clock)

    assert entries(again) == [A, B]
    assert not again.changed()


def test_saving_nothing_writes_nothing(store, paths):
    store.commit([])

    assert not paths.entries.exists()


def test_two_programs_add_to_one_book(store, paths, clock):
    other = make(paths, clock)

    add(store, A)
    add(other, B)

    assert entries(other) == [A, B]
    assert store.changed()
    store.load()
    assert entries(store) == [A, B]


def test_a_hand_edit_meanwhile_is_merged(store, paths):
    add(store, A)
    text = paths.entries.read_text()
    paths.entries.write_text(text.replace('name = "A"', 'name = "A"  # dear\ncomment = "by hand"'))

    store.commit([Change("a", A, A.changed(port=24))])

    assert entries(store) == [A.changed(port=24, comment="by hand")]
    assert "# dear" in paths.entries.read_text()


def test_the_same_field_changed_by_hand_is_refused_and_both_versions_are_kept(store, paths):
    add(store, A)
    by_hand = paths.entries.read_text().replace("port = 23", "port = 99")
    paths.entries.write_text(by_hand)

    with pytest.raises(BookConflictError) as conflict:
        store.commit([Change("a", A, A.changed(port=24))])

    assert conflict.value.fields == ("port",)
    assert paths.entries.read_text() == by_hand
    assert "port = 24" in conflict.value.kept.read_text()


def test_a_file_that_broke_meanwhile_is_not_touched(store, paths):
    add(store, A)
    paths.entries.write_text("[[entry]]\nname = ")

    with pytest.raises(BookError, match=r"dialing\.toml:2: ") as refused:
        add(store, B)

    assert "was not saved" in refused.value.hint
    assert paths.entries.read_text() == "[[entry]]\nname = "


def test_a_file_that_vanished_meanwhile_comes_back_whole(store, paths):
    add(store, A)
    paths.entries.unlink()

    add(store, B)

    assert entries(store) == [A, B]


def test_a_broken_file_shows_the_version_before_and_is_set_aside_on_saving(store, paths, clock):
    add(store, A)
    add(store, B)
    paths.entries.write_bytes(b"garbage \x00\xff")

    again = Store(paths.entries, paths.versions, now=clock)
    notices = again.load()

    assert [notice.error for notice in notices] == [True]
    assert "dialing.toml:1: this is not UTF-8 text (byte 0xff)" in str(notices[0])
    assert "with 1 entry" in notices[0].hint
    assert entries(again) == [A]
    assert paths.entries.read_bytes() == b"garbage \x00\xff"

    again.commit([Change("b", None, B)])

    aside = [name for name in os.listdir(paths.entries.parent) if "broken" in name]
    assert [(paths.entries.parent / name).read_bytes() for name in aside] == [b"garbage \x00\xff"]
    assert entries(make(paths, clock)) == [A, B]
    assert aside[0] in str(again.said[0])


def test_a_broken_file_that_is_corrected_is_taken_as_it_is(store, paths, clock, written):
    written("x")
    store.load()
    assert store.broken

    written('[[entry]]\nid = "a"\nname = "A"\nhost = "a.org"\n')
    add(store, B)

    assert entries(store) == [A, B]
    assert store.broken is None


@pytest.mark.parametrize("lines", [0, 8, 14])
def test_a_file_cut_at_the_end_of_a_line_is_noticed(store, paths, lines):
    add(store, A, B)
    add(store, Entry("C", "c.org", id="c"))
    store.commit([Change("c", store.document.blocks[-1].entry, None)])
    whole = files.versions(paths.entries, paths.versions)[0].path.read_text()
    paths.entries.write_text("".join(whole.splitlines(keepends=True)[:lines]))

    notices = store.load()

    assert ("the file is cut: it ends here" if lines else "the file is empty") in str(notices[0])
    assert isinstance(store.broken, ConfigError)
    assert [entry.name for entry in entries(store)] == ["A", "B"]  # as this run had read it


def test_a_file_of_ours_without_its_last_line_is_remarked(store, paths):
    add(store, A)
    paths.entries.write_text(paths.entries.read_text().replace("# end of book\n", ""))

    assert [str(notice) for notice in store.load()] == [
        "dialing.toml: its last line is missing: it may have been cut"
    ]
    assert entries(store) == [A]


def test_a_book_that_is_gone_is_told_from_one_that_never_was(store, paths, clock):
    assert store.load() == []
    add(store, A)
    add(store, B)
    paths.entries.unlink()

    notices = make(paths, clock).load()

    assert "the book is gone; dialing.000001" in str(notices[0])
    assert "has 1 entry" in str(notices[0])


def test_an_earlier_version_can_be_restored(store, paths):
    add(store, A)
    add(store, B)

    store.restore(files.versions(paths.entries, paths.versions)[0].path)
    assert entries(store) == [A]

    store.restore(files.versions(paths.entries, paths.versions)[0].path)
    assert entries(store) == [A, B]


def test_a_new_book_can_be_begun(store, paths):
    add(store, A)

    store.start_new()

    assert entries(store) == []
    assert files.versions(paths.entries, paths.versions)


def test_a_newer_book_is_read_but_not_written(store, written, paths):
    written('schema = 2\n[[entry]]\nhost = "a.org"\n')

    notices = store.load()

    assert "written by a newer bbsterm" in str(notices[0])
    with pytest.raises(BookError, match="read-only: it was written by a newer"):
        add(store, B)
    assert paths.entries.read_text().startswith("schema = 2")


def test_line_ends_of_windows_are_kept(store, written, paths):
    written(b'schema = 1\r\n\r\n[[entry]]\r\nid = "a"\r\nname = "A"\r\nhost = "a.org"\r\n')
    store.load()

    add(store, B)

    data = paths.entries.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") > 10
    assert entries(store) == [A, B]


def test_a_byte_order_mark_does_no_harm(store, written):
    written(b'\xef\xbb\xbf[[entry]]\nid = "a"\nname = "A"\nhost = "a.org"\n')

    assert store.load() == []
    assert entries(store) == [A]


def test_mistakes_in_other_entries_survive_a_save(store, written, paths):
    written('[[entry]]\nhost = "bad.org"\nport = 99999 # TODO\n')
    store.load()

    add(store, A)

    assert "port = 99999 # TODO\n" in paths.entries.read_text()
    assert [notice.line for notice in store.document.notices] == [4]  # a schema line came above


def test_a_file_that_others_may_write_is_remarked(store, paths):
    add(store, A)
    paths.entries.chmod(0o666)

    assert [str(notice) for notice in store.load()] == ["dialing.toml: others may write this file"]


def test_what_the_system_refuses_is_said_in_one_sentence(store, paths, monkeypatch):
    add(store, A)
    before = paths.entries.read_bytes()

    def full(handle, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "write", full)
    with pytest.raises(BookError, match=r"cannot save .*dialing\.toml: No space left on device"):
        add(store, B)

    assert paths.entries.read_bytes() == before
    assert entries(store) == [A]


def test_a_book_of_any_size_is_not_read(store, paths):
    paths.entries.parent.mkdir()
    with paths.entries.open("wb") as file:
        file.truncate(limits.MAX_BOOK_FILE + 1)

    assert "too large" in str(store.load()[0])


def test_changes_are_noticed_by_contents_not_by_date_alone(store, paths):
    add(store, A)
    os.utime(paths.entries, (1, 1))
    assert not store.changed()

    paths.entries.write_text(paths.entries.read_text() + "# x\n")
    assert store.changed()


def test_an_editor_that_wrote_meanwhile_is_noticed_even_while_we_saved(store, paths, monkeypatch):
    add(store, A)
    prune = files.prune

    def edit_behind_our_back(path, folder):
        prune(path, folder)
        paths.entries.write_text("# somebody was here\n")

    monkeypatch.setattr(files, "prune", edit_behind_our_back)
    add(store, B)

    assert store.changed()
