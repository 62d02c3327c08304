from __future__ import annotations

import socket
import threading

import pytest

from bbsterm.cli import main
from bbsterm.screen.sauce import read_sauce


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.setenv("BBSTERM_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("ending", "begins"),
    [("png", b"\x89PNG"), ("svg", b"<svg"), ("html", b"<!DOCTYPE html>"), ("ans", b"\x1b["), ("txt", b"")],
)
def test_the_demo_board_in_every_form(here, ending, begins, capsys):
    assert main(["shot", "demo", "--until", "Your name", "-o", f"demo.{ending}"]) == 0

    data = (here / f"demo.{ending}").read_bytes()
    assert data.lower().startswith(begins.lower())
    assert capsys.readouterr().out == f"demo.{ending}\n"
    if ending == "txt":
        assert "Your name" in data.decode()


def test_without_a_name_it_is_a_png_here(here):
    assert main(["shot", "demo", "--until", "Your name", "--terminal", "petscii"]) == 0
    assert (here / "demo.png").exists()


def test_art_is_drawn_whole_and_as_wide_as_it_says(here):
    art = b"\xdb" * 100 + b"\r\nlast line" + b"\r\n" * 40 + b"end"
    record = b"SAUCE00" + b" " * 87 + bytes([1, 1]) + (100).to_bytes(2, "little") + bytes(30)
    (here / "wide.ans").write_bytes(art + b"\x1a" + record[:128].ljust(128, b"\0"))

    assert main(["shot", "wide.ans", "-o", "wide.txt"]) == 0

    lines = (here / "wide.txt").read_text().splitlines()
    assert lines[0] == "█" * 100
    assert lines[-1] == "end"


def test_an_ans_file_of_a_unicode_screen_is_code_page_437_and_says_so(here):
    (here / "art.utf8ans").write_text("─█ é\r\n")

    assert main(["shot", "art.utf8ans", "-o", "art.ans"]) == 0

    data = (here / "art.ans").read_bytes()
    assert b"\xc4\xdb \x82" in data
    assert read_sauce(data).font == "IBM VGA"


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["demo", "-o", "x.gif"], "must end in one of .ans"),
        (["demo", "--wait", "soon"], "--wait takes seconds"),
        (["demo", "--size", "big"], "a size is COLSxROWS"),
        (["no such board!", "-o", "x.png"], "'no such board!' is no address"),
        (["demo", "--until", "never said", "--timeout", "0.3", "-o", "x.png"], "did not appear in 0.3 s"),
        (["demo", "-o", "none/x.png", "--until", "Your name"], "none/x.png: it cannot be written"),
    ],
)
def test_what_cannot_be_is_said(argv, said, capsys, here):
    assert main(["shot", *argv]) in (1, 2)
    assert said in capsys.readouterr().err
    assert not (here / "x.png").exists()


def test_nobody_there_is_exit_code_3(capsys):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    assert main(["shot", f"127.0.0.1:{port}", "-o", "x.png"]) == 3
    assert "connection refused" in capsys.readouterr().err


def test_a_board_of_the_book_is_called_by_its_name(here):
    server = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        line, _ = server.accept()
        with line:
            line.sendall(b"Hello, caller\r\n")
            while line.recv(100):
                pass

    thread = threading.Thread(target=answer)
    thread.start()
    (here / "home").mkdir()
    (here / "home" / "dialing.toml").write_text(
        f'[[entry]]\nname = "My Board"\nhost = "127.0.0.1"\nport = {server.getsockname()[1]}\n'
    )
    try:
        assert main(["shot", "my board", "--wait", "0", "-o", "b.txt"]) == 0
    finally:
        thread.join(10)
        server.close()
    assert (here / "b.txt").read_text() == "Hello, caller\n"
