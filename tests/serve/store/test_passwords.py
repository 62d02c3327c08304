from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm import limits
from bbsterm.serve.store.passwords import hash_password, is_stale, verify


def test_what_is_kept_is_scrypt_with_its_parameters_and_a_salt_of_its_own():
    kind, log_n, r, p, salt, key = hash_password("secret").split("$")

    assert (kind, log_n, r, p) == ("scrypt", "14", "8", "1")
    assert len(base64.b64decode(salt)) == 16
    assert base64.b64decode(key) == hashlib.scrypt(
        b"secret", salt=base64.b64decode(salt), n=16384, r=8, p=1, maxmem=2**26, dklen=32
    )
    assert hash_password("secret") != hash_password("secret")


def test_only_the_same_password_fits():
    kept = hash_password("Pässwort")

    assert verify("Pässwort", kept)
    assert verify("Pa\u0308sswort", kept)  # the same letters, typed on another machine
    assert not verify("pässwort", kept)
    assert not verify("", kept)


def test_what_is_beyond_the_longest_password_does_not_count():
    kept = hash_password("x" * limits.MAX_PASSWORD)

    assert verify("x" * limits.MAX_PASSWORD + "y", kept)


@pytest.mark.parametrize(
    "kept",
    ["", "scrypt", "plain$secret", "scrypt$99$8$1$AAAA$AAAA", "scrypt$14$8$1$!$!", "scrypt$x$8$1$AAAA$AAAA"],
)
def test_a_kept_text_that_is_none_fits_nothing(kept):
    assert not verify("secret", kept)


@given(st.text(max_size=60))
def test_any_kept_text_is_survived(kept):
    assert not verify("secret", kept)


def test_other_parameters_are_stale():
    assert is_stale("scrypt$13$8$1$AAAA$AAAA")
    assert not is_stale(hash_password("secret"))
