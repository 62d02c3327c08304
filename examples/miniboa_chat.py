"""A chat server in miniboa's manner: no coroutines, no threads, one `poll()` after the other.

Only the import differs from a program for miniboa itself.
"""

from __future__ import annotations

import argparse

from bbsterm.compat.miniboa import TelnetServer  # was: from miniboa import TelnetServer

IDLE_SECONDS = 300
clients = []
running = True


def broadcast(text: str) -> None:
    for client in clients:
        client.send(text)


def on_connect(client) -> None:
    broadcast(f"{client.addrport()} joins.\n")
    clients.append(client)
    client.send_cc("^!Welcome!^~ 'bye' leaves.\n")


def on_disconnect(client) -> None:
    clients.remove(client)
    broadcast(f"{client.addrport()} leaves.\n")


def kick_idle() -> None:
    for client in clients:
        if client.idle() > IDLE_SECONDS:
            client.active = False


def process_clients() -> None:
    global running
    for client in list(clients):
        if not (client.active and client.cmd_ready):
            continue
        message = client.get_command()
        if message == "bye":
            client.active = False
        elif message == "shutdown":
            running = False
        else:
            broadcast(f"{client.addrport()} says: {message}\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("host", nargs="?", default="127.0.0.1")
    parser.add_argument("port", nargs="?", type=int, default=7777, help="0 takes a free one")
    args = parser.parse_args()
    server = TelnetServer(
        port=args.port, address=args.host, on_connect=on_connect, on_disconnect=on_disconnect, timeout=0.05
    )
    print("listening on {}:{}".format(*server.server_socket.getsockname()), flush=True)
    try:
        while running:
            server.poll()
            kick_idle()
            process_clients()
    except KeyboardInterrupt:
        pass
    finally:
        server.stop()
