"""Macros at work: no clock, no wire, and no end of trouble."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm import limits
from bbsterm.macros.player import Failed, Finished, HungUp, Notified, Player, Progress, Typed
from bbsterm.macros.program import compile_macro
from bbsterm.macros.reading import check_macro, read_macro
from bbsterm.macros.templates import Key, Variable, Words
from bbsterm.macros.watch import View

LOGIN = """
[[step]]
expect = "name:"
send = "{user}<enter>"
[[step]]
expect = "password:"
send = "{secret}<enter>"
[[step]]
expect = { screen = "Main menu", row = 1 }
timeout = 60
"""


def play(text, **variables):
    player = Player(compile_macro(read_macro(text, Path("m.toml"))), variables, now=100)
    return player, player.begin(now=100)


def come(player, text, *lines, now=101.0):
    player.feed(text, now=now)
    return player.look(View(lines or tuple(text.split("\n"))), now=now)


def typed(actions):
    return [action.parts for action in actions if isinstance(action, Typed)]


def test_a_login_from_the_first_prompt_to_the_menu():
    player, actions = play(LOGIN, user="Ann")
    assert actions == [Progress(1, 3, "name:")]
    assert str(actions[0]) == "1/3 waiting for 'name:'"

    assert come(player, "Your NAME: ") == [
        Typed((Words("Ann"), Key("enter")), secret=False),
        Progress(2, 3, "password:"),
    ]
    assert come(player, "\nPassword: ") == [Typed((Variable("secret"), Key("enter")), secret=True)]
    assert player.deadline is None
    assert player.resume(now=102) == [Progress(3, 3, "Main menu")]
    assert come(player, "", "  Main menu") == [Finished({"user": "Ann"})]
    assert player.over


@pytest.mark.parametrize("cut", range(1, 22))
def test_a_prompt_may_be_cut_anywhere(cut):
    player, _ = play(LOGIN, user="Ann")
    text = "Hi\nWhat is your name: "

    actions = [*come(player, text[:cut]), *come(player, text[cut:], text)]

    assert typed(actions) == [(Words("Ann"), Key("enter"))]


def test_while_the_secret_is_fetched_nothing_happens():
    player, _ = play(LOGIN, user="Ann")
    come(player, "name:\npassword:")

    assert come(player, "", "Main menu", now=1000) == []
    assert player.tick(now=5000) == []


def test_it_gives_up_when_the_time_is_over():
    player, _ = play(LOGIN, user="Ann")

    assert player.deadline == 120
    assert player.tick(now=119.9) == []
    (failed,) = come(player, "Hello", now=120)

    assert isinstance(failed, Failed)
    assert str(failed) == "step 1 of 3: waited 20 s for 'name:'"
    assert (failed.source, failed.lines) == (("m.toml", 2), ("Hello",))
    assert player.deadline is None
    assert player.tick(now=500) == []


@pytest.mark.parametrize(("late", "typed_then"), [("skip", "after"), ("goto x", "label")])
def test_it_may_go_on_when_the_time_is_over(late, typed_then):
    player, _ = play(f"""
        [[step]]
        expect = "never"
        timeout = 1
        on_timeout = "{late}"
        [[step]]
        send = "after"
        [[step]]
        hangup = true
        [[step]]
        label = "x"
        send = "label"
    """)

    assert typed(player.tick(now=101))[0] == (Words(typed_then),)


def test_prompts_in_any_order():
    text = """
        [[step]]
        label = "again"
        choose = [
          { expect = "alias?", send = "a<enter>", goto = "again" },
          { expect = "city?", send = "c<enter>", goto = "again" },
          { expect = "welcome" },
        ]
        [[step]]
        notify = "in"
    """
    player, _ = play(text)

    actions = come(player, "city? ") + come(player, "\nalias? ") + come(player, "\nWelcome")

    assert typed(actions) == [(Words("c"), Key("enter")), (Words("a"), Key("enter"))]
    assert [action for action in actions if isinstance(action, Notified)] == [Notified("in")]


def test_repeat_ends_at_its_bound_or_when_told():
    text = '[[step]]\nrepeat = 3\nuntil = "menu"\nsteps = [{ send = "x" }, { pause = 1 }]'
    bounded, begun = play(text)
    stopped, also = play(text)

    bounded_actions = begun + bounded.tick(now=101) + bounded.tick(now=102) + bounded.tick(now=103)
    stopped.look(View(("menu",)), now=100.5)
    stopped_actions = also + stopped.tick(now=101)

    assert len(typed(bounded_actions)) == 3
    assert isinstance(bounded_actions[-1], Finished)
    assert len(typed(stopped_actions)) == 1
    assert isinstance(stopped_actions[-1], Finished)


def test_what_was_captured_can_be_typed_but_means_nothing():
    text = (
        '[[step]]\nexpect = "node"\n[[step]]\ncapture = { row = 1, into = "node" }\n[[step]]\nsend = "{node}"'
    )
    player, _ = play(text)

    actions = come(player, "node", " <enter>{secret}\x1b 7 ")

    assert typed(actions) == [(Words("<enter>{secret} 7"),)]
    assert actions[-1] == Finished({"node": "<enter>{secret}\x1b 7"})


def test_what_nobody_knows_is_not_typed():
    player, (failed,) = play('[[step]]\nsend = "{user}"')

    assert "there is no 'user'" in str(failed)
    assert player.over


def test_a_secret_is_not_taken_as_a_variable():
    _, actions = play('[[step]]\nsend = "{secret}"', secret="xyzzy")

    assert actions == [Typed((Variable("secret"),), secret=True)]


def test_if_looks_at_the_screen_now():
    text = '[[step]]\npause = 1\n[[step]]\nif = "new user"\nthen = [{ send = "n" }]\nelse = [{ send = "o" }]'
    player, _ = play(text)
    player.look(View(("Are you a NEW user?",)), now=100)

    assert typed(player.tick(now=101)) == [(Words("n"),)]


def test_hanging_up_is_the_end():
    player, actions = play("[[step]]\nhangup = true\n[[step]]\nsend = 'x'")

    assert actions == [HungUp()]
    assert player.over


def test_going_in_circles_has_an_end():
    _, actions = play('[[step]]\nlabel = "a"\nsend = "x"\n[[step]]\ngoto = "a"')

    assert isinstance(actions[-1], Failed)
    assert len(actions) <= limits.MAX_MACRO_EXECUTED


def test_stopped_means_stopped():
    player, _ = play(LOGIN, user="Ann")
    player.stop()

    assert come(player, "name:") == []


STEPS = st.sampled_from(
    [
        'expect = "a"',
        'expect = "a"\non_timeout = "goto x"',
        'expect = { regex = "b+" }\nsend = "{secret}"',
        'send = "y"',
        "pause = 1",
        'goto = "x"',
        'repeat = 100\nsteps = [{ send = "{secret}" }]',
        'choose = [{ expect = "c", goto = "x" }, { expect = "d" }]',
        'if = "c"\nthen = [{ goto = "x" }]',
    ]
)


@given(st.lists(STEPS, min_size=1, max_size=6), st.lists(st.text("abcd \n", max_size=4), max_size=12))
def test_no_macro_runs_for_ever_and_a_secret_is_typed_only_where_it_stands(steps, texts):
    text = "[[step]]\nlabel = 'x'\n" + "\n[[step]]\n".join(steps)
    macro, problems = check_macro(text, Path("m.toml"))
    assert macro, problems
    player = Player(compile_macro(macro), now=0)

    actions, now = player.begin(now=0), 0.0
    for piece in texts:
        now += 30
        actions += come(player, piece, now=now) + player.tick(now=now) + player.resume(now=now)
    for _ in range(2 * limits.MAX_MACRO_EXECUTED):
        now += 30
        actions += player.tick(now=now) + player.resume(now=now)
        if player.over:
            break

    assert player.over
    for action in actions:
        if isinstance(action, Typed):
            assert action.secret == (Variable("secret") in action.parts)
            assert not action.secret or "{secret}" in text
