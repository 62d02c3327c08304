from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.book import Entry
from bbsterm.tui.entry_form import (
    ADDRESS,
    FORM,
    changes_of,
    default_of,
    from_address,
    preset_texts,
    problem_of,
    text_of,
)

NAMES = [field.name for section in FORM.values() for field in section]
FULL = Entry(
    "Xibalba",
    "2001:db8::1",
    44510,
    "telnets",
    terminal="petscii",
    encoding="petscii",
    size="40x25",
    palette="vga",
    font="Topaz 2",
    ice=False,
    wrap="pending",
    baud=2400,
    music="off",
    user="ann",
    secret="keyring",
    login="xib",
    mode="raw",
    backspace="del",
    line_ending="lf",
    alt="send",
    keep_alive="nop",
    keep_alive_every=45,
    redial=5,
    family="6",
    tls_verify=False,
    tls_ca="ca.pem",
    tags=("a", "b"),
    favourite=True,
    comment="hello",
    notes="one\ntwo",
    downloads="~/x",
)


def texts(entry: Entry) -> dict[str, str]:
    return {name: text_of(entry, name) for name in NAMES}


@pytest.mark.parametrize("entry", [FULL, Entry("A", "a.example"), Entry("B", "b", 7, "raw", ice=True)])
def test_what_the_form_shows_means_the_entry(entry):
    assert entry.changed(**changes_of(texts(entry))) == entry


def test_every_field_of_an_entry_is_in_the_form():
    own = {field.name for field in fields(Entry)} - {"id", "added", "extra", "host", "port"}

    assert set(NAMES) == own | {ADDRESS}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (ADDRESS, "host:99999", "port must be 1..65535"),
        (ADDRESS, "", "the host is missing"),
        (ADDRESS, "a b c", "no spaces"),
        ("size", "80 by 25", "such as 80x25"),
        ("baud", "fast", "whole number"),
        ("redial", "100", "0..99"),
        ("secret", "hunter2", "never a password"),
        ("tags", "a:b", "without spaces"),
        ("comment", "x" * 5000, "characters"),
        ("name", "", ""),
        ("tags", "a, b", ""),
        (ADDRESS, "bbs.example 2323", ""),
        (ADDRESS, "::1 2323", ""),
    ],
)
def test_what_is_wrong_is_said_in_words(name, text, said):
    assert (said in problem_of(name, text)) if said else problem_of(name, text) == ""
    assert "hunter2" not in problem_of(name, text)


def test_a_board_without_a_name_is_called_as_its_host():
    assert changes_of({**texts(FULL), "name": " "})["name"] == "2001:db8::1"


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("telnets://ann:secret@bbs.example:9922/", (("bbs.example:9922"), "telnets", "ann")),
        ("telnet://bbs.example", ("bbs.example", "telnet", None)),
        ("raw://[::1]:7000", ("[::1]:7000", "raw", None)),
        ("gopher://bbs.example", None),
        ("bbs.example:23", None),
    ],
)
def test_a_pasted_url_fills_several_fields_and_loses_its_password(url, found):
    expected = {} if found is None else {ADDRESS: found[0], "protocol": found[1], "user": found[2]}

    assert from_address(url) == {name: value for name, value in expected.items() if value}


def test_empty_fields_say_what_they_mean():
    encoding = next(field for field in FORM["Screen"] if field.name == "encoding")
    size = next(field for field in FORM["Screen"] if field.name == "size")

    assert (default_of(encoding, "utf8"), default_of(size, "atascii")) == ("utf-8", "40x24")
    assert default_of(encoding, "no such terminal") == "cp437"


def test_presets():
    assert preset_texts(4) == {
        "protocol": "raw",
        "terminal": "ansi",
        "encoding": "",
        "size": "80x25",
        "mode": "raw",
    }


@given(st.sampled_from(NAMES), st.text(max_size=80))
def test_any_text_in_any_field_is_taken_or_refused_in_words(name, text):
    problem = problem_of(name, text)
    if not problem and name != ADDRESS:
        changed = changes_of({**texts(FULL), name: text})
        assert FULL.changed(**changed)
    assert problem.isprintable()
