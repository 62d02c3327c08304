from __future__ import annotations

import json

import pytest

from bbsterm.cli import main
from bbsterm.tui.doctor import BAD, GOOD, NOTE, as_data, examine, line_of
from bbsterm.tui.host_answers import Answers, read_answers

ENVIRON = {"TERM": "xterm-256color", "LANG": "en_GB.UTF-8", "COLORTERM": "truecolor", "PATH": ""}


def found(paths, topic: str, answers: Answers | None = None, **environ: str):
    findings = examine({**ENVIRON, **environ}, ask=lambda: answers or Answers(), paths=paths)
    return next(finding for finding in findings if finding.topic == topic)


def test_a_good_terminal_is_well(paths):
    findings = examine(ENVIRON, ask=Answers, paths=paths)

    assert not [finding for finding in findings if finding.state == BAD]
    assert as_data(findings)["well"] is True


def test_a_settings_file_with_a_mistake_is_not(paths):
    paths.settings.write_text("[dial]\ntimeout = 'x'\n")

    finding = found(paths, "settings")

    assert finding.state == BAD
    assert "config.toml:2: timeout must be a number" in finding.text


@pytest.mark.parametrize(
    ("environ", "topic", "state", "text"),
    [
        ({"TERM": "dumb"}, "terminal", BAD, "dumb"),
        ({"NO_COLOR": "1"}, "colours", NOTE, "none: NO_COLOR is set"),
        ({"COLORTERM": ""}, "colours", NOTE, "256"),
        ({"LANG": "C"}, "locale", NOTE, "C "),
        ({"TMUX": "x"}, "inside", NOTE, "tmux"),
    ],
)
def test_what_the_environment_says(paths, environ, topic, state, text):
    finding = found(paths, topic, **environ)

    assert finding.state == state
    assert finding.text.startswith(text)


def test_what_the_terminal_answers():
    data = b"\x1b[?0u\x1bP>|kitty(0.35)\x1b\\\x1b[1;3R\x1b[1;2R\x1b[1;2R\x1b[?62;c"

    assert read_answers(data) == Answers(
        True, kitty=True, version="kitty(0.35)", widths=(("wide", 2), ("legacy", 1), ("block", 1))
    )
    assert read_answers(b"") == Answers()
    assert read_answers(b"\x1b[?62;c") == Answers(True)


def test_characters_of_another_width_are_worth_a_note(paths):
    answers = Answers(True, widths=(("wide", 2), ("legacy", 2), ("block", 1)))

    finding = found(paths, "width of characters", answers)

    assert (finding.state, finding.text) == (NOTE, "legacy 2")
    assert "--glyphs" in line_of(finding)


def test_a_good_answer_is_good(paths):
    answers = Answers(True, kitty=True, widths=(("wide", 2), ("legacy", 1), ("block", 1)))

    assert found(paths, "width of characters", answers).state == GOOD
    assert found(paths, "kitty keyboard", answers).text == "yes"


def test_the_command_says_it_all_as_json(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("BBSTERM_HOME", str(tmp_path))
    monkeypatch.setenv("TERM", "xterm")

    assert main(["doctor", "--json"]) == 0
    topics = [finding["topic"] for finding in json.loads(capsys.readouterr().out)["findings"]]
    assert {"bbsterm", "terminal", "locale", "clipboard", "settings", "TLS", "keyring"} <= set(topics)

    (tmp_path / "config.toml").write_text("dial = 3\n")
    assert main(["doctor"]) == 1
    assert "config.toml:1" in capsys.readouterr().out
