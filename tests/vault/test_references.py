from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.book.fields import FieldError, check
from bbsterm.errors import SecretError
from bbsterm.vault import KINDS, Owner, Reference, default_reference, parse_reference


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("ask", Reference("ask")),
        ("keyring", Reference("keyring")),
        ("keyring:work", Reference("keyring", "work")),
        ("command", Reference("command")),
        ("command:bbs/xib", Reference("command", "bbs/xib")),
        ("file:xib", Reference("file", "xib")),
        ("plain:xib", Reference("plain", "xib")),
        ("env:BBS_PW", Reference("env", "BBS_PW")),
    ],
)
def test_a_reference_is_read_and_is_what_an_entry_may_have(text, reference):
    assert parse_reference(text) == reference
    assert str(reference) == text
    assert check("secret", text) == text


@pytest.mark.parametrize(
    "text", ["", "hunter2", "file", "plain:", "env", "ask:me", "keyring:", "Ask", "file:a b"]
)
def test_what_is_no_reference_is_refused_and_not_repeated(text):
    with pytest.raises(SecretError) as caught:
        parse_reference(text)

    assert "hunter2" not in str(caught.value) + caught.value.hint


@given(st.text(max_size=40))
def test_the_book_takes_no_reference_that_cannot_be_read(text):
    try:
        known = check("secret", text)
    except FieldError:
        return
    if known:
        assert parse_reference(known).kind in KINDS


def test_an_account_is_bound_to_its_host_and_port():
    owner = Owner("abcd1234", "Xib", "BBS.Example.org", 2323, "ann")

    assert owner.account == "abcd1234@bbs.example.org:2323"
    assert owner._replace(port=23).account != owner.account
    assert Owner("", "Six", "::1", 23, "ann").account == "ann@[::1]:23"


def test_a_new_reference_is_one_that_an_entry_may_have():
    for owner in (Owner("abcd1234", "Xib", "h", 23), Owner("", "Six", "::1", 23)):
        for kind in ("keyring", "command", "ask", "file", "plain"):
            text = str(default_reference(kind, owner))
            assert parse_reference(text).kind == kind
            assert check("secret", text) == text
