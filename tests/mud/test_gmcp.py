from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.limits import MAX_MUD_DEPTH
from bbsterm.mud import gmcp_decode, gmcp_encode

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


def test_a_message_is_a_package_and_json():
    assert gmcp_encode("Char.Vitals", {"hp": 100}) == b'Char.Vitals {"hp":100}'


def test_a_package_without_data_stands_alone():
    assert gmcp_encode("Core.Hello") == b"Core.Hello"
    assert gmcp_decode(b"Core.Hello") == ("Core.Hello", None)
    assert gmcp_decode(b"Char.Vitals ") == ("Char.Vitals", None)


def test_text_is_utf_8_and_falls_back_to_latin_1():
    assert gmcp_encode("Comm", "é") == 'Comm "é"'.encode()
    assert gmcp_decode(b"Caf\xe9") == ("Caf\xe9", None)
    assert gmcp_decode(b"Caf\xe9", "latin-1") == ("Caf\xe9", None)


@pytest.mark.parametrize(
    "payload",
    [b"Package {bad json}", b"P [1,", b"P 'single'", b"P " + b"[" * 60_000, b"P" + b" [" * 17 + b"]" * 17],
)
def test_bad_json_is_a_value_error_that_names_the_package(payload):
    with pytest.raises(ValueError, match="GMCP 'P"):
        gmcp_decode(payload)


@pytest.mark.parametrize("package", ["", "two words", "tab\tbed"])
def test_a_package_that_could_not_be_parsed_is_not_sent(package):
    with pytest.raises(ValueError, match="one word"):
        gmcp_encode(package)


def test_sixteen_levels_are_enough_for_anybody():
    _, data = gmcp_decode(b"Deep " + b"[" * MAX_MUD_DEPTH + b"]" * MAX_MUD_DEPTH)

    assert data


@given(st.from_regex(r"[A-Za-z]+(\.[A-Za-z]+)*", fullmatch=True), JSON)
def test_what_is_encoded_comes_back(package, data):
    assert gmcp_decode(gmcp_encode(package, data)) == (package, data)


@given(st.binary())
def test_any_bytes_decode_or_are_a_value_error(payload):
    with suppress(ValueError):
        gmcp_decode(payload)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_json_has_no_number_for_goes_neither_way(number):
    with pytest.raises(ValueError, match="JSON"):
        gmcp_encode("Char.Vitals", {"hp": float(number)})
    with pytest.raises(ValueError, match="bad JSON"):
        gmcp_decode(b'Char.Vitals {"hp":%s}' % number.encode())
