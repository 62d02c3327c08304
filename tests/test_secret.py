"""A secret shows itself to nobody who does not ask for it by name."""

from __future__ import annotations

import copy
import json
import pickle

import pytest

from bbsterm.secret import HIDDEN, Secret


@pytest.mark.parametrize("shown", [str, repr, "{}".format, "{!r}".format, lambda secret: "%s" % secret])  # noqa: UP031
def test_it_is_hidden_however_it_is_shown(shown):
    assert shown(Secret("xyzzy")) == HIDDEN


def test_it_is_hidden_inside_other_things_too():
    assert "xyzzy" not in repr({"password": [Secret("xyzzy")]})


def test_it_gives_the_text_when_asked():
    assert Secret("xyzzy").reveal() == "xyzzy"


def test_it_is_found_and_hidden_in_text():
    assert Secret("xyzzy").redact("PASS xyzzy, again xyzzy") == f"PASS {HIDDEN}, again {HIDDEN}"


def test_an_empty_one_hides_nothing():
    assert Secret("").redact("abc") == "abc"
    assert not Secret("")


def test_equal_secrets_are_equal():
    assert Secret("a") == Secret("a")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert len({Secret("a"), Secret("a")}) == 1


@pytest.mark.parametrize("write", [pickle.dumps, copy.copy, copy.deepcopy, json.dumps])
def test_it_is_not_written_anywhere(write):
    with pytest.raises(TypeError):
        write(Secret("xyzzy"))
