from __future__ import annotations

import pytest

from bbsterm.cli import main


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["f1", "up"], ["f1 ESC[11~ 1b 5b 31 31 7e", "up ESC[A 1b 5b 41"]),
        (["--terminal", "vt", "f1"], ["f1 ESCOP 1b 4f 50"]),
        (["--terminal", "petscii", "f1", "A"], ["f1 <85> 85", "A <C1> c1"]),
        (["--terminal", "atascii", "enter"], ["enter <9B> 9b"]),
        (["--terminal", "atascii", "--ascii-eol", "enter"], ["enter CR 0d"]),
        (["--terminal", "petscii", "--ansi-keys", "up"], ["up ESC[A 1b 5b 41"]),
        (["--terminal", "atascii", "pageup"], ["pageup no such key"]),
        (["--terminal", "petscii", "f9"], ["f9 nothing yet: it changes the next key"]),
    ],
)
def test_keys_by_name(argv, said, capsys):
    assert main(["keys", *argv]) == 0
    assert [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()] == said


def test_the_chart(capsys):
    assert main(["keys", "--terminal", "petscii", "--chart"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Commodore 64\n")
    assert "│85 │" in out


def test_the_viewer_needs_a_terminal(capsys):
    assert main(["keys"]) == 2
    assert "bbsterm keys NAME" in capsys.readouterr().err


def test_an_unknown_terminal(capsys):
    assert main(["keys", "--terminal", "zx81", "a"]) == 2
    assert "no such terminal: zx81" in capsys.readouterr().err
