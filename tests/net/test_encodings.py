from __future__ import annotations

import codecs
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm import codecs as ours
from bbsterm.net.encodings import (
    OFFERS,
    charset_names,
    encoding_from_lang,
    known_encoding,
    prepare_encoding,
    same_encoding,
)


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("UTF-8", "UTF-8"),
        ("utf8", "utf8"),
        ("KOI8-U", "KOI8-U"),
        ("ISO 08859-01", "latin_1"),
        ("IBM437", "IBM437"),
        ("petscii", "petscii"),
        ("c64", "petscii"),
        ("zlib", None),
        ("rot13", None),
        ("base64", None),
        ("os.path", None),
        ("", None),
        ("../../etc/passwd", None),
    ],
)
def test_peers_choose_from_a_list(name, encoding):
    assert known_encoding(name) == encoding


@pytest.mark.parametrize("name", OFFERS)
def test_what_a_server_offers_it_can_use(name):
    encoding = known_encoding(name)
    assert encoding is not None
    assert "Hello".encode(encoding)


@given(st.text(max_size=20))
def test_whatever_a_peer_names_nothing_is_imported_and_it_can_be_used(name):
    known_encoding("")  # imports our own codecs, if that has not happened yet
    before = set(sys.modules)
    encoding = known_encoding(name)
    assert set(sys.modules) == before
    if encoding is not None:
        "x".encode(encoding, "replace")


@pytest.mark.parametrize(
    ("lang", "encoding"),
    [
        ("uk_UA.KOI8-U", "KOI8-U"),
        ("de_DE.ISO-8859-15@euro", "ISO-8859-15"),
        ("en_IL", None),
        ("C", None),
        ("C.", None),
        ("", None),
    ],
)
def test_lang_names_an_encoding_after_a_dot(lang, encoding):
    assert encoding_from_lang(lang) == encoding


def test_our_own_codecs_can_be_used_by_name_and_unknown_ones_are_our_mistake():
    assert "a".encode(prepare_encoding("petscii")) == b"A"
    with pytest.raises(LookupError):
        prepare_encoding("no-such-thing")


def test_names_are_compared_by_what_they_mean():
    assert same_encoding("CP437", "ibm437")
    assert not same_encoding("cp437", "cp850")
    assert same_encoding("x-unknown", "x-unknown")
    assert "ibm437" in charset_names("cp437")
    assert charset_names("petscii")[0] == "petscii"


def test_a_name_of_ours_means_ours_though_another_library_was_first():
    from telnetlib3 import encodings as theirs

    codecs.unregister(theirs._search_function)
    ours.install()
    codecs.unregister(ours._search)
    codecs.register(theirs._search_function)
    prepare_encoding.cache_clear()
    try:
        name = prepare_encoding("petscii")
        assert name == "bbsterm_petscii"
        assert "a".encode(name) == b"A"
        assert known_encoding("PETSCII") == "bbsterm_petscii"
        assert same_encoding("petscii", name)
        assert charset_names(name)[0] == "petscii"
    finally:
        codecs.unregister(theirs._search_function)
        prepare_encoding.cache_clear()
    assert prepare_encoding("petscii") == "petscii"
