from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.mud import mssp_decode, mssp_encode

TEXT = st.text(st.characters(min_codepoint=3, exclude_categories=["Cs"]))


def test_a_variable_is_var_name_val_value():
    assert mssp_encode({"NAME": "Test", "PLAYERS": 3}) == b"\x01NAME\x02Test\x01PLAYERS\x023"


def test_several_ports_are_a_list():
    encoded = mssp_encode({"PORT": [6023, 6024]})

    assert encoded == b"\x01PORT\x026023\x026024"
    assert mssp_decode(encoded) == {"PORT": ["6023", "6024"]}


def test_a_name_that_is_repeated_gives_a_list_too():
    assert mssp_decode(b"\x01PORT\x0223\x01PORT\x0224") == {"PORT": ["23", "24"]}


def test_no_value_is_the_empty_string():
    assert mssp_decode(b"\x01NAME\x01OTHER\x02") == {"NAME": "", "OTHER": ""}


def test_text_is_utf_8_and_falls_back_to_latin_1():
    assert mssp_decode(b"\x01NAME\x02\xc9toile") == {"NAME": "\xc9toile"}


def test_marks_inside_text_are_refused():
    with pytest.raises(ValueError, match="0 to 2"):
        mssp_encode({"NAME": "a\x02b"})


@given(st.dictionaries(TEXT, TEXT | st.lists(TEXT, min_size=2)))
def test_what_is_encoded_comes_back(variables):
    assert mssp_decode(mssp_encode(variables)) == variables


@given(st.binary())
def test_no_bytes_raise(payload):
    mssp_decode(payload)


@given(st.lists(st.integers(-1, 65535), min_size=2, max_size=10))
def test_port_lists_come_back_as_text_in_their_order(ports):
    assert mssp_decode(mssp_encode({"PORT": ports})) == {"PORT": [str(port) for port in ports]}


def test_a_name_that_is_repeated_without_end_takes_no_time_without_end():
    payload = b"\x01a\x02b" * 100_000

    assert mssp_decode(payload) == {"a": ["b"] * 100_000}


def test_a_name_without_a_value_adds_none():
    assert mssp_decode(b"\x01PORT\x01PORT\x0223\x01NAME") == {"PORT": "23", "NAME": ""}


def test_values_are_spelled_as_text_whatever_they_are():
    assert mssp_encode({"a": None, "b": b"\xc3\xa9", "c": True}) == b"\x01a\x02\x01b\x02\xc3\xa9\x01c\x021"
    with pytest.raises(TypeError, match="not list"):
        mssp_encode([1])
