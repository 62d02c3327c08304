from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm import limits
from bbsterm.book.entry import FIELD_NAMES, Entry
from bbsterm.book.fields import ENCODINGS, FIELDS, FieldError, check, nearest, problems
from bbsterm.codecs import lookup


def test_every_field_of_an_entry_has_a_row():
    assert {field.name for field in FIELDS} == set(FIELD_NAMES) - {"extra"}


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("port", 99999, "port must be 1..65535, found 99999"),
        ("port", 0, "port must be 1..65535, found 0"),
        ("port", True, "port must be 1..65535, found True"),
        ("port", "23", 'port must be 1..65535, found "23"'),
        ("name", "", "name must be one printable line of 1 to 100 characters, found"),
        ("name", "a\x1b[2J", 'found "a^[[2J"'),
        ("host", "-oX", 'host must be a host name or an IP address, found "-oX"'),
        ("protocol", "gopher", "protocol must be one of telnet, telnets, raw"),
        ("terminal", "", "terminal must be one of ansi, utf8"),
        ("encoding", "hex", "encoding must be a character set such as cp437, utf-8, latin-1"),
        ("size", "80", 'size must be fit or COLUMNSxROWS up to 500x200, such as 80x25, found "80"'),
        ("size", "501x25", "up to 500x200"),
        ("tags", ["two words"], "without spaces"),
        ("tags", "ftn", "tags must be up to 32 words"),
        ("favourite", 1, "favourite must be true or false, found 1"),
        ("login", "../x", "the name of a macro, without folders"),
        ("wrap", "never", "wrap must be one of immediate, pending"),
        ("baud", -1, "baud must be 0..1000000"),
        ("added", "yesterday", "added must be a date such as"),
        ("comment", "x" * 1025, "up to 1024 characters"),
        ("notes", "a\x1b", "notes must be printable lines"),
        ("ice", "yes", 'ice must be true or false, found "yes"'),
    ],
)
def test_a_refusal_names_field_value_and_what_is_allowed(name, value, message):
    with pytest.raises(FieldError) as refused:
        check(name, value)

    assert message in str(refused.value)
    assert refused.value.field == name


def test_a_password_where_a_reference_belongs_is_not_repeated():
    with pytest.raises(FieldError) as refused:
        check("secret", "hunter2")

    assert "hunter2" not in str(refused.value)
    assert 'a reference such as "keyring"' in str(refused.value)


@pytest.mark.parametrize(
    "reference", ["", "ask", "keyring", "keyring:ann@a.org:23", "file:work", "env:BBS_PW"]
)
def test_references_to_secrets(reference):
    assert check("secret", reference) == reference


@pytest.mark.parametrize(
    ("spelled", "name"),
    [
        ("utf8", "utf-8"),
        ("IBM437", "cp437"),
        ("ISO-8859-1", "latin-1"),
        ("cp437", "cp437"),
        ("KOI8_R", "koi8-r"),
    ],
)
def test_encodings_are_known_by_all_their_names(spelled, name):
    assert check("encoding", spelled) == name


@pytest.mark.parametrize("name", ENCODINGS)
def test_every_encoding_exists(name):
    assert lookup(name)


def test_dates_become_seconds():
    assert check("added", datetime(2026, 1, 31, 12, tzinfo=UTC)) == 1769860800
    assert check("added", datetime(2026, 1, 31, 12)) == 1769860800
    assert check("added", date(2026, 1, 31)) == 1769817600


def test_tags_are_taken_once_each_and_at_most_so_many():
    assert check("tags", ["ftn", "mud", "ftn"]) == ("ftn", "mud")
    with pytest.raises(FieldError):
        check("tags", [f"t{number}" for number in range(limits.MAX_TAGS + 1)])


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("name", limits.MAX_ENTRY_NAME),
        ("user", limits.MAX_ENTRY_TEXT),
        ("font", limits.MAX_ENTRY_TEXT),
        ("comment", limits.MAX_COMMENT),
        ("notes", limits.MAX_NOTES),
    ],
)
def test_texts_have_bounds(name, limit):
    assert check(name, "x" * limit) == "x" * limit
    with pytest.raises(FieldError):
        check(name, "x" * (limit + 1))


def test_a_tag_has_a_bound():
    assert check("tags", ["x" * limits.MAX_TAG]) == ("x" * limits.MAX_TAG,)
    with pytest.raises(FieldError):
        check("tags", ["x" * (limits.MAX_TAG + 1)])


def test_all_problems_of_an_entry_are_found_at_once():
    entry = Entry("", "a b", 0)

    assert [problem.field for problem in problems(entry)] == ["name", "host", "port"]
    assert problems(Entry("a", "a.org", ice=None, added=None)) == []


def test_a_typo_finds_the_right_key():
    assert nearest("encodng", FIELD_NAMES) == "encoding"
    assert nearest("favorite", FIELD_NAMES) == "favourite"
    assert nearest("line-ending", FIELD_NAMES) == "line_ending"
    assert nearest("zzz", FIELD_NAMES) is None


_NAMES = st.sampled_from([field.name for field in FIELDS])
_VALUES = (
    st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text()) | st.floats() | st.binary()
)


@given(_NAMES, _VALUES)
def test_whatever_is_put_into_a_field_is_taken_or_refused_in_words(name, value):
    refusal = ""
    try:
        taken = check(name, value)
    except FieldError as error:
        refusal = str(error)

    if refusal:
        assert refusal.startswith(f"{name} must be ")
        assert refusal.isprintable()
    else:
        assert check(name, taken) == taken
