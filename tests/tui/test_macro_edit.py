from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.macros import check_macro
from bbsterm.tui import macro_edit
from bbsterm.tui.macro_edit import StepFields, fields_of, line_of, steps_of

MACRO = """\
# My board.
title = "Log in"

[[step]]
expect = "login:"   # asks twice
send = "{user}<enter>"
label = "name"

[[step]]
expect = "password:"
send = "{secret}<enter>"
timeout = 5
on_timeout = "goto name"

[[step]]
choose = [
  { expect = "menu" },
  { expect = "news" },
]
"""


def test_steps_are_lines_of_a_list():
    assert [line_of(step) for step in steps_of(MACRO)] == [
        "expect 'login:'  send {user}<enter>",
        "expect 'password:'  send {secret}<enter>  5 s  else goto name",
        "choose 'menu' or 'news'",
    ]


def test_a_text_with_mistakes_has_no_steps():
    assert steps_of('[[step]]\nexpct = "x"\n') == ()
    assert steps_of("not toml [") == ()


def test_a_step_is_a_form_and_one_with_branches_is_not():
    name, password, choose = steps_of(MACRO)

    assert fields_of(name) == StepFields("expect", "login:", "text", "{user}<enter>")
    assert fields_of(password) == StepFields(
        "expect", "password:", "text", "{secret}<enter>", "5", "goto name"
    )
    assert fields_of(choose) is None


def test_a_change_leaves_comments_labels_and_the_other_steps_alone():
    after = macro_edit.change_step(MACRO, 0, StepFields("expect", "name:", "text", "ann<enter>"))

    assert "# My board." in after
    assert 'label = "name"' in after
    assert "choose = [" in after
    assert line_of(steps_of(after)[0]) == "expect 'name:'  send ann<enter>"
    assert steps_of(after)[1].timeout == 5


def test_a_silence_that_a_step_waits_for_stays_with_it():
    text = '[[step]]\nexpect = "more"\nquiet = 0.5\n'

    assert "quiet = 0.5" in macro_edit.change_step(text, 0, StepFields("expect", "less"))
    assert "quiet" not in macro_edit.change_step(text, 0, StepFields("send", "less"))


def test_a_step_may_become_another_kind():
    after = macro_edit.change_step(MACRO, 1, StepFields("pause", "2.5"))

    assert line_of(steps_of(after)[1]) == "pause 2.5"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        (StepFields("expect", ""), "the text to wait for is empty"),
        (StepFields("expect", "x", timeout="soon"), "'soon' is no number of seconds"),
        (StepFields("send", "<entr>"), "enter"),
        (StepFields("expect", "(", how="regex"), "not a regular expression"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_reason(fields, reason):
    with pytest.raises(ValueError, match=reason):
        macro_edit.change_step(MACRO, 0, fields)


def test_steps_are_added_removed_and_moved():
    text = macro_edit.add_step(MACRO, 1, StepFields("notify", "half way"))
    assert [line_of(step) for step in steps_of(text)][1] == "notify half way"

    text = macro_edit.move_step(text, 1, 1)
    assert [line_of(step) for step in steps_of(text)][2] == "notify half way"

    text = macro_edit.remove_step(text, 2)
    assert [line_of(s) for s in steps_of(text)] == [line_of(s) for s in steps_of(MACRO)]


def test_the_first_step_of_an_empty_file():
    text = macro_edit.add_step("", 0, StepFields("expect", "login:", send="{user}<enter>"))

    assert [line_of(step) for step in steps_of(text)] == ["expect 'login:'  send {user}<enter>"]


def test_the_last_step_stays_and_nothing_is_moved_beyond_the_ends():
    one = '[[step]]\nsend = "x"\n'

    with pytest.raises(ValueError, match="at least one step"):
        macro_edit.remove_step(one, 0)
    with pytest.raises(ValueError, match="no step beyond"):
        macro_edit.move_step(one, 0, 1)


def test_a_list_of_inline_tables_is_changed_too():
    text = 'step = [ { expect = "a" }, { send = "b" } ]\n'

    after = macro_edit.change_step(text, 1, StepFields("send", "c"))

    assert [line_of(step) for step in steps_of(after)] == ["expect 'a'", "send c"]


@pytest.mark.parametrize("typed", ["soon", "inf", "nan"])
def test_a_pause_is_a_number_of_seconds(typed):
    with pytest.raises(ValueError, match="is no number of seconds"):
        macro_edit.change_step(MACRO, 0, StepFields("pause", typed))


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)


@given(kind=st.sampled_from(macro_edit.KINDS), what=WORDS, send=WORDS, late=WORDS, at=st.integers(0, 3))
def test_whatever_is_typed_the_text_stays_a_macro_or_is_refused(kind, what, send, late, at):
    fields = StepFields(kind, what, "text", send, "", late)
    for change in (macro_edit.change_step, macro_edit.add_step):
        try:
            after = change(MACRO, at, fields)
        except ValueError:
            continue
        macro, problems = check_macro(after, Path("m.toml"))
        assert macro is not None, problems
