"""Keys with macros, and words that set something off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm import limits
from bbsterm.macros.templates import Key, Words
from bbsterm.macros.triggers import Watcher, read_reactions

TRIGGER = '[[trigger]]\ntext = "mail"\nbell = true\n'


def watcher(text=TRIGGER):
    return Watcher(read_reactions(text).triggers)


def lines(fired):
    return [one.line for one in fired]


def test_a_key_types_or_runs():
    reactions = read_reactions('[[key]]\nkey = "f5"\nsend = "who<enter>"\n[[key]]\nkey = "f6"\nrun = "login"')

    first, second = reactions.keys
    assert (first.key, first.send, first.run) == ("f5", (Words("who"), Key("enter")), "")
    assert (second.send, second.run) == ((), "login")


def test_a_trigger_looks_at_new_lines():
    assert lines(watcher().feed("hello\nYou have new MAIL!\nbye", now=0)) == ["You have new MAIL!"]


def test_words_may_come_in_pieces_and_are_found_once_a_line():
    watch = watcher()

    assert watch.feed("new ma", now=0) == []
    assert lines(watch.feed("il", now=0)) == ["new mail"]
    assert watch.feed(" and mail", now=0) == []
    assert lines(watch.feed("\nmail", now=0)) == ["mail"]


def test_it_fires_so_often_a_minute_and_no_more():
    watch = watcher()

    early = [fired for _ in range(100) for fired in watch.feed("mail\n", now=0)]
    late = watch.feed("mail\n", now=61)

    assert len(early) == limits.MAX_TRIGGERED_PER_MINUTE
    assert len(late) == 1


def test_one_may_belong_to_an_entry():
    reactions = read_reactions(TRIGGER + 'entry = "Xibalba"\n' + TRIGGER)

    assert len(reactions.of("Xibalba").triggers) == 2
    assert len(reactions.of("Demo").triggers) == 1


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("x", 1, "not TOML"),
        ("[[keys]]\nkey = 'f1'", 1, "did you mean 'key'"),
        ("\n[[key]]\nsend = 'x'", 2, "key is missing"),
        ("[[key]]\nkey = 'f1'", 1, "either send or run"),
        ("[[key]]\nkey = 'f1'\nsend = 'x'\nrun = 'y'", 1, "either send or run"),
        ("[[key]]\nkey = 'f1'\nsend = '{secret}'", 1, "does not send a secret"),
        ("[[key]]\nkey = 'f1'\nsend = '<entr>'", 1, "did you mean <enter>"),
        ("[[trigger]]\nbell = true", 1, "either text or regex"),
        ("[[trigger]]\ntext = 'x'", 1, "does nothing"),
        ("[[trigger]]\ntext = 'x'\nhighlight = 'mauve'", 1, "one of red"),
        ("[[trigger]]\nregex = '('\nbell = true", 1, "not a regular expression"),
        ("[[trigger]]\ntext = 'x'\nbel = true", 1, "did you mean 'bell'"),
        ("[[trigger]]\ntext = 'x'\nnotify = '{secret}'", 1, "never shown"),
        ("[[trigger]]\ntext = 7\nbell = true", 1, "text is a text"),
        ("key = 3", 1, "[[key]] tables"),
    ],
)
def test_what_is_wrong_is_said(text, line, said):
    reactions = read_reactions(text)

    assert reactions.problems[0][0] == line
    assert said in reactions.problems[0][1]


def test_what_is_right_beside_it_works():
    reactions = read_reactions(f"[[trigger]]\ntext = 7\n{TRIGGER}[[key]]\nkey = 7\n")

    assert len(reactions.triggers) == 1
    assert [line for line, _ in reactions.problems] == [1, 6]


def test_there_is_an_end_to_how_many_there_are():
    reactions = read_reactions(TRIGGER * (limits.MAX_TRIGGERS + 5))

    assert len(reactions.triggers) == limits.MAX_TRIGGERS
    assert "there may be 100" in reactions.problems[0][1]


@given(st.lists(st.text("mail x\n", max_size=8), max_size=20))
def test_where_the_text_is_cut_never_matters(pieces):
    whole, cut = watcher(), watcher()

    assert len(whole.feed("".join(pieces), now=0)) == sum(len(cut.feed(piece, now=0)) for piece in pieces)
