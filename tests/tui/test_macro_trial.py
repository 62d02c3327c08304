from __future__ import annotations

import pytest

from bbsterm.errors import BbstermError
from bbsterm.session.macro_files import MacroFiles
from bbsterm.tui import macro_trial
from bbsterm.tui.macro_trial import compile_text, try_on_demo, try_on_recording

LOGIN = '[[step]]\nexpect = "your name"\nsend = "{user}<enter>"\n[[step]]\nexpect = "main menu"\n'


@pytest.fixture
def program(tmp_path):
    return lambda text=LOGIN: compile_text(text, tmp_path / "m.toml", MacroFiles(tmp_path))


def test_a_text_with_mistakes_is_refused_with_the_first_of_them(program):
    with pytest.raises(BbstermError, match="line 2: 'expct' means nothing here"):
        program('[[step]]\nexpct = "x"\n')


def test_a_capture_says_that_it_has_no_times(program, tmp_path):
    (tmp_path / "call.ans").write_bytes(b"Your name: ann\r\nMain menu\r\n")

    trial = try_on_recording(program(), tmp_path / "call.ans")

    assert trial.good
    assert trial.title == "call.ans (a capture: it has no times)"


async def test_the_demo_board_is_called_as_a_guest_and_told_of_meanwhile(program):
    said = []

    trial = await try_on_demo(program(), said.append)

    assert trial.good
    assert said[-1] == "the macro has come to its end"
    assert any("Guest" in row for row in trial.screen)


async def test_a_macro_that_never_ends_is_ended(program, monkeypatch):
    monkeypatch.setattr(macro_trial, "PATIENCE", 0.2)

    trial = await try_on_demo(program('[[step]]\nexpect = "what never comes"\ntimeout = 600\n'))

    assert not trial.good
    assert trial.lines[-1][1] == "not finished after 0.2 s"


async def test_a_macro_that_hangs_up_has_ended_well(program):
    trial = await try_on_demo(program('[[step]]\nexpect = "your name"\n[[step]]\nhangup = true\n'))

    assert trial.good
