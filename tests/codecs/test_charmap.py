from __future__ import annotations

import codecs
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bbsterm.codecs
from bbsterm.codecs import CHARMAPS, Charmap
from bbsterm.codecs.charmap import UNMAPPED

bbsterm.codecs.install()

EVERY = pytest.mark.parametrize("charmap", CHARMAPS, ids=lambda charmap: charmap.name)

TOY = Charmap(
    name="toy",
    aliases=(),
    table="".join(chr(0x100 + byte) for byte in range(254)) + "\u0100" + UNMAPPED,
    source="nowhere",
    also={"!": 7},
)


def test_a_table_has_256_characters():
    with pytest.raises(ValueError, match="256"):
        Charmap(name="short", aliases=(), table="abc", source="nowhere")


def test_the_lower_of_two_bytes_with_one_glyph_is_sent():
    assert TOY.decode(b"\x00\xfe") == "\u0100\u0100"
    assert TOY.encode("\u0100") == b"\x00"


def test_a_character_may_be_sent_that_no_byte_shows():
    assert TOY.encode("!") == b"\x07"


def test_an_unmapped_byte_is_an_error_like_in_pythons_own_code_pages():
    with pytest.raises(UnicodeDecodeError):
        TOY.decode(b"\xff")
    assert TOY.decode(b"\xff", "replace") == "\ufffd"
    with pytest.raises(UnicodeEncodeError):
        TOY.encode("no")


@EVERY
def test_every_mapped_byte_makes_the_round_trip(charmap):
    for byte in range(256):
        char = charmap.table[byte]
        if char == UNMAPPED:
            continue
        sent = charmap.encode(char)
        assert charmap.decode(sent) == char
        assert sent[0] == charmap.table.index(char)


@EVERY
def test_what_else_it_encodes_is_no_character_of_the_table(charmap):
    assert not set(charmap.also) & set(charmap.table)
    assert all(charmap.encode(char) == bytes([byte]) for char, byte in charmap.also.items())


@EVERY
def test_python_knows_it_by_every_name(charmap):
    for name in (charmap.name, *charmap.aliases, charmap.name.upper().replace("_", "-")):
        assert codecs.lookup(name).name == charmap.name
        assert bbsterm.codecs.find(name) is charmap


@EVERY
@given(data=st.data())
def test_the_incremental_codec_says_the_same_in_any_chunks(charmap, data):
    known = [byte for byte in range(256) if charmap.table[byte] != UNMAPPED]
    chunks = data.draw(st.lists(st.lists(st.sampled_from(known)).map(bytes), max_size=5))
    decoder = codecs.getincrementaldecoder(charmap.name)()
    text = "".join(decoder.decode(chunk) for chunk in chunks) + decoder.decode(b"", final=True)
    assert text == b"".join(chunks).decode(charmap.name)
    encoder = codecs.getincrementalencoder(charmap.name)()
    assert b"".join(map(encoder.encode, text)) == text.encode(charmap.name)


def test_streams_work():
    with io.TextIOWrapper(io.BytesIO(b"\x03\xdb\n"), encoding="cp437_art", newline="") as text:
        assert text.read() == "♥█◙"


def test_lookup_needs_no_install_and_knows_pythons_own():
    assert bbsterm.codecs.lookup("CP437-Art").name == "cp437_art"
    assert bbsterm.codecs.lookup("latin1").name == "iso8859-1"
    with pytest.raises(LookupError):
        bbsterm.codecs.lookup("klingon")


def test_names_are_all_different():
    every = [name for charmap in CHARMAPS for name in (charmap.name, *charmap.aliases)]
    assert len(every) == len(set(every))
    assert bbsterm.codecs.names()[: len(CHARMAPS)] == tuple(charmap.name for charmap in CHARMAPS)


def test_home_computers_want_their_bytes_raw():
    assert [name for name in bbsterm.codecs.names() if bbsterm.codecs.is_retro(name)] == [
        "petscii",
        "petscii_unshifted",
        "atascii",
    ]
    assert bbsterm.codecs.is_retro("CBM")
    assert not bbsterm.codecs.is_retro("utf-8")
