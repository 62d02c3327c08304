"""Blocking clients and servers, each against the other, and against plain sockets."""

import contextlib
import os
import socket
import threading
import time

import pytest

from bbsterm.limits import MAX_CLIENTS_WAITING
from bbsterm.sync import BlockingTelnetServer, ServerConnection, TelnetConnection

PATIENCE = 10
TTYPE_REFUSED = b"\xff\xfc\x18"  # IAC WONT TTYPE


@pytest.fixture(autouse=True)
def no_thread_is_left():
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + PATIENCE
    while (left := set(threading.enumerate()) - before) and time.monotonic() < deadline:
        for thread in left:
            thread.join(0.05)
    assert not left


@pytest.fixture
def serve():
    """Starts a server on a free port; with a handler it serves, without one it waits to be asked."""
    servers = []

    def start(handler=None, **options):
        server = BlockingTelnetServer("127.0.0.1", 0, handler=handler, **options)
        server.start()
        thread = threading.Thread(target=server.serve_forever if handler else lambda: None)
        thread.start()
        servers.append((server, thread))
        return server

    yield start
    for server, thread in servers:
        server.shutdown()
        thread.join(PATIENCE)


def call(server, **options):
    return TelnetConnection("127.0.0.1", server.port, **{"timeout": PATIENCE, **options})


def echo(connection):
    while True:
        connection.write(connection.readline())
        connection.flush()


# --- both ends -------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf8", False], ids=["text", "bytes"])
def test_lines_go_there_and_back(serve, encoding):
    server = serve(echo, encoding=encoding)

    with call(server, encoding=encoding, force_binary=True) as connection:
        for line in ("hello\r\n", "hé\r\n"):
            line = line if encoding else line.encode()
            connection.write(line)
            assert connection.readline() == line


def test_a_connection_over_tls(serve, tls):
    server = serve(echo, ssl=tls.server)

    with call(server, ssl=tls.client, server_hostname="localhost") as connection:
        connection.write("secret\r\n")
        assert connection.readline() == "secret\r\n"
        assert connection.get_extra_info("ssl_object").version().startswith("TLS")


def test_each_way_of_reading_takes_no_more_than_it_says(serve):
    server = serve(lambda connection: (connection.write("abcdef\r\nghi jkl"), connection.flush()))

    with call(server) as connection:
        assert connection.read(2) == "ab"
        assert connection.readline() == "cdef\r\n"
        assert connection.read_until("i ") == "ghi "
        assert connection.read_until(b"k") == "jk"
        assert connection.read_some() == "l"
        with pytest.raises(EOFError):
            connection.read()
        with pytest.raises(EOFError):
            connection.readline()
        with pytest.raises(EOFError):
            connection.read_until("never")


def test_what_came_before_a_timeout_is_not_lost(serve):
    go_on = threading.Event()

    def slow(connection):
        connection.write("half a ")
        connection.flush()
        go_on.wait(PATIENCE)
        connection.write("line\r\n")
        connection.flush()
        connection.read_some()

    with call(serve(slow)) as connection:
        with pytest.raises(TimeoutError, match="Readline timed out"):
            connection.readline(timeout=0.05)
        with pytest.raises(TimeoutError, match="Read until timed out"):
            connection.read_until("line", timeout=0.05)
        go_on.set()
        assert connection.readline() == "half a line\r\n"
        with pytest.raises(TimeoutError, match="Read timed out"):
            connection.read(timeout=0.05)
        connection.write("done\r\n")


def test_options_are_waited_for_by_name(serve):
    server = serve()
    told = []

    def serve_one():
        connection = server.accept(PATIENCE)
        connection.wait_for(remote={"NAWS": True, "ttype": True}, pending={"TTYPE": False}, timeout=PATIENCE)
        told.append((connection.terminal_type, connection.columns, connection.rows))
        with pytest.raises(TimeoutError, match="Wait for negotiation timed out"):
            connection.wait_for(remote={"LINEMODE": True}, timeout=0.05)
        with pytest.raises(KeyError, match="NONSENSE"):
            connection.wait_for(local={"NONSENSE": True})
        told.append(connection.writer.mode)
        connection.close()

    thread = threading.Thread(target=serve_one)
    thread.start()
    with call(server, term="xterm", cols=132, rows=43) as connection, contextlib.suppress(EOFError):
        connection.read()
    thread.join(PATIENCE)

    assert told == [("xterm", 132, 43), "kludge"]


# --- the client ------------------------------------------------------------------------------


def test_nothing_can_be_done_before_connecting_or_after_closing(serve):
    connection = call(serve(echo))
    with pytest.raises(RuntimeError, match="Not connected"):
        connection.write("x")

    connection.connect()
    with pytest.raises(RuntimeError, match="Already connected"):
        connection.connect()
    connection.close()
    connection.close()

    for action in (connection.connect, connection.read, connection.flush, lambda: connection.write("x")):
        with pytest.raises(RuntimeError, match="Connection closed"):
            action()


def test_nobody_listens(unused_tcp_port):
    connection = TelnetConnection("127.0.0.1", unused_tcp_port, timeout=PATIENCE)

    with pytest.raises(ConnectionRefusedError):
        connection.connect()


def test_nobody_answers():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        connection = TelnetConnection(
            "127.0.0.1", listener.getsockname()[1], timeout=0.1, connect_minwait=PATIENCE
        )
        with pytest.raises(TimeoutError, match="Connection timed out"):
            connection.connect()


def test_text_is_no_bytes(serve):
    with (
        call(serve(echo, encoding=False), encoding=False) as connection,
        pytest.raises(TypeError, match="write bytes"),
    ):
        connection.write("text")


def test_a_connection_that_is_forgotten_takes_its_thread_along(serve):
    connection = call(serve(echo))
    connection.connect()

    del connection


def test_a_server_that_does_not_read_is_a_timeout_and_not_memory():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection = TelnetConnection("127.0.0.1", listener.getsockname()[1], timeout=0.3, encoding=False)
        connection.connect()
        peer, _ = listener.accept()

        def write_without_end():
            while True:
                connection.write(b"x" * 65536)

        with pytest.raises(TimeoutError, match="Flush timed out"):
            write_without_end()
        assert connection.writer.transport.get_write_buffer_size() < 1_000_000
        peer.close()
        connection.close()


def test_two_threads_share_a_connection(serve):
    with call(serve(echo)) as connection:
        lines = {f"{name} {number}\r\n" for name in ("one", "two") for number in range(50)}
        heard = set()

        def talk(name):
            for number in range(50):
                connection.write(f"{name} {number}\r\n")

        threads = [threading.Thread(target=talk, args=(name,)) for name in ("one", "two")]
        for thread in threads:
            thread.start()
        while heard != lines:
            heard.add(connection.readline())
        for thread in threads:
            thread.join(PATIENCE)


def test_two_threads_that_read_take_turns(serve):
    with call(serve(echo)) as connection:
        heard = []
        threads = [
            threading.Thread(target=lambda: heard.append(connection.readline(timeout=PATIENCE)))
            for _ in range(5)
        ]
        for thread in threads:
            thread.start()
        for number in range(5):
            connection.write(f"{number}\r\n")
        for thread in threads:
            thread.join(PATIENCE)

        assert sorted(heard) == [f"{number}\r\n" for number in range(5)]


def test_a_fork_opens_connections_of_its_own(serve, monkeypatch):
    connection = call(serve(echo))
    connection.connect()
    with monkeypatch.context() as fork:
        fork.setattr(os, "getpid", lambda: -1)  # a real one would copy the test, threads excepted
        for use in (connection.read, lambda: connection.write("x"), connection.flush):
            with pytest.raises(RuntimeError, match="belongs to another process"):
                use()

    connection.write("still here\r\n")
    assert connection.readline() == "still here\r\n"
    connection.close()


def test_closing_ends_a_read_in_another_thread(serve):
    connection = call(serve(echo))
    connection.connect()
    waiting = threading.Event()
    ended = []

    def read():
        waiting.set()
        try:
            connection.readline(timeout=PATIENCE)
        except (EOFError, RuntimeError, ConnectionError) as error:
            ended.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    waiting.wait(PATIENCE)
    connection.close()
    reader.join(PATIENCE)

    assert len(ended) == 1


# --- the server ------------------------------------------------------------------------------


def test_a_client_is_accepted_in_the_manner_of_miniboa(serve):
    server = serve()
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as caller:
        caller.sendall(TTYPE_REFUSED + b"look\r\n")
        client = server.accept(PATIENCE)

        assert client.active
        assert client.readline() == "look\r\n"
        assert (client.address, client.port) == caller.getsockname()
        assert client.addrport() == "{}:{}".format(*caller.getsockname())
        assert (client.terminal_type, client.columns, client.rows) == ("unknown", 80, 25)
        assert 0 <= client.idle() <= client.duration() < PATIENCE
        assert client.connect_time <= client.last_input_time
        client.send("one\ntwo\r\nthree\r\n\n")
        client.deactivate()
        assert not client.active
        assert _all_of(caller).endswith(b"one\r\ntwo\r\nthree\r\n\r\n")


def test_setting_active_to_false_hangs_up(serve):
    server = serve(encoding=False)
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as caller:
        caller.sendall(TTYPE_REFUSED)
        client = server.accept(PATIENCE)
        client.send("text is encoded\n")
        client.send(b"and bytes are taken\n")
        client.active = True
        assert client.active
        client.active = False

        assert _all_of(caller).endswith(b"text is encoded\r\nand bytes are taken\r\n")


def _all_of(caller):
    data = b""
    while piece := caller.recv(4096):
        data += piece
    return data


def test_nobody_comes(serve):
    server = serve()

    with pytest.raises(TimeoutError, match="Accept timed out"):
        server.accept(0.05)


def test_accept_ends_with_the_server(serve):
    server = serve()
    ended = []

    def accept():
        try:
            server.accept()
        except RuntimeError as error:
            ended.append(str(error))

    thread = threading.Thread(target=accept)
    thread.start()
    server.shutdown()
    thread.join(PATIENCE)

    assert ended
    with pytest.raises(RuntimeError, match="Server not started"):
        server.accept(0)


def test_a_handler_that_fails_costs_one_client(serve, caplog):
    def fail(connection):
        raise ValueError("a mistake of the handler's")

    server = serve(fail)

    for _ in range(2):
        with call(server) as connection, pytest.raises(EOFError):
            connection.read()
    assert "a mistake of the handler's" in caplog.text


def test_a_server_needs_a_handler_to_serve_and_starts_once(serve):
    server = serve()

    with pytest.raises(RuntimeError, match="No handler provided"):
        server.serve_forever()
    with pytest.raises(RuntimeError, match="Server already started"):
        server.start()


def test_a_port_that_is_taken(serve):
    taken = serve()

    with pytest.raises(OSError, match="in use"):
        BlockingTelnetServer("127.0.0.1", taken.port).start()


def test_clients_whom_nobody_accepts_are_bounded():
    server = BlockingTelnetServer()

    assert server._waiting.maxsize == MAX_CLIENTS_WAITING


def test_a_server_can_be_started_anew(serve):
    server = serve()
    server.shutdown()
    server.shutdown()
    server.start()

    with call(server) as connection:
        client = server.accept(PATIENCE)
        assert isinstance(client, ServerConnection)
        client.send("again\n")
        assert connection.readline() == "again\r\n"
