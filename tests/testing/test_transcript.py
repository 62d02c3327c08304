from __future__ import annotations

from pathlib import Path

import pytest

from bbsterm.protocol import OptionCode, Side
from bbsterm.testing import Recorder, TranscriptError, replay

TRANSCRIPTS = sorted((Path(__file__).parent.parent / "transcripts").glob("*.telnet"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_our_part_of_every_recorded_conversation_is_played_to_the_letter(path):
    replay(path)


def test_there_are_conversations_with_programs_that_nobody_here_wrote():
    stems = " ".join(path.stem for path in TRANSCRIPTS)

    for program in ("inetutils-telnet", "inetutils-telnetd", "tintin", "telnetlib3", "putty", "syncterm"):
        assert program in stems


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "talk.telnet"
    path.write_text(text)
    return path


def test_the_engine_is_left_as_the_conversation_left_it(tmp_path):
    connection = replay(
        written(
            tmp_path,
            "# What a server asks first.\n"
            "% client\n"
            "% option NAWS 80 24\n"
            "\n"
            "< IAC DO NAWS\n"
            "= OptionChanged(option=31, side=<Side.LOCAL: 'local'>, enabled=True)\n"
            "> IAC WILL NAWS IAC SB NAWS 0 80 0 24 IAC SE\n",
        )
    )

    assert connection.enabled(OptionCode.NAWS, Side.LOCAL)


def test_we_can_begin(tmp_path):
    talk = (
        "% server\n"
        "% only TTYPE\n"
        "! begin\n"
        "> IAC DO TTYPE\n"
        '! text "hi\\r\\n"\n'
        "! will ECHO\n"
        '> "hi\\r\\n" IAC WILL ECHO\n'
    )

    assert replay(written(tmp_path, talk)).pending


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("< IAC DO NAWS\n> IAC WONT NAWS\n", "talk.telnet: said"),
        (
            "< IAC DO NAWS\n< IAC DO SGA\n",
            "talk.telnet:2: said",
        ),  # before the peer goes on, we have said it all
        ('< "hi"\n= TextReceived(data=b"ho")\n', "talk.telnet:2: not told"),
        ("< IAC DO WINDOW\n", "talk.telnet:1: 'WINDOW'"),
        ("% nonsense\n", "talk.telnet:1: no such setting"),
        ("% option BINARY 1\n", "talk.telnet:1: "),
        ("? IAC\n", "talk.telnet:1: no line begins"),
    ],
)
def test_what_goes_another_way_is_shown_with_its_place(tmp_path, text, place):
    with pytest.raises(TranscriptError) as caught:
        replay(written(tmp_path, text))

    assert str(caught.value).startswith(place)


def test_a_recorder_writes_what_can_be_replayed(tmp_path):
    recorder = Recorder("A board asks\nfor the window", ["client", "option NAWS 132 50"])
    recorder.received(b"\xff\xfd\x1f")
    recorder.sent(b"\xff\xfb\x1f\xff\xfa\x1f\x00\x84\x00\x32\xff\xf0")
    recorder.started('text "ls"')
    recorder.sent(b"ls")
    recorder.received(b"")

    assert recorder.text() == (
        "# A board asks\n"
        "# for the window\n"
        "% client\n"
        "% option NAWS 132 50\n"
        "< IAC DO NAWS\n"
        "> IAC WILL NAWS IAC SB NAWS 0 132 0 50 IAC SE\n"
        '! text "ls"\n'
        '> "ls"\n'
    )
    replay(written(tmp_path, recorder.text()))
