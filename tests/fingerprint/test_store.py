"""Files: whole or not at all, not too many, and whatever is in them."""

from __future__ import annotations

import json
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bbsterm.errors import StorageError
from bbsterm.fingerprint.names import Names
from bbsterm.fingerprint.report import caller_report, server_report
from bbsterm.fingerprint.store import Store, read_json, write_json
from bbsterm.limits import MAX_FINGERPRINT_FILE, MAX_FINGERPRINT_SESSIONS

A, B, C = "a" * 16, "b" * 16, "c" * 16


def files_in(folder):
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file())


def test_a_caller_is_kept_under_two_hashes_and_a_board_under_one(tmp_path):
    store = Store(tmp_path)

    store.save("client", (A, B), C, {"sessions": [1]})
    store.save("server", (A,), B, {"sessions": [1]})

    assert files_in(tmp_path) == [f"client/{A}/{B}/{C}.json", f"server/{A}/{B}.json"]
    assert [(each.kind, each.hashes, each.session) for each in store.entries("client")] == [
        ("client", (A, B), C)
    ]


def test_a_second_call_is_added_to_the_first(tmp_path):
    store = Store(tmp_path)

    for number in range(MAX_FINGERPRINT_SESSIONS + 5):
        path = store.save("server", (A,), B, {"sessions": [number], "ended": number})

    document = read_json(path)
    assert document["ended"] == MAX_FINGERPRINT_SESSIONS + 4
    assert document["sessions"] == list(range(5, MAX_FINGERPRINT_SESSIONS + 5))


def test_when_there_are_too_many_only_known_ones_are_renewed(tmp_path):
    store = Store(tmp_path, most=2)
    store.save("server", (A,), B, {})
    store.save("server", (A,), C, {})

    with pytest.raises(StorageError, match="2 files already"):
        store.save("server", (B,), C, {})
    store.save("server", (A,), C, {"again": True})

    assert len(files_in(tmp_path)) == 2


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 16, "a" * 15, "a" * 17, "a" * 15 + "\n"])
def test_only_hashes_are_names(tmp_path, name):
    with pytest.raises(ValueError, match="no place"):
        Store(tmp_path).save("server", (A,), name, {})


def test_files_are_for_the_user_alone_and_in_ascii(tmp_path):
    path = Store(tmp_path).save("server", (A,), B, {"banner": "\x1b[2J\u202e\x9b"})

    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes().isascii()
    assert b"\x1b" not in path.read_bytes()


def test_nothing_is_left_when_the_disk_is_full(tmp_path, monkeypatch):
    store = Store(tmp_path)
    path = store.save("server", (A,), B, {"old": True})

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="no space left on device"):
        store.save("server", (A,), B, {"old": False})

    assert read_json(path)["old"] is True
    assert len(files_in(tmp_path)) == 1


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(StorageError, match="not a directory"):
        Store(tmp_path / "file").save("server", (A,), B, {})


def test_a_file_that_is_too_large_is_not_written_or_read(tmp_path):
    with pytest.raises(StorageError, match="more than a fingerprint"):
        write_json(tmp_path / "x.json", {"x": "x" * MAX_FINGERPRINT_FILE})
    (tmp_path / "x.json").write_bytes(b" " * (MAX_FINGERPRINT_FILE + 1))
    with pytest.raises(StorageError, match="larger than"):
        read_json(tmp_path / "x.json")


def test_other_files_in_the_folder_are_left_alone(tmp_path):
    (tmp_path / "server" / A).mkdir(parents=True)
    (tmp_path / "server" / A / "notes.json").write_text("{}")
    (tmp_path / "server" / "README.json").write_text("{}")

    assert list(Store(tmp_path).entries("server")) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_bytes_are_an_object_or_an_error(tmp_path, data):
    path = tmp_path / "x.json"
    path.write_bytes(data)
    try:
        document = read_json(path)
    except StorageError:
        return
    assert isinstance(document, dict)


def test_json_that_nests_for_ever_is_an_error(tmp_path):
    path = tmp_path / "x.json"
    path.write_text("[" * 100_000)

    with pytest.raises(StorageError, match="not JSON"):
        read_json(path)


@pytest.mark.parametrize("deep", [20, 900])
def test_an_object_that_nests_deep_is_an_error(tmp_path, deep):
    path = tmp_path / "x.json"
    path.write_text('{"a":' * deep + "1" + "}" * deep)

    with pytest.raises(StorageError, match="deep"):
        read_json(path)


KEYS = st.sampled_from(
    (
        *("telnet-probe", "terminal-probe", "server-probe", "fingerprint-data", "session_data"),
        *("fingerprint", "widths", "supported-options", "modes", "kind", "tls", "dns", "mssp", "address"),
        *("terminal-types", "violations"),
    )
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(st.dictionaries(KEYS, JSON, max_size=6), st.integers(0, 200))
def test_whatever_a_file_holds_its_report_is_harmless_and_fits(document, columns):
    for rows in (
        caller_report(document, names={}, columns=columns),
        server_report(document, names={}, columns=max(40, columns)),
    ):
        assert all(row.isprintable() for row in rows)
        assert all(len(row) < max(40, columns) for row in rows)
    assert len(caller_report(document, names={}, columns=columns)) <= 20


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.text(max_size=20) | st.just(A), JSON, max_size=4))
def test_whatever_the_names_are_they_are_texts(tmp_path, document):
    (tmp_path / "fingerprint_names.json").write_text(json.dumps(document))

    assert all(name.isprintable() for name in Names(tmp_path).known().values())
