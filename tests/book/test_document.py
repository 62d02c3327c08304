from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.book.document import EMPTY, block_of, derived_id, parse, read_block
from bbsterm.book.entry import Entry
from bbsterm.errors import ConfigError

PATH = Path("/home/ann/.config/bbsterm/dialing.toml")

BY_HAND = """\
schema = 1

# My favourite, since 1994.
[[entry]]
id = "00000001"
name = "Xibalba"   # the sysop is Myrmidon
host = "xibalba.example"
port = 44510
colour = "blue"

[[entry]]
address = "telnets://b.example.org"
name = "B"

# end of book
"""


def test_entries_are_read_with_their_unknown_keys():
    first, second = parse(BY_HAND, PATH).entries()

    assert first == Entry("Xibalba", "xibalba.example", 44510, id="00000001", extra=(("colour", "blue"),))
    assert (second.host, second.port, second.protocol) == ("b.example.org", 992, "telnets")


def test_an_entry_without_an_id_gets_the_same_one_each_time_and_keeps_it():
    document = parse(BY_HAND, PATH)
    given_id = list(document.entries())[1].id

    again = parse(document.text(), PATH)

    assert list(again.entries())[1].id == given_id
    assert f'[[entry]]\nid = "{given_id}"\naddress = ' in document.text()


def test_everything_else_is_written_as_it_was_read():
    text = parse(BY_HAND, PATH).text()

    without_id = "\n".join(
        line for line in text.split("\n") if line != f'id = "{list(parse(text, PATH).entries())[1].id}"'
    )
    assert without_id == BY_HAND


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("port = 99999", "dialing.toml:7: port must be 1..65535, found 99999"),
        ('encoding = "cp473"', "dialing.toml:7: encoding must be a character set"),
        ('name = "a\\u001b[2J"', 'found "a^[[2J"'),
        ("tags = 3", "dialing.toml:7: tags must be"),
        ('address = "telnet://"', "dialing.toml:7: address must be HOST:PORT or PROTOCOL://HOST:PORT"),
        ('secret = "hunter2"', "found something else"),
    ],
)
def test_a_wrong_value_costs_one_entry_and_is_reported_with_its_line(line, message):
    text = f'schema = 1\n\n[[entry]]\nhost = "good.example.org"\n\n[[entry]]\n{line}\n'

    document = parse(text, PATH)

    assert [entry.host for entry in document.entries()] == ["good.example.org"]
    assert message in str(document.notices[0])
    assert document.notices[0].error
    assert f"[[entry]]\n{line}\n" in document.text()  # kept, to be corrected


def test_a_missing_host_is_reported_at_the_entrys_header():
    document = parse('# x\n[[entry]]\nname = "a"\n', PATH)

    assert [str(notice) for notice in document.notices] == ["dialing.toml:2: host is missing"]


def test_a_typo_in_a_key_is_said_and_harmless():
    document = parse('[[entry]]\nhost = "a.org"\nencodng = "cp437"\n', PATH)

    assert [str(notice) for notice in document.notices] == [
        "dialing.toml:3: unknown key \"encodng\"; did you mean 'encoding'?"
    ]
    assert len(list(document.entries())) == 1


def test_a_password_is_neither_used_nor_kept_in_memory():
    document = parse('[[entry]]\nhost = "a.org"\npassword = "hunter2"\n', PATH)

    assert "password does not belong in this file" in str(document.notices[0])
    assert "hunter2" not in repr(list(document.entries()))
    assert "hunter2" not in str(document.notices)


def test_an_id_that_was_copied_along_is_told_apart():
    text = '[[entry]]\nid = "x"\nhost = "a.org"\n\n[[entry]]\nid = "x"\nhost = "b.org"\n'

    document = parse(text, PATH)
    first, second = document.entries()

    assert first.id == "x" != second.id
    assert "dialing.toml:6" in str(document.notices[0])
    assert len({entry.id for entry in parse(document.text(), PATH).entries()}) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x", "dialing.toml:1: expected '=' after a key"),
        ('[[entry]]\nname = "a"\nname = "b"\n', "dialing.toml:3: this key is given twice"),
        ("a = 1\n[[entry]\n", "dialing.toml:2: expected ']]'"),
        ("x = " + "[" * 3000, "dialing.toml: brackets are nested too deeply"),
        ("x = " + "9" * 5000, "dialing.toml: a number or a date in it is out of all bounds"),
        ("schema = 0", "dialing.toml:1: schema must be 1, found 0"),
        ('\nschema = "one"', 'dialing.toml:2: schema must be 1, found "one"'),
        ("entry = 3", "dialing.toml:1: entries are written as [[entry]] tables"),
    ],
)
def test_a_file_that_is_no_book_is_refused_with_its_line(text, message):
    with pytest.raises(ConfigError) as refused:
        parse(text, PATH)

    assert message in str(refused.value)


def test_a_newer_book_can_only_be_read():
    document = parse('schema = 2\n[[entry]]\nhost = "a.org"\nhyper = true\n', PATH)

    assert document.read_only == "it was written by a newer bbsterm (schema 2)"
    assert len(list(document.entries())) == 1


def test_entries_in_one_array_can_only_be_read():
    document = parse('entry = [{name = "a", host = "a.org"}]\n', PATH)

    assert document.read_only == "its entries are not written as [[entry]] tables"


def test_the_end_line_is_known_and_wanders_to_the_end():
    appended = BY_HAND + '\n[[entry]]\nhost = "c.org"\n'

    document = parse(appended, PATH)

    assert parse(BY_HAND, PATH).complete
    assert not document.complete
    assert document.text().count("# end of book") == 1
    assert document.text().endswith('host = "c.org"\n\n# end of book\n')


def test_a_new_book_begins_with_its_schema():
    assert EMPTY.text().startswith("schema = 1\n")
    assert parse("# mine\n", PATH).text().startswith("schema = 1\n# mine\n")


def test_a_block_is_read_back():
    entry = Entry("a", "a.org", id=derived_id(Entry("a", "a.org")), notes='x\n"""\ny', tags=("t",))

    assert read_block(block_of(entry).text) == entry
    with pytest.raises(ConfigError, match="no \\[\\[entry\\]\\]"):
        read_block("x = 1")


@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(["[[entry]]", 'host = "a"', "port = 9", "[x]", "#", "= 1", '"""', "tags = ["])
    ).map("\n".join)
)
def test_any_text_is_a_book_or_refused(text):
    try:
        document = parse(text, PATH)
    except ConfigError:
        return

    assert list(parse(document.text(), PATH).entries()) == list(document.entries())
