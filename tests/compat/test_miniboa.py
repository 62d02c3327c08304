"""miniboa's programs on our engine."""

from __future__ import annotations

import socket
import sys

import pytest

import bbsterm.compat
from bbsterm.compat.miniboa import TelnetClient, TelnetServer
from bbsterm.compat.miniboa.xterm import colorize, strip_caret_codes, word_wrap
from bbsterm.limits import MAX_COMMAND, MAX_COMMANDS_WAITING, MAX_UNSENT

PATIENCE = 10

CHAT = """
from miniboa import TelnetServer

IDLE_TIMEOUT = 300
CLIENT_LIST = []
SERVER_RUN = True


def on_connect(client):
    broadcast("%s joins the conversation.\\\\n" % client.addrport())
    CLIENT_LIST.append(client)
    client.send("Welcome, %s.\\\\n" % client.addrport())


def on_disconnect(client):
    CLIENT_LIST.remove(client)
    broadcast("%s leaves the conversation.\\\\n" % client.addrport())


def kick_idle():
    for client in CLIENT_LIST:
        if client.idle() > IDLE_TIMEOUT:
            client.active = False


def process_clients():
    for client in CLIENT_LIST:
        if client.active and client.cmd_ready:
            chat(client)


def broadcast(msg):
    for client in CLIENT_LIST:
        client.send(msg)


def chat(client):
    global SERVER_RUN
    msg = client.get_command()
    for guest in CLIENT_LIST:
        if guest != client:
            guest.send("%s says, %s\\\\n" % (client.addrport(), msg))
        else:
            guest.send("You say, %s\\\\n" % msg)
    cmd = msg.lower()
    if cmd == "bye":
        client.active = False
    elif cmd == "shutdown":
        SERVER_RUN = False


server = TelnetServer(
    port=0, address="127.0.0.1", on_connect=on_connect, on_disconnect=on_disconnect, timeout=0
)
""".replace("\\\\n", "\\n")


@pytest.fixture
def serve():
    """Starts a server on a free port; gives it, and a function that polls until a socket has received."""
    servers = []

    def start(**options):
        server = TelnetServer(port=0, address="127.0.0.1", timeout=0, **options)
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def call():
    """Connects to a server, and polls it until it has let us in."""
    callers = []

    def connect(server):
        before = server.client_count()
        caller = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE)
        caller.setblocking(False)
        callers.append(caller)
        while server.client_count() == before:
            server.poll()
        return caller, list(server.client_list())[-1]

    yield connect
    for caller in callers:
        caller.close()


def heard(server, caller, wanted, between=lambda: None):
    """Poll until what the caller received ends with `wanted`."""
    data = b""
    for _ in range(100_000):
        server.poll()
        between()
        try:
            data += caller.recv(4096)
        except BlockingIOError:
            continue
        if data.endswith(wanted):
            return data
    raise AssertionError(data)


def until(server, condition):
    for _ in range(100_000):
        server.poll()
        if condition():
            return
    raise AssertionError("it did not happen")


def test_a_chat_server_runs_unchanged(monkeypatch, call):
    for name in ("miniboa", "miniboa.mbasync", "miniboa.telnet", "miniboa.xterm", "miniboa.error"):
        monkeypatch.setitem(sys.modules, name, None)
    bbsterm.compat.install("miniboa")
    program = {}
    exec(CHAT, program)
    server = program["server"]

    def turn():
        program["kick_idle"]()
        program["process_clients"]()

    try:
        (ann, _), (bob, _) = call(server), call(server)
        assert heard(server, ann, b" joins the conversation.\r\n", turn).startswith(b"Welcome, 127.0.0.1:")
        heard(server, bob, b".\r\n", turn)
        ann.sendall(b"hello\r\n")
        assert heard(server, ann, b"\r\n", turn) == b"You say, hello\r\n"
        assert heard(server, bob, b"\r\n", turn).endswith(b" says, hello\r\n")
        ann.sendall(b"bye\r\n")
        assert heard(server, bob, b" leaves the conversation.\r\n", turn)
        bob.sendall(b"shutdown\r\n")
        until(server, lambda: (turn(), not program["SERVER_RUN"])[1])
    finally:
        server.stop()


def test_lines_are_commands_however_they_end(serve, call):
    server = serve()
    caller, client = call(server)

    caller.sendall(b" look \r\nn\r\0s\nhalf")
    until(server, lambda: len(client.command_list) == 3)

    assert client.cmd_ready
    assert [client.get_command() for _ in range(4)] == ["look", "n", "s", None]
    assert not client.cmd_ready


def test_send_cc_colours_or_not(serve, call):
    server = serve(on_connect=lambda client: None)
    caller, client = call(server)

    client.send_cc("^Rred^~\n")
    client.use_ansi = False
    client.send_cc("^Rplain^~ ^^\n")

    assert heard(server, caller, b"^\r\n") == b"\x1b[1;31mred\x1b[0m\r\nplain ^\r\n"


def test_a_client_tells_its_terminal_and_window(serve, call):
    server = serve(on_connect=lambda client: (client.request_terminal_type(), client.request_naws()))
    caller, client = call(server)

    assert heard(server, caller, b"\xff\xfd\x1f") == b"\xff\xfd\x18\xff\xfd\x1f"  # DO TTYPE, DO NAWS
    caller.sendall(b"\xff\xfb\x18\xff\xfb\x1f\xff\xfa\x1f\x00\x84\x00\x2b\xff\xf0")
    heard(server, caller, b"\xff\xfa\x18\x01\xff\xf0")
    caller.sendall(b"\xff\xfa\x18\x00XTERM\xff\xf0")
    until(server, lambda: client.terminal_type == "XTERM")

    assert (client.columns, client.rows) == (132, 43)


def test_echo_and_passwords(serve, call):
    server = serve(on_connect=lambda client: client.request_will_echo())
    caller, client = call(server)

    heard(server, caller, b"\xff\xfb\x01")
    caller.sendall(b"\xff\xfd\x01ab")
    assert heard(server, caller, b"ab") == b"ab"
    client.telnet_echo_password = True
    caller.sendall(b"cd\r\n")
    assert heard(server, caller, b"**\r\n") == b"**\r\n"


def test_deactivating_sends_the_last_words_and_hangs_up(serve, call):
    gone = []
    server = serve(on_connect=lambda client: None, on_disconnect=gone.append)
    caller, client = call(server)

    client.send("goodbye\n")
    client.deactivate()

    assert heard(server, caller, b"goodbye\r\n") == b"goodbye\r\n"
    assert gone == [client]
    assert server.client_count() == 0


def test_a_client_that_hangs_up_is_noticed(serve, call):
    gone = []
    server = serve(on_disconnect=gone.append)
    caller, client = call(server)

    caller.close()
    until(server, lambda: gone == [client])


def test_more_than_may_come_are_hung_up_on(serve, call):
    server = serve(max_connections=1)
    call(server)
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as second:
        second.setblocking(False)
        for _ in range(100_000):
            server.poll()
            try:
                assert second.recv(100) == b""
                break
            except BlockingIOError:
                continue

    assert server.client_count() == 1


def test_memory_is_bounded_both_ways(serve, call):
    server = serve()
    caller, client = call(server)

    caller.sendall(b"x" * (2 * MAX_COMMAND) + b"\n" * (MAX_COMMANDS_WAITING + 10))
    until(server, lambda: not client.wants_input)
    assert len(client.command_list[0]) == MAX_COMMAND

    client.send("x" * (MAX_UNSENT + 1))
    assert not client.active


def test_a_class_of_ones_own(serve, call):
    class Player(TelnetClient):
        pass

    server = serve(client_class=Player)

    assert isinstance(call(server)[1], Player)
    with pytest.raises(TypeError, match="client_class must be a subclass"):
        TelnetServer(port=0, client_class=dict)


def test_text_is_wrapped_and_stripped():
    assert strip_caret_codes("^Rred^~ and ^^") == "red and ^"
    assert colorize("^?") == "^?"
    assert word_wrap("one two three", columns=12, indent=0, padding=0) == [" one two", " three"]
