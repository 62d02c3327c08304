from __future__ import annotations

import pytest

from bbsterm.book.importers import read_text
from bbsterm.errors import ImportRefusedError

BOOK = """\
schema = 1

[[entry]]
id = "0a0a0a0a"
name = "A"
host = "a.org"
secret = "keyring"
downloads = "/etc"
tls_ca = "/tmp/evil.pem"
tls_verify = false
tags = ["x"]

[[entry]]
name = "B"
host = "b.org"
port = 99999

[[entry]]
host = "c.org"
password = "hunter2"
"""


def test_what_belongs_to_another_machine_is_left_out():
    reading = read_text(BOOK)

    assert reading.format == "bbsterm"
    a, c = (found.entry for found in reading.entries)
    assert (a.secret, a.downloads, a.tls_ca, a.tls_verify, a.tags) == ("", "", "", True, ("x",))
    assert c.name == "c.org"
    assert reading.left_out == {"secret references": 1, "paths": 2, "settings that take any certificate": 1}
    assert reading.secrets == 1
    assert [found.line for found in reading.entries] == [3, 18]
    assert reading.bad == [(16, "port must be 1..65535, found 99999")]


def test_a_broken_one_is_refused_with_its_line():
    with pytest.raises(ImportRefusedError, match="this is no address book, line 2: "):
        read_text("[[entry]]\nname = \n")
