from __future__ import annotations

import pytest

from bbsterm.book.address import CALLABLE, PROTOCOLS
from bbsterm.book.entry import DEMO, FIELD_NAMES, PRESETS, TERMINALS, Entry
from bbsterm.book.fields import problems
from bbsterm.screen import KINDS


def test_a_trusted_entry_is_the_same_as_one_made_in_full():
    values = {"name": "Xibalba", "host": "xibalba.example", "port": 44510, "tags": ("ftn",)}

    quick = Entry.trusted(dict(values))

    assert quick == Entry(**values)
    assert hash(quick) == hash(Entry(**values))
    assert quick.changed(port=23).port == 23


def test_plain_has_only_what_differs_from_the_defaults():
    assert Entry("a", "a.org").plain() == {"name": "a", "host": "a.org"}
    assert Entry("a", "a.org", favourite=True, ice=False).plain()["ice"] is False


@pytest.mark.parametrize(
    ("entry", "address", "url"),
    [
        (Entry("a", "a.org", 2323), "a.org:2323", "telnet://a.org:2323"),
        (Entry("a", "::1", 23), "[::1]:23", "telnet://[::1]:23"),
        (Entry("a", "a.org", 992, "telnets"), "telnets://a.org:992", "telnets://a.org:992"),
        (DEMO, "demo", "demo://demo"),
    ],
)
def test_an_entry_says_its_address(entry, address, url):
    assert (entry.address, entry.url) == (address, url)


def test_every_terminal_is_one_that_the_screen_makes():
    assert {machine.kind for machine in TERMINALS.values()} <= set(KINDS)
    assert set(KINDS) <= set(TERMINALS)


def test_protocols_that_cannot_be_dialled_yet_are_kept():
    later = [name for name in PROTOCOLS if not Entry("a", "a", 1, name).callable]

    assert later == ["rlogin", "ssh", "ws", "wss"]
    assert all(Entry("a", "a", 1, name).callable for name in (*CALLABLE, "demo"))


def test_size_and_encoding_are_the_terminals_where_the_entry_is_silent():
    assert Entry("a", "a", terminal="petscii").dimensions() == (40, 25)
    assert Entry("a", "a", terminal="atascii").dimensions() == (40, 24)
    assert Entry("a", "a", size="132x37").dimensions() == (132, 37)
    assert Entry("a", "a", size="fit").dimensions((100, 30)) == (100, 30)
    assert Entry("a", "a", terminal="utf8").charset == "utf-8"
    assert Entry("a", "a", encoding="koi8-r").charset == "koi8-r"


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.title)
def test_a_preset_makes_an_entry_that_can_be_saved(preset):
    assert problems(Entry("a", "a.org").changed(**preset.values)) == []


def test_ids_and_dates_are_fields_like_others():
    assert FIELD_NAMES[:5] == ("name", "host", "port", "protocol", "id")
