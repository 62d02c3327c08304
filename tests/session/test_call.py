from __future__ import annotations

import asyncio
import itertools
import socket
import ssl
import zlib
from random import Random

import pytest
import trustme

from bbsterm.errors import BusyError, InsecureError, NoCarrierError
from bbsterm.limits import INBOX_HIGH
from bbsterm.net.address import Address
from bbsterm.net.tls import TlsSettings
from bbsterm.protocol.vocabulary import OptionCode, WindowSize
from bbsterm.screen import create_terminal
from bbsterm.screen.terminal import BellRang
from bbsterm.secret import Secret
from bbsterm.session import (
    Call,
    CallEnded,
    CallSettings,
    CallState,
    InputChoice,
    ScreenChanged,
    ScreenNotice,
    StateChanged,
    StatusChanged,
    TerminalReplaced,
    Trying,
)
from bbsterm.session.identity import client_options
from bbsterm.session.pump import LARGEST_SLICE

WILL_ECHO_SGA = b"\xff\xfb\x01\xff\xfb\x03"
DO_ECHO_SGA = b"\xff\xfd\x01\xff\xfd\x03"
WONT_ECHO_SGA = b"\xff\xfc\x01\xff\xfc\x03"


async def test_what_the_board_says_is_shown_and_telnet_is_answered(board, terminal, calling, seen):
    call = Call(board.address, terminal=terminal)
    async with calling(call):
        board.say(b"Hello\xff\xfb\x01 board\xff\xff")
        await board.hears(b"\xff\xfd\x01")  # IAC DO ECHO
        await seen(call, lambda: terminal.fed == b"Hello board\xff")

        assert call.protocol_label == "TELNET"


async def test_a_host_that_never_sends_iac_never_gets_one(board, terminal, calling, seen):
    terminal.encoding = "latin-1"
    call = Call(board.address, terminal=terminal)
    async with calling(call):
        board.say(b"raw host\r\n> \x1b[6n")
        await seen(call, lambda: b"raw" in terminal.fed)
        call.type("look ÿ\n")
        call.press("ctrl+c", None)
        call.press("up", None)
        await board.hears(b"\x1b[A")

        assert call.protocol_label == "RAW"
        assert bytes(board.heard) == b"\x1b[1;1R" + b"look \xff\r\n" + b"\x03" + b"\x1b[A"


async def test_nothing_negotiated_is_line_mode_with_local_echo(board, terminal, calling):
    call = Call(board.address, terminal=terminal)
    async with calling(call):
        for letter in "hix":
            call.press(letter, letter)
        call.press("backspace", "\x7f")
        assert board.heard == b""
        call.press("enter", "\r")
        await board.hears(b"hi\r\n")

        assert call.input_mode.line
        assert bytes(terminal.fed) == b"hix\b \b\r\n"


async def test_echo_and_sga_are_character_mode_without_local_echo(board, terminal, calling, seen):
    call = Call(board.address, terminal=terminal)
    async with calling(call):
        board.say(WILL_ECHO_SGA)
        await board.hears(DO_ECHO_SGA)
        await seen(call, lambda: not call.input_mode.line)
        call.press("h", "h")
        call.press("enter", "\r")
        await board.hears(b"h\r\0")

        assert terminal.fed == b""


async def test_sga_alone_is_character_mode_with_local_echo(board, terminal, calling, seen):
    call = Call(board.address, terminal=terminal)
    async with calling(call):
        board.say(b"\xff\xfb\x03")
        await seen(call, lambda: not call.input_mode.line)
        call.press("h", "h")
        await board.hears(b"h")

        assert call.local_echo
        assert terminal.fed == b"h"


async def test_the_mode_goes_with_the_board_and_back(board, terminal, calling, seen):
    call = Call(board.address, terminal=terminal)
    events = []
    async with calling(call):
        call.listen(events.append)
        board.say(WILL_ECHO_SGA)
        await seen(call, lambda: not call.input_mode.line)
        board.say(WONT_ECHO_SGA)
        await seen(call, lambda: call.input_mode.line)

    assert events.count(StatusChanged()) >= 2


async def test_what_stands_in_the_line_is_not_lost_when_the_mode_changes(board, terminal, calling):
    call = Call(board.address, terminal=terminal)
    async with calling(call):
        call.type("half")
        board.say(WILL_ECHO_SGA)
        await board.hears(b"half")


async def test_line_mode_can_be_forced_and_a_password_is_not_echoed(board, terminal, calling, seen):
    call = Call(board.address, CallSettings(mode=InputChoice.LINE), terminal=terminal)
    async with calling(call):
        board.say(b"\xff\xfb\x01Password: ")
        await seen(call, lambda: not call.local_echo)
        call.type("secret\n")
        await board.hears(b"secret\r\n")

        assert terminal.fed == b"Password: "


async def test_raw_mode_can_be_forced_and_enter_is_cr(board, terminal, calling):
    call = Call(board.address, CallSettings(mode=InputChoice.RAW), terminal=terminal)
    async with calling(call):
        call.press("h", "h")
        call.press("enter", "\r")
        await board.hears(b"h\r")

        assert bytes(board.heard) == b"h\r"
        assert terminal.fed == b""


async def test_a_raw_address_has_no_telnet_at_all(board, terminal, calling, seen):
    call = Call(Address(board.address.host, board.address.port, "raw"), terminal=terminal)
    async with calling(call):
        board.say(b"\xff\xfb\x01data")
        await seen(call, lambda: b"data" in terminal.fed)
        call.press("a", "a")
        await board.hears(b"a")

        assert terminal.fed == b"\xff\xfb\x01data"
        assert bytes(board.heard) == b"a"


async def test_interrupt_is_a_telnet_command_where_telnet_is_spoken(board, terminal, calling):
    call = Call(board.address, CallSettings(mode=InputChoice.LINE), terminal=terminal)
    async with calling(call):
        board.say(b"\xff\xfb\x03")
        await board.hears(b"\xff\xfd\x03")
        call.press("ctrl+c", None)
        await board.hears(b"\xff\xf4")  # IAC IP


async def test_a_resize_is_told_to_a_board_that_asked(board, terminal, calling):
    call = Call(board.address, terminal=terminal)
    async with calling(call):
        board.say(b"\xff\xfd\x1f")  # IAC DO NAWS
        await board.hears(b"\xff\xfa\x1f\x00\x50\x00\x19\xff\xf0")
        call.resize(132, 37)
        await board.hears(b"\xff\xfa\x1f\x00\x84\x00\x25\xff\xf0")

        assert (terminal.columns, terminal.rows) == (132, 37)


async def test_a_paste_has_no_control_characters_and_arrives_whole(board, terminal, calling, seen):
    call = Call(board.address, terminal=terminal)
    async with calling(call):
        board.say(WILL_ECHO_SGA)
        await seen(call, lambda: not call.input_mode.line)
        call.paste("one\x1b\ntwo\nthree")
        await board.hears(b"one\r\0two\r\0three")


async def test_a_paste_is_bracketed_where_the_board_wants_it(board, terminal, calling, seen):
    call = Call(board.address, terminal=terminal)
    terminal.bracketed_paste = True
    async with calling(call):
        board.say(WILL_ECHO_SGA)
        await seen(call, lambda: not call.input_mode.line)
        call.paste("x")
        await board.hears(b"\x1b[200~x\x1b[201~")


async def test_a_character_set_that_is_agreed_is_used(board, terminal, calling, seen):
    call = Call(board.address, terminal=terminal)
    async with calling(call):
        board.say(b"\xff\xfb\x2a\xff\xfa\x2a\x01 UTF-8\xff\xf0")  # IAC WILL CHARSET, SB REQUEST UTF-8
        await seen(call, lambda: terminal.encoding == "utf-8")


async def test_bells_are_passed_on(board, terminal, calling, seen):
    events = []
    call = Call(board.address, terminal=terminal)
    call.listen(events.append)
    async with calling(call):
        terminal.events.append(BellRang())
        board.say(b"\x07")
        await seen(call, lambda: ScreenNotice(BellRang()) in events)


async def test_a_call_reports_its_whole_life(board, terminal):
    events = []
    call = Call(board.address, terminal=terminal)
    call.listen(events.append)
    task = asyncio.create_task(call.run())
    await board.until(lambda: board.transport is not None)
    board.say(b"bye")
    board.transport.close()

    ended = await task

    assert ended == CallEnded("connection closed by host", None, ended.seconds)
    assert events == [
        StateChanged(CallState.DIALING),
        Trying("127.0.0.1"),
        StateChanged(CallState.CONNECTED),
        StatusChanged(),  # it sent text and no telnet: RAW
        ScreenChanged(),
        StateChanged(CallState.ENDED),
        ended,
    ]
    assert terminal.fed == b"bye"


async def test_a_board_that_resets_the_line_is_no_carrier(board, terminal):
    call = Call(board.address, terminal=terminal)
    task = asyncio.create_task(call.run())
    await board.until(lambda: board.transport is not None)
    sock = board.transport.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    board.transport.abort()

    ended = await task

    assert isinstance(ended.error, NoCarrierError)
    assert "connection reset by peer" in ended.reason


async def test_a_refused_port_is_an_outcome_and_no_exception(terminal):
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]

    ended = await Call(Address("127.0.0.1", port), terminal=terminal).run()

    assert isinstance(ended.error, BusyError)
    assert ended.seconds == 0


async def test_a_name_mismatch_is_an_outcome(terminal, tmp_path):
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("other.example").configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    loop = asyncio.get_running_loop()
    async with await loop.create_server(asyncio.Protocol, "127.0.0.1", 0, ssl=context) as server:
        address = Address("127.0.0.1", server.sockets[0].getsockname()[1], "telnets")
        settings = CallSettings(tls=TlsSettings(ca=tmp_path / "ca.pem"))

        ended = await Call(address, settings, terminal=terminal).run()

    assert isinstance(ended.error, InsecureError)
    assert "name mismatch" in ended.reason


class LastWord(asyncio.Protocol):
    """Says one thing and leaves."""

    def __init__(self, leave):
        self.leave = leave

    def connection_made(self, transport):
        transport.write(b"Goodbye")
        getattr(transport, self.leave)()


@pytest.mark.parametrize(
    ("leave", "reason"),
    [
        ("close", "connection closed by host"),
        ("abort", "the call was cut off: the encrypted line ended without a goodbye"),
    ],
)
async def test_a_tls_line_that_ends_without_close_notify_is_a_lost_one(terminal, tmp_path, leave, reason):
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    loop = asyncio.get_running_loop()
    async with await loop.create_server(lambda: LastWord(leave), "127.0.0.1", 0, ssl=context) as server:
        address = Address("127.0.0.1", server.sockets[0].getsockname()[1], "telnets")
        call = Call(address, CallSettings(tls=TlsSettings(ca=tmp_path / "ca.pem")), terminal=terminal)

        ended = await call.run()

    assert ended.reason.startswith(reason)
    assert (ended.error is None) == (leave == "close")
    assert terminal.fed == b"Goodbye"


async def test_a_board_that_expects_tls_is_named(board, terminal, calling):
    call = Call(board.address, terminal=terminal)
    async with calling(call) as task:
        board.say(b"\x15\x03\x03\x00\x02\x02\x32")  # alert: fatal, decode error
        ended = await task

    assert str(ended.error) == "the call was cut off: it speaks TLS on this port"
    assert ended.error.hint == f"Call it as telnets://{board.address}."
    assert terminal.fed == b""


async def test_an_unverified_call_says_so(terminal):
    settings = CallSettings(tls=TlsSettings(verify=False))

    call = Call(Address("bbs.example.org", 992, "telnets"), settings, terminal=terminal)

    assert call.protocol_label == "TELNET/TLS UNVERIFIED"


async def test_hanging_up_ends_it(board, terminal, calling):
    call = Call(board.address, terminal=terminal)
    async with calling(call) as task:
        call.hang_up()
        ended = await task

        assert ended.reason == "hung up"
        await board.until(lambda: board.gone)


async def test_hanging_up_before_the_board_answers(terminal, monkeypatch):
    async def never(*args, **options):
        await asyncio.Event().wait()

    monkeypatch.setattr("bbsterm.session.dialing.dial", never)
    call = Call(Address("bbs.example.org"), terminal=terminal)
    task = asyncio.create_task(call.run())
    await asyncio.sleep(0)
    call.hang_up()

    assert (await task).reason == "hung up"


async def test_hanging_up_before_it_is_run(terminal):
    call = Call(Address("bbs.example.org"), terminal=terminal)
    call.hang_up()

    assert (await call.run()).reason == "hung up"


async def test_cancelling_a_call_leaves_no_line(board, terminal):
    call = Call(board.address, terminal=terminal)
    task = asyncio.create_task(call.run())
    await board.until(lambda: board.transport is not None)
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert call.state is CallState.ENDED
    await board.until(lambda: board.gone)


async def test_a_call_is_made_once(terminal):
    call = Call(Address("bbs.example.org"), terminal=terminal)
    call.hang_up()
    await call.run()

    with pytest.raises(RuntimeError):
        await call.run()


async def test_redialling_clears_the_screen_and_keeps_the_terminal(board, terminal, calling):
    async with calling(Call(board.address, terminal=terminal)):
        pass
    async with calling(Call(board.address, terminal=terminal)):
        pass

    assert terminal.resets == 2


async def test_keys_after_the_end_are_nothing(board, terminal, calling):
    call = Call(board.address, terminal=terminal)
    async with calling(call) as task:
        call.hang_up()
        await task
        call.press("a", "a")
        call.type("b")
        call.paste("c")
        call.resize(90, 30)

    assert terminal.fed == b""


async def test_a_board_that_floods_with_negotiation_is_hung_up_on(board, terminal):
    call = Call(board.address, terminal=terminal)
    task = asyncio.create_task(call.run())
    await board.until(lambda: board.transport is not None)
    flood = b"".join(b"\xff\xfb%c\xff\xfc%c" % (n, n) for n in range(1, 250)) * 200
    while not task.done() and not board.gone:
        board.say(flood)
        await asyncio.sleep(0)

    assert isinstance((await task).error, NoCarrierError)


async def test_garbage_is_shown_and_the_call_goes_on(board, calling, seen):
    call = Call(board.address, terminal=create_terminal("ansi"))
    async with calling(call):
        board.say(Random(23).randbytes(300_000))
        board.say(b"\xff\xf0\x18\x1b\\\x1bc")  # IAC SE, CAN, ST, RIS: whatever it was, it is over
        board.say(b"\xff\xfd\x18still here")
        await seen(call, lambda: call.terminal.display()[0] == "still here")


async def test_half_close_keeps_listening(board, terminal, calling, seen):
    call = Call(board.address, terminal=terminal)
    board.eof_received = lambda: board.say(b"the answer\xff\xfd\x18") or True
    async with calling(call):
        call.send_eof()
        await seen(call, lambda: terminal.fed == b"the answer")
        call.press("a", "a")

    assert board.heard == b""
    assert call.mistakes == 0


async def test_a_board_that_is_faster_than_the_screen_waits(board, terminal, calling, seen, monkeypatch):
    monkeypatch.setattr("bbsterm.session.pump.BUDGET", 1e-9)  # one slice a turn
    data = bytes(range(32, 96)) * (INBOX_HIGH // 32)
    most = 0

    def look(event):
        nonlocal most
        most = max(most, call._wire.queued if call._wire else 0)

    call = Call(board.address, terminal=terminal)
    call.listen(look)
    async with calling(call):
        board.say(data)
        await seen(call, lambda: len(terminal.fed) == len(data))

    assert terminal.fed == data
    assert INBOX_HIGH < most <= 2 * INBOX_HIGH  # one read of the event loop may come on top


async def test_a_mistake_of_ours_does_not_end_the_call(board, terminal, calling, seen, caplog, monkeypatch):
    def stumble(data):
        monkeypatch.undo()
        raise ZeroDivisionError

    monkeypatch.setattr(terminal, "feed", stumble)
    call = Call(board.address, terminal=terminal)
    async with calling(call):
        board.say(b"one")
        await seen(call, lambda: caplog.messages)
        board.say(b"two")
        await seen(call, lambda: terminal.fed == b"two")

    assert caplog.messages[0] == "a mistake of ours; 3 bytes are passed over"
    assert call.mistakes == 1


# --- compression, speed, a silent line, another machine ----------------------------------------

MCCP2_BEGINS = b"\xff\xfa\x56\xff\xf0"  # IAC SB MCCP2 IAC SE


async def test_a_board_may_compress_what_it_says(board, terminal, calling):
    call = Call(board.address, terminal=terminal)
    async with calling(call) as task:
        board.say(b"\xff\xfb\x56")  # IAC WILL MCCP2
        await board.hears(b"\xff\xfd\x56")  # IAC DO MCCP2
        board.say(MCCP2_BEGINS + zlib.compress(b"Welcome" * 100_000))
        board.transport.close()
        await task
    assert terminal.fed == b"Welcome" * 100_000


async def test_what_bursts_is_shown_in_slices_and_taken_no_further(board, terminal, calling, seen):
    slices = []
    call = Call(board.address, terminal=terminal)
    call.tap(lambda data: slices.append(len(data)))
    async with calling(call):
        board.say(b"\xff\xfb\x56" + MCCP2_BEGINS + zlib.compress(bytes(3_000_000)))
        await seen(call, lambda: sum(slices) == 3_000_000)

    assert max(slices) <= LARGEST_SLICE


async def test_no_compression_under_tls():
    codes = {
        option.code
        for option in client_options(Address("a", 992, "telnets"), "ansi", None, WindowSize(80, 25))
    }

    assert OptionCode.MCCP2 not in codes


async def test_at_300_baud_text_comes_a_character_at_a_time(board, terminal, calling, seen):
    clock = itertools.count(step=1 / 30)  # each look at it is the time of a character
    slices = []
    call = Call(board.address, CallSettings(baud=300), terminal=terminal, clock=lambda: next(clock))
    call.tap(slices.append)
    call._later = lambda delay, callback: asyncio.get_running_loop().call_soon(callback)
    async with calling(call) as task:
        board.say(b"Welcome to the board")
        board.transport.close()
        assert (await task).reason == "connection closed by host"

    assert b"".join(slices) == b"Welcome to the board"
    assert len(slices) > 5
    assert call.baud == 300


async def test_a_board_selects_its_speed_where_pace_is_kept(board, calling, seen):
    for pace, rate in ((True, 300), (False, 0)):
        call = Call(board.address, CallSettings(pace=pace))
        async with calling(call):
            board.say(b"\x1b[0;1*rx")
            await seen(call, lambda call=call: call.terminal.line(0).text() == "x")
            assert call.baud == rate


async def test_another_speed_in_mid_call_lets_out_what_was_held(board, calling, seen):
    call = Call(board.address, CallSettings(baud=1))  # ten seconds a character
    async with calling(call):
        board.say(b"held back")
        await seen(call, lambda: call.unshown > 0)
        call.set_speed(0)
        await seen(call, lambda: call.terminal.line(0).text() == "held back")
        assert call.baud == 0


async def test_a_silent_line_gets_its_keep_alive(board, terminal, calling, seen):
    now = [0.0]
    planned = []
    settings = CallSettings(keep_alive="ayt", keep_alive_interval=60)
    call = Call(board.address, settings, terminal=terminal, clock=lambda: now[0])
    call._later = lambda delay, callback: planned.append(callback)
    async with calling(call):
        board.say(b"\xff\xf1hello")  # IAC NOP: it speaks telnet
        await seen(call, lambda: terminal.fed == b"hello")
        now[0] = 200.0
        planned.pop()()
        await board.hears(b"\xff\xf6")  # IAC AYT
        assert call.unanswered == 1
        assert call.quiet_seconds == 200.0
        assert call.idle_seconds == 0.0
        board.say(b"[Yes]")
        await seen(call, lambda: terminal.fed == b"hello[Yes]")
        assert call.unanswered == 0


async def test_a_host_that_speaks_no_telnet_is_never_asked(board, terminal, calling, seen):
    now = [0.0]
    planned = []
    call = Call(board.address, CallSettings(keep_alive="nop"), terminal=terminal, clock=lambda: now[0])
    call._later = lambda delay, callback: planned.append(callback)
    async with calling(call):
        board.say(b"hello")
        await seen(call, lambda: terminal.fed == b"hello")
        now[0] = 200.0
        planned.pop()()
        call.type("x\n")
        await board.hears(b"x")
        assert b"\xff" not in board.heard


async def test_a_board_hears_which_machine_we_have_become(board, calling, seen):
    call = Call(board.address)
    replaced = []
    call.listen(lambda event: replaced.append(event) if isinstance(event, TerminalReplaced) else None)
    async with calling(call):
        board.say(b"\xff\xfd\x18\xff\xfa\x18\x01\xff\xf0")  # IAC DO TTYPE, SB TTYPE SEND
        await board.hears(b"\xff\xfa\x18\x00ANSI\xff\xf0")
        call.set_encoding("petscii")
        await board.hears(b"\xff\xfc\x18")  # IAC WONT TTYPE
        board.say(b"\xff\xfe\x18")  # IAC DONT TTYPE
        await board.hears(b"\xff\xfb\x18")  # IAC WILL TTYPE
        board.say(b"\xff\xfd\x18\xff\xfa\x18\x01\xff\xf0")
        await board.hears(b"\xff\xfa\x18\x00PETSCII\xff\xf0")

    assert replaced == [TerminalReplaced("PETSCII")]


async def test_a_board_that_never_asked_is_told_nothing(board, calling):
    call = Call(board.address)
    replaced = []
    call.listen(lambda event: replaced.append(event) if isinstance(event, TerminalReplaced) else None)
    async with calling(call):
        call.set_encoding("petscii")

    assert replaced == [TerminalReplaced("")]
    assert board.heard == b""


async def test_what_was_held_back_for_a_short_password_comes_in_its_order(terminal, board, calling, seen):
    now = [0.0]
    call = Call(board.address, CallSettings(detect=False), terminal=terminal, clock=lambda: now[0])
    async with calling(call):
        await board.until(lambda: board.transport is not None)
        call.send_secret(Secret("men"))
        board.say(b"so m")
        await seen(call, lambda: bytes(terminal.fed) == b"so ")
        now[0] = 11.0  # no echo comes any more
        board.say(b"any men")
        await seen(call, lambda: bytes(terminal.fed) == b"so many men")
