"""Suggestions wait for a moderator."""

from __future__ import annotations

import pytest

from bbsterm.errors import StorageError, UsageError
from bbsterm.fingerprint.hashing import NOTHING
from bbsterm.fingerprint.names import Names
from bbsterm.limits import MAX_FINGERPRINT_NAME

A, B = "a" * 16, "b" * 16


def test_a_suggestion_waits_and_is_accepted(tmp_path):
    names = Names(tmp_path)
    names.suggest(A, "telnet", "PuTTY 0.81")

    (waiting,) = names.suggestions()
    assert (waiting.of, waiting.what, waiting.name) == (A, "telnet", "PuTTY 0.81")
    names.accept(waiting)

    assert names.known() == {A: "PuTTY 0.81"}
    assert names.suggestions() == []


def test_the_same_suggestion_twice_is_one(tmp_path):
    names = Names(tmp_path)
    for _ in range(3):
        names.suggest(A, "telnet", "PuTTY")

    assert len(names.suggestions()) == 1


def test_accepting_one_drops_the_others_for_the_same_fingerprint(tmp_path):
    names = Names(tmp_path)
    for name in ("PuTTY", "Putty!!", "my client"):
        names.suggest(A, "telnet", name)
    names.suggest(B, "terminal", "kitty")

    names.accept(names.find(next(each.id for each in names.suggestions() if each.name == "PuTTY")), "PuTTY ")

    assert names.known() == {A: "PuTTY"}
    assert [each.of for each in names.suggestions()] == [B]


def test_a_suggestion_can_be_dropped(tmp_path):
    names = Names(tmp_path)
    names.suggest(A, "telnet", "rude word")

    names.drop(names.suggestions()[0])

    assert names.suggestions() == []
    assert names.known() == {}


@pytest.mark.parametrize("name", ["", "   ", "\x1b\x00\u202e", "\u200b"])
def test_what_does_not_show_is_no_name(tmp_path, name):
    assert not Names(tmp_path).suggest(A, "telnet", name)


def test_a_name_is_one_harmless_bounded_line(tmp_path):
    names = Names(tmp_path)
    names.suggest(A, "telnet", "\x1b[31mred\r\n" + "x" * 500)

    (waiting,) = names.suggestions()
    assert waiting.name.isprintable()
    assert len(waiting.name) <= MAX_FINGERPRINT_NAME


def test_nobody_names_a_terminal_that_is_not_there(tmp_path):
    assert not Names(tmp_path).suggest(NOTHING, "terminal", "nc")


def test_an_id_is_found_by_its_beginning_if_there_is_only_one(tmp_path):
    names = Names(tmp_path)
    for number in range(40):
        names.suggest(A, "telnet", f"name {number}")

    waiting = names.suggestions()
    assert names.find(waiting[0].id) == waiting[0]
    with pytest.raises(UsageError, match="is no suggestion"):
        names.find("x")
    with pytest.raises(UsageError, match="is no suggestion"):
        names.find("")
    first = [each.id[0] for each in waiting]
    twice = next(letter for letter in first if first.count(letter) > 1)
    with pytest.raises(UsageError, match="fits several"):
        names.find(twice)


def test_a_broken_list_of_names_is_said_and_not_overwritten(tmp_path):
    names = Names(tmp_path)
    names.suggest(A, "telnet", "PuTTY")
    (tmp_path / "fingerprint_names.json").write_text("{broken")

    with pytest.raises(StorageError, match="not JSON"):
        names.accept(names.suggestions()[0])

    assert (tmp_path / "fingerprint_names.json").read_text() == "{broken"


def test_files_that_make_no_sense_are_left_out(tmp_path):
    (tmp_path / "suggestions").mkdir()
    (tmp_path / "suggestions" / f"{A}.json").write_text('{"of": 3, "what": [], "name": {}}')
    (tmp_path / "suggestions" / f"{B}.json").write_text("nonsense")

    assert Names(tmp_path).suggestions() == []
