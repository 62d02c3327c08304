from __future__ import annotations

from bbsterm.serve.design.loading import builtin
from bbsterm.serve.design.texts import Texts
from bbsterm.serve.markup import strip


def test_values_are_put_in_and_mean_themselves():
    texts = Texts({"a.b": "|15{name}|07 of {board}: {other}"}, board="The |04 Board")

    assert strip(texts.say("a.b", name="|04red")) == "|04red of The |04 Board: {other}"


def test_lines_and_none():
    texts = Texts({"a.b": "one\ntwo", "a.c": ""})

    assert texts.lines("a.b") == ["one", "two"]
    assert texts.lines("a.c") == []


def test_every_built_in_text_fits_80_columns():
    for name in builtin().texts.names():
        for line in builtin().texts.lines(name):
            assert len(strip(line)) < 110, name
