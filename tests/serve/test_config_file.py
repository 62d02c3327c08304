from __future__ import annotations

import ipaddress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.errors import ConfigError
from bbsterm.serve.config_file import read_options


@pytest.fixture
def read(tmp_path):
    def read(text):
        file = tmp_path / "board.toml"
        file.write_text(text, encoding="utf-8")
        return read_options(file)

    return read


def test_keys_may_stand_anywhere_and_are_spelled_either_way(read):
    assert read('port = 2323\n[limits]\nlimit_callers = 5\n[serve]\nshell = "telsh"\ntls-auto = true') == {
        "port": 2323,
        "limit_callers": 5,
        "shell": "telsh",
        "tls_auto": 0.5,
    }


def test_values_of_every_kind(read):
    values = read(
        'proxy-protocol = ["10.0.0.0/8", "::1"]\nencoding = false\npty-args = ["-l", "a b"]\n'
        'tls-cert = "~/c.pem"\ncompression = true\ntimeout = 60\nterminal = "petscii"\n'
    )
    assert values["proxy_protocol"] == (ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("::1/128"))
    assert values["encoding"] == "false"
    assert values["pty_args"] == ("-l", "a b")
    assert values["tls_cert"] == Path("~/c.pem").expanduser()
    assert (values["compression"], values["timeout"], values["terminal"]) == (True, 60.0, "petscii")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("limt-callers = 5", "board.toml:1: limt-callers is not known; did you mean limit-callers?"),
        ("\n[limit]\ntimeout = 5", "board.toml:2: [limit] is not known; did you mean limits?"),
        ("[limits]\ntimeout = 'x'", "board.toml:2: timeout must be a number, found 'x'"),
        ("port = 70000", "board.toml:1: port must be a whole number from 0 to 65535, found 70000"),
        ("port = true", "board.toml:1: port must be"),
        ("terminal = 'petsci'", "(did you mean petscii?), found 'petsci'"),
        ("proxy-protocol = '10.0.0.0/33'", "must be addresses or networks"),
        ("proxy-protocol = 5", "must be addresses or networks"),
        ("encoding = 'klingon'", "must be a character set"),
        ("pty-args = 'a \"b'", "must have every quote closed"),
        ("pty-args = [1]", "must be arguments"),
        ("tls-auto = 99", "must be 0 to 60 seconds"),
        ("tls-cert = ''", "must be a file"),
        ("port = 1\n[serve]\nport = 2", "board.toml:3: port is there twice"),
        ("port =", "board.toml:1:"),
        ("logfile = 5", "must be a file, found 5"),
    ],
)
def test_what_cannot_be_meant_is_said_with_its_line(read, text, said):
    with pytest.raises(ConfigError) as refused:
        read(text)
    assert said in str(refused.value)


def test_no_file_is_no_empty_file(tmp_path):
    with pytest.raises(ConfigError, match="there is no such file"):
        read_options(tmp_path / "absent.toml")


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(tmp_path_factory, text):
    file = tmp_path_factory.mktemp("config") / "c.toml"
    file.write_text(text, encoding="utf-8", errors="replace")
    try:
        assert isinstance(read_options(file), dict)
    except ConfigError:
        return
