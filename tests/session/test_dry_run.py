from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm import limits
from bbsterm.errors import StorageError, UsageError
from bbsterm.macros import Failed, Finished, HungUp, compile_macro, read_macro
from bbsterm.session.dry_run import dry_run, load_recording
from bbsterm.session.recording import read_recording

LOGIN = """
[[step]]
expect = "login:"
send = "{user}<enter>"
[[step]]
expect = "password:"
send = "{secret}<enter>"
[[step]]
expect = "main menu"
"""


def program(text=LOGIN):
    return compile_macro(read_macro(text, Path("m.toml")))


def cast(*events, width=80, height=24):
    head = json.dumps({"version": 2, "width": width, "height": height})
    lines = [json.dumps([at, "o", text]) for at, text in events]
    return "\n".join([head, *lines]).encode()


def played(data, text=LOGIN, name="call.cast", **variables):
    return dry_run(program(text), read_recording(name, data, idle=2.0), variables=variables)


GOOD = cast(
    (0.5, "Welcome\r\nlogin: "), (4.0, "ann\r\n\x1b[10;5Hpass"), (4.1, "word: "), (9.0, "\r\nMain menu")
)


def test_prompts_are_found_with_their_times_and_answers():
    found = played(GOOD, user="ann")

    assert found.good
    assert isinstance(found.outcome, Finished)
    said = [text for _, text in found.lines]
    assert said == [
        "step 1 of 3 waits for 'login:'",
        "types ann<enter>",
        "step 2 of 3 waits for 'password:'",
        "types {secret}<enter>",
        "step 3 of 3 waits for 'main menu'",
        "the macro has come to its end",
    ]
    assert [round(at, 1) for at, _ in found.lines] == [0.0, 0.5, 0.5, 2.6, 2.6, 4.6]  # pauses are cut
    assert found.screen[10] == "Main menu"


def test_a_variable_that_nobody_knows_is_its_own_name():
    assert "types USER<enter>" in [text for _, text in played(GOOD).lines]


def test_a_prompt_that_never_comes_fails_at_its_step_without_waiting_for_it():
    found = played(cast((0.5, "login: ")))

    assert not found.good
    assert isinstance(found.outcome, Failed)
    assert found.outcome.step == 2
    assert found.waiting_for == "password:"


def test_a_person_who_thought_for_an_hour_is_not_waited_for():
    assert played(cast((0.5, "login: "), (3600.0, "password: "), (7200.0, "Main menu"))).good


def test_steps_that_may_be_skipped_are_at_the_end_of_the_recording():
    text = LOGIN + '\n[[step]]\nexpect = "news"\non_timeout = "skip"\n'

    assert played(GOOD, text).good


def test_a_capture_without_times_is_played_too():
    found = played(b"login: ann\r\npassword: ****\r\nMain menu\r\n", name="call.ans")

    assert found.good


def test_hanging_up_ends_it():
    found = played(GOOD, '[[step]]\nexpect = "login:"\n[[step]]\nhangup = true\n')

    assert isinstance(found.outcome, HungUp)
    assert found.good


def test_a_commodore_s_capture_is_read_in_its_characters():
    recording = read_recording("call.seq", b"\x0ehANDLE: ", idle=2.0)

    assert dry_run(program('[[step]]\nexpect = "handle:"\n'), recording).good


def test_files_that_cannot_be_played_are_said(tmp_path):
    with pytest.raises(StorageError):
        load_recording(tmp_path / "gone.cast")
    (tmp_path / "bad.cast").write_text("no json")
    with pytest.raises(UsageError):
        load_recording(tmp_path / "bad.cast")


def test_a_file_larger_than_any_capture_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_CAPTURE", 10)
    (tmp_path / "big.ans").write_bytes(b"x" * 11)

    with pytest.raises(StorageError):
        load_recording(tmp_path / "big.ans")


@given(st.binary(max_size=300), st.sampled_from(["a.ans", "a.seq", "a.ata"]))
def test_whatever_was_captured_it_comes_to_an_end(data, name):
    found = played(data, name=name)

    assert found.outcome is not None
    assert len(found.lines) <= limits.MAX_MACRO_STEPS * 4
