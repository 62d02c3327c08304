"""A script as it was written for Python's old `telnetlib`: only the import is another.

It logs in to a host that asks "login:" and "Password:", runs a command, and prints what it says.
"""

from __future__ import annotations

import argparse
import getpass
import os

from bbsterm.telnetlib import Telnet  # was: from telnetlib import Telnet

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("host", nargs="?", default="127.0.0.1")
    parser.add_argument("port", nargs="?", type=int, default=23)
    parser.add_argument("--user", default=getpass.getuser())
    parser.add_argument("--command", default="ls")
    args = parser.parse_args()
    password = os.environ.get("TELNET_PASSWORD") or getpass.getpass()

    try:
        telnet = Telnet(args.host, args.port, timeout=10)
    except OSError as error:
        raise SystemExit(f"no connection: {error}") from None
    with telnet as tn:
        tn.read_until(b"login: ", timeout=10)
        tn.write(args.user.encode("ascii") + b"\r\n")
        tn.read_until(b"Password: ", timeout=10)
        tn.write(password.encode("ascii") + b"\r\n")
        which, _, text = tn.expect([rb"[$#>] $", rb"(?i)incorrect"], timeout=10)
        if which != 0:
            raise SystemExit(f"not let in: {text.decode('ascii', 'replace').strip()}")
        tn.write(args.command.encode("ascii") + b"\r\nexit\r\n")
        print(tn.read_all().decode("ascii", "replace"))
