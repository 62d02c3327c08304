from __future__ import annotations

import pytest

from bbsterm.book.importers import read_text


def found(text):
    reading = read_text(text)
    assert reading.format == "urls"
    return [(each.line, each.entry.name, each.entry.address) for each in reading.entries], reading


@pytest.mark.parametrize(
    ("line", "name", "address"),
    [
        ("telnet://bbs.example.org", "bbs.example.org", "bbs.example.org:23"),
        ("telnet://bbs.example.org:2323/", "bbs.example.org", "bbs.example.org:2323"),
        ("* The Cave - telnet://bbs.example.org:2323.", "The Cave", "bbs.example.org:2323"),
        ("telnets://bbs.example.org | The Cave", "The Cave", "telnets://bbs.example.org:992"),
        ("[The Cave](telnet://bbs.example.org)", "The Cave", "bbs.example.org:23"),
        ('<a href="telnet://[::1]:24">', "a href", "[::1]:24"),
        ("bbs.example.org:2323 The Cave", "The Cave", "bbs.example.org:2323"),
        ("bbs.example.org", "bbs.example.org", "bbs.example.org:23"),
        ("rlogin://bbs.example.org", "bbs.example.org", "rlogin://bbs.example.org:513"),
    ],
)
def test_an_address_is_found_with_the_name_beside_it(line, name, address):
    assert found(line)[0] == [(1, name, address)]


def test_several_in_one_text():
    told, reading = found("Boards:\n\ntelnet://a.org telnet://b.org\nhttp://c.org\ntelnet://d.org:99999\n")

    assert [address for _, _, address in told] == ["a.org:23", "b.org:23"]
    assert [line for line, _ in reading.bad] == [1, 4, 5]


def test_passwords_are_counted_and_gone():
    told, reading = found("telnet://ann:hunter2@a.org The Cave")

    assert reading.secrets == 1
    assert "hunter2" not in repr(reading)
    assert told == [(1, "The Cave", "a.org:23")]
    assert reading.entries[0].entry.user == "ann"


def test_a_time_of_day_is_no_address():
    _, reading = found("telnet://a.org\n12:30 lunch\n")

    assert reading.bad == [(2, "no address in this line")]
