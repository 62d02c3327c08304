from __future__ import annotations

import asyncio

import pytest

from bbsterm.session.events import CallEnded, CallState, ScreenChanged, TerminalReplaced
from bbsterm.session.playback import Playback
from bbsterm.session.recording import Piece, Recording, read_recording
from bbsterm.session.settings import CallSettings

ART = read_recording("a.ans", b"\xdb art", baud=0)


def pieces(*times: float) -> Recording:
    return Recording("x", CallSettings(columns=20, rows=3), tuple(Piece(at, b"*") for at in times), True)


async def test_it_shows_everything_and_ends():
    play = Playback(ART)
    heard, tapped = [], []
    play.listen(heard.append)
    play.tap(tapped.append)

    ended = await play.run()

    assert play.terminal.display()[0].startswith("█ art")
    assert tapped == [b"\xdb art"]
    assert (ended.reason, ended.error, play.state) == ("end of the recording", None, CallState.ENDED)
    assert heard[-1] == ended
    assert ScreenChanged() in heard


async def test_what_is_not_due_yet_is_not_shown_and_a_hang_up_stops_it():
    play = Playback(pieces(0, 3600))
    seen: list[str] = []
    play.listen(lambda event: isinstance(event, ScreenChanged) and play.hang_up())

    ended = await asyncio.wait_for(play.run(), 10)

    seen = play.terminal.display()
    assert seen[0].strip() == "*"
    assert ended == CallEnded("stopped", None, ended.seconds)


async def test_keys_pause_it_and_change_its_speed():
    play = Playback(pieces(0.0))

    play.press("space", " ")
    paused = play.protocol_label
    play.press("space", " ")
    play.press("plus", "+")
    faster = play.protocol_label
    play.press("minus", "-")
    play.press("minus", "-")
    for _ in range(9):
        play.press("minus", "-")

    assert (paused, faster, play.protocol_label) == ("PAUSED", "PLAY x2", "PLAY x0.25")


async def test_a_pause_lasts_until_the_next_space():
    play = Playback(pieces(0.02))
    play.press("space", " ")
    running = asyncio.create_task(play.run())
    for _ in range(20):
        await asyncio.sleep(0)
    assert (play.seconds, running.done()) == (0, False)

    play.press("space", " ")
    await asyncio.wait_for(running, 10)

    assert play.terminal.display()[0].strip() == "*"


async def test_another_character_set_shows_it_anew():
    play = Playback(ART)
    await play.run()
    heard = []
    play.listen(heard.append)

    play.set_encoding("latin_1")

    assert play.terminal.display()[0].startswith("Û art")
    assert heard == [TerminalReplaced()]
    assert [play.next_encoding() for _ in range(3)][-1] == "cp437"
    assert play.terminal.display()[0].startswith("█ art")


@pytest.mark.parametrize("answer", [b"\x1b[6n", b"\x1b[c"])
async def test_questions_in_it_are_answered_to_nobody(answer):
    play = Playback(read_recording("a.ans", answer, baud=0))

    await play.run()

    assert play.terminal.take_replies() == b""
