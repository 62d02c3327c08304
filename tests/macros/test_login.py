"""The prompts of common boards, and what only looks like them."""

from __future__ import annotations

import pytest

from bbsterm.macros.login import LOGIN_SECONDS, QUIET_SECONDS, is_secret_prompt, login_macro
from bbsterm.macros.player import Finished, Player, Typed
from bbsterm.macros.program import compile_macro
from bbsterm.macros.templates import SECRET, Key, Variable, Words
from bbsterm.macros.watch import View

USER, PASSWORD = (Words("Ann"), Key("enter")), (Variable(SECRET), Key("enter"))


def play(*texts, user=True, secret=True):
    player = Player(compile_macro(login_macro(user=user, secret=secret)), {"user": "Ann"}, now=0)
    actions = player.begin(now=0)
    for now, text in enumerate(texts, start=1):
        player.feed(text, now=now)
        actions += player.look(View(tuple(text.split("\n"))), now=now)
        actions += player.tick(now=now + QUIET_SECONDS) + player.resume(now=now + QUIET_SECONDS)
    return [action.parts for action in actions if isinstance(action, Typed)], player


@pytest.mark.parametrize(
    ("asks_user", "asks_password"),
    [
        ("Enter User Name or Number or 'New' or 'Guest'\nLogin: ", "Password: "),
        ("NN: ", "PW: "),
        ("Username: ", "Password: "),
        ("Enter your handle or NEW: ", "Enter your password: "),
        ("What is your first and last name? ", "Password? "),
        ('If you already have a User-ID, type it in. Otherwise type "new": ', "Enter your password: "),
        ("ENTER YOUR HANDLE:", "PASSWORD:"),
        ("user id> ", "pass> "),
        ("host login: ", "Password for ann: "),
        ("Please enter your name or alias: ", "Passwort: "),
        ("Your name (Enter for Guest): ", "password: "),
    ],
)
def test_the_prompts_of_common_boards(asks_user, asks_password):
    typed, player = play(f"Welcome!\n{asks_user}", f"\n{asks_password}", "\nMain menu")

    assert typed == [USER, PASSWORD]
    assert player.over


@pytest.mark.parametrize(
    "text",
    [
        "Last login: Mon Nov 16 09:12:01 from localhost\n",
        "Forgot your password? Press F now\n",
        "Your password must have 8 characters.\n",
        "Username rules: be nice\n",
        "passing by: ",
    ],
)
def test_what_only_looks_like_a_prompt(text):
    assert play(text)[0] == []


def test_half_a_sentence_is_no_prompt():
    player = Player(compile_macro(login_macro()), {"user": "Ann"}, now=0)
    player.begin(now=0)

    player.feed("Forgot your password?", now=1)
    assert player.look(View(("Forgot your password?",)), now=1) == []
    assert player.deadline == 1 + QUIET_SECONDS
    player.feed(" Press F.\nLogin: ", now=1.1)
    assert player.tick(now=1 + QUIET_SECONDS) == []

    assert [each.parts for each in player.tick(now=2) if isinstance(each, Typed)] == [USER]


def test_a_password_is_answered_once():
    typed, _ = play("Login: ", "\nPassword: ", "\nWrong. Password: ")

    assert typed == [USER, PASSWORD]


def test_a_board_may_ask_for_the_password_alone():
    assert play("Password: ")[0] == [PASSWORD]


def test_without_a_secret_only_the_name_is_typed():
    typed, player = play("Login: ", "\nPassword: ", secret=False)

    assert typed == [USER]
    assert player.over


def test_without_a_name_only_the_secret_is_typed():
    assert play("Login: ", "\nPassword: ", user=False)[0] == [PASSWORD]


def test_without_both_there_is_nothing_to_do():
    with pytest.raises(ValueError, match="nothing to log in with"):
        login_macro(user=False, secret=False)


def test_a_board_that_does_not_ask_is_no_failure():
    _, player = play("Hello")

    assert player.tick(now=LOGIN_SECONDS - 1) == []
    assert isinstance(player.tick(now=LOGIN_SECONDS)[-1], Finished)


@pytest.mark.parametrize(("text", "asks"), [("Your Password: ", True), ("password\nName: ", False)])
def test_a_question_for_a_password_is_known(text, asks):
    assert is_secret_prompt(text) == asks
