"""Log in to a Synchronet-style board by waiting for its prompts, and print the first menu.

The password comes from BBS_PASSWORD, or is asked for. It travels as everything in telnet does, readable on
the way: use `--tls` where the board offers it.
"""

from __future__ import annotations

import argparse
import asyncio
import getpass
import os
import re
import sys

import bbsterm

PATIENCE = 20.0  # seconds for every prompt
PRESS_A_KEY = re.compile(r"\[Hit a key\]|\[?press any key|\(?more\)?\?? *\(?y/n", re.IGNORECASE)
REFUSED = re.compile(r"unknown user|invalid|incorrect|no such user|hanging up", re.IGNORECASE)


async def expect(reader, writer, prompt: str) -> str:
    """Read until the board has said `prompt`, and nothing after it; press a key where it waits for one."""
    seen = ""
    async with asyncio.timeout(PATIENCE):
        while not re.search(prompt + r"\s*$", plain(seen), re.IGNORECASE):
            if not (text := await reader.read(4096)):
                raise EOFError("the board hung up")
            print(text, end="", flush=True)
            seen = (seen + text)[-16384:]
            if REFUSED.search(plain(text)):
                raise PermissionError("the board does not let us in")
            if PRESS_A_KEY.search(plain(seen)[-80:]):
                writer.write("\r")
                seen = ""
    return seen


def plain(text: str) -> str:
    """Without colours and cursor movements."""
    return re.sub(r"\x1b\[[0-?]*[ -/]*[@-~]", "", text)


async def main(args: argparse.Namespace, password: str) -> int:
    reader, writer = await bbsterm.open_connection(
        args.host, args.port, ssl=args.tls or None, encoding="cp437", force_binary=True, term="ANSI", rows=24
    )
    try:
        await expect(reader, writer, r"(login|user ?name|name|NN):")
        writer.write(args.user + "\r")
        await expect(reader, writer, r"(password|PW):")
        writer.write(password + "\r")
        await expect(reader, writer, args.menu)
    except (EOFError, PermissionError, TimeoutError) as error:
        print(f"\nnot logged in: {error or 'no prompt came'}", file=sys.stderr)
        return 1
    finally:
        writer.close()
        await writer.wait_closed()
    print("\nlogged in")
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("host")
    parser.add_argument("port", nargs="?", type=int, default=23)
    parser.add_argument("--user", required=True)
    parser.add_argument("--menu", default=r"(main|command|menu)[^\n]*:", help="the menu's prompt, a pattern")
    parser.add_argument("--tls", action="store_true")
    args = parser.parse_args()
    try:
        sys.exit(asyncio.run(main(args, os.environ.get("BBS_PASSWORD") or getpass.getpass())))
    except OSError as error:
        sys.exit(f"no connection: {error}")
