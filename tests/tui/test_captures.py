from __future__ import annotations

from datetime import datetime

import pytest

from bbsterm.screen import create_terminal
from bbsterm.tui.captures import SHOTS, file_shown, save_log, save_shot

NOON = datetime(2026, 9, 1, 12, 0, 0)


@pytest.fixture
def terminal():
    made = create_terminal("ansi", columns=80, rows=25, encoding=None)
    made.feed(b"\x1b[31mHello \x03\xb0\xb1\xb2\r\n" + b"line\r\n" * 30)
    return made


def test_text(tmp_path, terminal):
    path = save_shot(tmp_path / "captures", "txt", "Xibalba", terminal, now=NOON)

    assert path.name == "Xibalba-20260901-120000.txt"
    assert path.read_text() == "line\n" * 24
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_toast_names_the_file_and_its_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))

    assert file_shown(tmp_path / "BBS" / "a.txt") == "a.txt in ~/BBS"
    assert file_shown(tmp_path.parent / "a.txt") == f"a.txt in {tmp_path.parent}"


def test_a_log_holds_what_scrolled_away_too(tmp_path, terminal):
    text = save_log(tmp_path, "Xibalba", terminal, now=NOON).read_text()

    assert text == "Hello ♥░▒▓\n" + "line\n" * 30


def test_ans_is_in_the_board_s_bytes_and_ends_with_sauce(tmp_path, terminal):
    terminal.feed(b"\x1b[2J\x03\xb0\xb1\xb2")

    data = save_shot(tmp_path, "ans", "Xibalba", terminal, now=NOON).read_bytes()

    assert b"\x03\xb0\xb1\xb2" in data
    assert data[-128:].startswith(b"SAUCE00Xibalba ")
    assert b"20260901" in data[-128:]


def test_svg_is_a_picture_without_anything_from_elsewhere(tmp_path, terminal):
    text = save_shot(tmp_path, "svg", "Xibalba <&>", terminal, now=NOON).read_text()

    assert text.startswith("<svg ")
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "Xibalba &lt;&amp;&gt;" in text


def test_no_older_file_is_ever_written_over(tmp_path, terminal):
    paths = [save_shot(tmp_path, "txt", "X", terminal, now=NOON) for _ in range(3)]

    assert [path.name for path in paths] == [
        "X-20260901-120000.txt",
        "X-20260901-120000-2.txt",
        "X-20260901-120000-3.txt",
    ]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/abs", ".hidden", "a\x00b\x1b[2J", "", "...", "x" * 500]
)
@pytest.mark.parametrize("kind", SHOTS)
def test_a_board_s_name_never_leads_out_of_the_folder(tmp_path, terminal, name, kind):
    path = save_shot(tmp_path / "captures", kind, name, terminal, now=NOON)

    assert path.resolve().parent == tmp_path / "captures"
    assert not path.name.startswith(".")
    assert path.name.isprintable()
    assert len(path.name) < 100


def test_a_full_disk_is_the_caller_s_to_tell(tmp_path, terminal):
    (tmp_path / "file").write_text("not a folder")

    with pytest.raises(OSError):
        save_shot(tmp_path / "file" / "captures", "txt", "X", terminal, now=NOON)
