from __future__ import annotations

from bbsterm.book.document import read_block
from bbsterm.book.edit import changed_fields, edit_block, sign
from bbsterm.book.entry import Entry

BLOCK = """\
# My favourite.
[[entry]]
id = "x"
name = "Xibalba"   # since 1994
port = 2323 # odd
host = "a.org"
colour = "blue"
tags = ["ftn"] # why
# the end

"""


def edited(**values):
    before = read_block(BLOCK)
    after = before.changed(**values)
    text = edit_block(BLOCK, before, after)
    assert read_block(text) == after
    return text


def test_a_changed_value_keeps_its_comment_and_its_place():
    assert edited(port=23) == BLOCK.replace("2323", "23")
    assert edited(name="Xi") == BLOCK.replace('"Xibalba"', '"Xi"')


def test_a_value_that_becomes_the_default_goes():
    assert "tags" not in edited(tags=())
    assert 'colour = "blue"' in edited(tags=())


def test_new_values_are_added():
    text = edited(favourite=True, notes='one\n"two" \\ three', added=1769860800)

    assert "favourite = true\n" in text
    assert 'notes = """\none\n\\"two\\" \\\\ three"""\n' in text
    assert "added = 2026-01-31T12:00:00Z\n" in text
    assert text.endswith("\n\n")


def test_an_address_in_one_piece_stays_one():
    text = '[[entry]]\nid = "x"\nname = "B"\naddress = "telnets://b.org"   # here\n'
    before = read_block(text)

    after = before.changed(port=1992, protocol="telnet")
    again = edit_block(text, before, after)

    assert 'address = "b.org:1992"   # here\n' in again
    assert read_block(again) == after


def test_keys_of_sub_tables_are_left_alone():
    text = '[[entry]]\nid = "x"\nhost = "a.org"\n\n[entry.plugin]\nhost = "else"\n\n'
    before = read_block(text)

    again = edit_block(text, before, before.changed(comment="new", host="b.org"))

    assert '[entry.plugin]\nhost = "else"\n' in again
    assert read_block(again).comment == "new"


def test_an_id_is_signed_in_or_replaced():
    assert sign('[[entry]]\nhost = "a"\n', "new") == '[[entry]]\nid = "new"\nhost = "a"\n'
    assert (
        sign('# c\n[[entry]]\nhost = "a"\nid = "old" # x\n', "new")
        == '# c\n[[entry]]\nhost = "a"\nid = "new"\n'
    )
    assert sign("[[entry]]", "new") == '[[entry]]\nid = "new"\n'


def test_the_id_is_never_a_change():
    assert changed_fields(Entry("a", "a.org", id="1"), Entry("a", "b.org", id="2")) == ("host",)
