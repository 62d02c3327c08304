"""Without asyncio: does the board answer, and does it ask for a name? Exit 0 if so, 1 if not.

python examples/scripts/is_it_up.py HOST PORT
"""

from __future__ import annotations

import sys

from bbsterm.errors import BbstermError
from bbsterm.testing import BlockingCall


def main(host: str, port: str) -> int:
    try:
        with BlockingCall(f"{host}:{port}") as call:
            match = call.expect("name", "login", timeout=20)
    except BbstermError as error:
        print(f"down: {error}")
        return 1
    print(f"up: it asks for a {match.text.lower()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
