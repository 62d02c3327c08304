from __future__ import annotations

import os
import stat
import threading

import pytest

from bbsterm.book import files
from bbsterm.errors import BookError


def names(folder):
    return sorted(os.listdir(folder))


def test_a_file_is_replaced_whole_and_for_its_owner_only(tmp_path):
    path = tmp_path / "dialing.toml"
    path.write_bytes(b"old")
    path.chmod(0o644)

    status = files.replace(path, b"new" * 1000)

    assert path.read_bytes() == b"new" * 1000
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (status.st_ino, status.st_size) == (path.stat().st_ino, 3000)
    assert names(tmp_path) == ["dialing.toml"]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "dialing.toml"
    path.write_bytes(b"old")

    def full(handle, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "write", full)
    with pytest.raises(OSError, match="No space"):
        files.replace(path, b"new")

    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["dialing.toml"]


def test_a_short_write_is_continued(tmp_path, monkeypatch):
    write = os.write
    monkeypatch.setattr(files.os, "write", lambda handle, data: write(handle, data[:3]))

    files.replace(tmp_path / "x", b"0123456789")

    assert (tmp_path / "x").read_bytes() == b"0123456789"


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "dotfiles").mkdir()
    (tmp_path / "dotfiles" / "real.toml").write_bytes(b"old")
    link = tmp_path / "dialing.toml"
    link.symlink_to(tmp_path / "dotfiles" / "real.toml")

    files.replace(link, b"new")

    assert link.is_symlink()
    assert (tmp_path / "dotfiles" / "real.toml").read_bytes() == b"new"


def test_only_regular_files_up_to_a_size_are_read(tmp_path):
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "big").write_bytes(b"x" * 11)
    (tmp_path / "link").symlink_to("/dev/zero")

    assert files.read_regular(tmp_path / "big", 11) == b"x" * 11
    for name, reason in (
        ("fifo", "not a regular file"),
        ("", "not a regular file"),
        ("link", "not a regular"),
        ("big", "too large"),
    ):
        with pytest.raises(BookError, match=reason):
            files.read_regular(tmp_path / name, 10)
    with pytest.raises(FileNotFoundError):
        files.read_regular(tmp_path / "none", 10)


def test_folders_are_made_for_their_owner_only(tmp_path):
    files.make_folder(tmp_path / "a" / "b")

    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700


def test_the_lock_lets_one_in_at_a_time(tmp_path):
    path = tmp_path / "dialing.toml"

    with (
        files.locked(path),
        pytest.raises(BookError, match=r"another bbsterm is saving dialing\.toml"),
        files.locked(path, patience=0.05),
    ):
        raise AssertionError("two at once")

    with files.locked(path, patience=0):
        assert names(tmp_path) == [".dialing.toml.lock"]


def test_who_waits_for_the_lock_gets_it(tmp_path):
    path = tmp_path / "dialing.toml"
    inside, release = threading.Event(), threading.Event()

    def hold():
        with files.locked(path):
            inside.set()
            release.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    inside.wait(10)
    threading.Timer(0.05, release.set).start()
    with files.locked(path, patience=10):
        assert release.is_set()
    holder.join()


def saved(path, folder, clock, count):
    for number in range(count):
        files.keep_version(path, folder, clock())
        files.replace(path, f"{number}".encode())
        files.prune(path, folder)


def test_the_last_ten_versions_are_kept_newest_first(tmp_path, clock):
    path, folder = tmp_path / "dialing.toml", tmp_path / "backups"
    path.write_bytes(b"first")

    saved(path, folder, clock, 25)

    kept = files.versions(path, folder)
    assert [version.path.read_text() for version in kept] == [str(number) for number in range(23, 13, -1)]


def test_the_last_version_of_earlier_days_is_kept_too(tmp_path, clock):
    path, folder = tmp_path / "dialing.toml", tmp_path / "backups"
    path.write_bytes(b"first")

    for _ in range(15):
        saved(path, folder, clock, 12)
        clock.now += 24 * 3600

    kept = files.versions(path, folder)
    assert len({version.day for version in kept}) == files.KEEP
    assert len(kept) == files.KEEP + files.KEEP - 1
    assert [version.number for version in kept] == sorted((version.number for version in kept), reverse=True)


def test_versions_are_ordered_even_if_the_clock_is_not(tmp_path, clock):
    path, folder = tmp_path / "dialing.toml", tmp_path / "backups"
    path.write_bytes(b"a")

    files.keep_version(path, folder, clock())
    files.replace(path, b"b")
    clock.now -= 10_000_000
    files.keep_version(path, folder, clock())

    assert [version.path.read_bytes() for version in files.versions(path, folder)] == [b"b", b"a"]


def test_a_save_that_was_cut_short_makes_no_second_version(tmp_path, clock):
    path, folder = tmp_path / "dialing.toml", tmp_path / "backups"
    path.write_bytes(b"a")

    files.keep_version(path, folder, clock())  # and then the power went
    files.keep_version(path, folder, clock())

    assert len(files.versions(path, folder)) == 1


def test_where_links_do_not_work_versions_are_copies(tmp_path, clock, monkeypatch):
    path, folder = tmp_path / "dialing.toml", tmp_path / "backups"
    path.write_bytes(b"a")

    def refused(source, target):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(files.os, "link", refused)
    files.keep_version(path, folder, clock())

    assert [version.path.read_bytes() for version in files.versions(path, folder)] == [b"a"]


def test_what_dead_programs_left_is_swept_away(tmp_path):
    path = tmp_path / "dialing.toml"
    (tmp_path / ".dialing.toml.123.4f2a.tmp").write_bytes(b"half")
    (tmp_path / "dialing.toml.mine").write_bytes(b"not ours")

    files.prune(path, tmp_path / "backups")

    assert names(tmp_path) == ["dialing.toml.mine"]
