from __future__ import annotations

import pytest

from bbsterm.book import AT_END, DEMO, MINE, Entry, Probe, Sort
from bbsterm.book.address import CALLABLE
from bbsterm.book.importers import read_text
from bbsterm.errors import BookError
from bbsterm.net.address import parse_address


def imported(book, text, target="world"):
    return book.apply_import(book.plan_import(read_text(text), source="world.txt", target=target))


def test_an_empty_book_has_the_demo_board(book, paths):
    assert book.entries == []
    assert [row.entry for row in book.rows()] == [DEMO]
    assert book.notices == []
    assert not paths.entries.exists()


def test_what_is_added_has_an_id_and_a_date_and_is_there_next_time(book, opened):
    entry = book.add(Entry("Xibalba", "xibalba.example", 44510))

    assert len(entry.id) == 8
    assert entry.added == 1_800_000_000
    assert opened().entries == [entry]


def test_entries_are_added_behind_another(book):
    first = book.add(Entry("a", "a.org"))
    book.add(Entry("c", "c.org"))
    book.add(Entry("b", "b.org"), follows=first.id)
    book.move(first, AT_END)

    assert [entry.name for entry in book.mine] == ["b", "c", "a"]
    assert [row.entry.name for row in book.search("", Sort.CUSTOM)][:3] == ["b", "c", "a"]


@pytest.mark.parametrize("values", [{"port": 0}, {"host": "a b"}, {"name": ""}, {"secret": "hunter2"}])
def test_nothing_wrong_gets_into_the_book(book, paths, values):
    with pytest.raises(BookError, match=f"{next(iter(values))} must be"):
        book.add(Entry("a", "a.org").changed(**values))
    entry = book.add(Entry("a", "a.org"))
    with pytest.raises(BookError, match="must be"):
        book.edit(entry, **values)

    assert book.entries == [entry]


def test_an_edit_returns_what_is_saved(book, paths):
    entry = book.add(Entry("a", "a.org"))
    paths.entries.write_text(paths.entries.read_text().replace("port = 23", 'port = 23\nuser = "ann"'))

    edited = book.edit(entry, comment="x")

    assert (edited.user, edited.comment) == ("ann", "x")
    assert book.edit(edited, comment="x") is edited


def test_editing_a_listed_board_makes_it_ones_own(book):
    imported(book, "a.org 1\nb.org 2\n")
    listed = book.find("a.org")[0]

    mine = book.favourite(listed)

    assert mine.id == listed.id
    assert book.mine == [mine]
    assert [(row.entry.name, row.list) for row in book.search("", Sort.NAME)] == [
        ("a.org", MINE),
        ("b.org", "world"),
        ("Demo BBS (built in)", None),
    ]


def test_the_demo_board_cannot_be_changed_or_deleted(book):
    with pytest.raises(BookError):
        book.favourite(DEMO)
    with pytest.raises(BookError, match="cannot be deleted"):
        book.delete(DEMO)
    assert book.undo() is None


def test_listed_boards_keep_their_order(book):
    imported(book, "a.org 1\n")

    with pytest.raises(BookError, match="in an imported list"):
        book.move(book.entries[0], "")


def test_calls_are_counted_and_sort_the_dialer(book, opened, clock):
    a, b = book.add(Entry("a", "a.org")), book.add(Entry("b", "b.org"))
    assert book.default_sort is Sort.NAME

    book.record_call(
        b, address=b.address, started=clock(), seconds=12, result="hung up", received=100, sent=9
    )
    book.record_call(a, address=a.address, started=clock(), seconds=0, result="BUSY", connected=False)
    book.record_call(None, address="c.org:23", started=clock(), seconds=1, result="hung up")

    assert book.default_sort is Sort.LAST_CALL
    assert [row.entry.name for row in book.search()][:3] == ["b", "c.org", "a"]
    assert book.row(b.id).calls == 1
    assert (book.row(b.id).received, book.row(b.id).sent) == (100, 9)
    assert [call.result for call in book.history(a)] == ["BUSY"]
    assert len(book.recent_calls()) == 3
    assert opened().stats(b).last_call == int(clock())


def test_boards_are_found_by_name(book):
    for name in ("Xibalba", "Xibalba 2", "The Xib"):
        book.add(Entry(name, "x.org"))

    assert [entry.name for entry in book.find("xibalba")] == ["Xibalba"]
    assert sorted(entry.name for entry in book.find("xib")) == ["Xibalba", "Xibalba 2"]
    assert [entry.name for entry in book.find("the")] == ["The Xib"]
    assert book.find(book.mine[0].id) == [book.mine[0]]
    assert book.find("nothing") == book.find("") == []


def test_probes_and_pins_go_by_host_and_port(book):
    entry = book.add(Entry("a", "a.org"))

    book.log.record_probes([(entry.host, entry.port, Probe(1_800_000_000, up=False))])
    book.log.trust("a.org", 23, "ab" * 32)

    assert book.probe(entry).up is False
    assert book.log.pin("a.org", 23).sha256 == "ab" * 32
    book.log.distrust("a.org", 23)
    assert book.log.pin("a.org", 23) is None


def test_another_program_is_noticed_and_its_changes_are_read(opened):
    ours, theirs = opened(), opened()
    assert not ours.changed_on_disk()

    theirs.add(Entry("a", "a.org"))
    assert ours.changed_on_disk()
    assert ours.reload() == []
    assert [entry.name for entry in ours.entries] == ["a"]
    assert not ours.changed_on_disk()

    imported(theirs, "b.org 2\n")
    assert ours.changed_on_disk()
    ours.reload()
    assert [entry.name for entry in ours.entries] == ["a", "b.org"]


def test_two_programs_add_many_entries_and_none_is_lost(opened):
    books = [opened() for _ in range(4)]

    for number in range(10):
        for index, each in enumerate(books):
            each.add(Entry(f"{index}-{number}", "a.org"))

    assert {entry.name for entry in opened().entries} == {f"{i}-{n}" for i in range(4) for n in range(10)}


def test_a_broken_book_opens_and_says_so(opened, written, paths):
    book = opened()
    entry = book.add(Entry("a", "a.org"))
    book.edit(entry, comment="x")
    written("[[entry]]\nport = \n")

    again = opened()

    assert str(again.broken).endswith("dialing.toml:2: invalid value")
    assert [str(notice) for notice in again.notices] == ["dialing.toml:2: invalid value"]
    assert [each.name for each in again.entries] == ["a"]

    again.add(Entry("b", "b.org"))
    assert "is kept as dialing.toml.broken-" in str(again.notices[-1])
    assert [each.name for each in opened().entries] == ["a", "b"]


def test_a_broken_book_can_be_set_aside_by_hand(opened, written, paths):
    written("x")
    book = opened()

    aside = book.set_aside()

    assert aside.read_text() == "x"
    assert not paths.entries.exists()
    assert book.broken is None


def test_views_and_tags(book):
    book.add(Entry("a", "a.org", tags=("ftn",), favourite=True))
    imported(book, "b.org 2\n")

    assert [(view.key, view.rows) for view in book.views()] == [
        ("all", 3),
        ("mine", 1),
        ("favourites", 1),
        ("recent", 0),
        ("never", 3),
        ("demo", 1),
        ("list:world", 1),
    ]
    assert book.tags() == [("ftn", 1)]
    assert [row.entry.name for row in book.search("tag:ftn")] == ["a"]


def test_a_list_imported_again_only_brings_what_is_new(book):
    imported(book, "a.org 1\nb.org 2\n")
    plan = book.plan_import(read_text("a.org 1\nc.org 3\n"), source="world.txt", target="world")

    assert plan.summary == "1 added, 1 skipped"
    book.apply_import(plan)

    assert [info.entries for info in book.lists()] == [3]


def test_everything_works_for_one_run_without_a_place_for_the_state(tmp_path, paths, clock):
    from bbsterm.book import Book, BookPaths

    (tmp_path / "file").write_text("")
    with Book.open(
        BookPaths(paths.entries, tmp_path / "file" / "x.sqlite3", paths.versions), now=clock
    ) as book:
        entry = book.add(Entry("a", "a.org"))
        book.record_call(entry, address="a.org:23", started=1, seconds=1, result="hung up")
        book.delete(entry)
        assert book.undo() == "Deleted a"
        assert "history of this run are not kept" in str(book.notices[0])


def test_a_book_can_go_back_to_a_version_or_begin_anew(book):
    book.add(Entry("a", "a.org"))
    book.add(Entry("b", "b.org"))

    assert book.restore_version(book.versions()[0].path) == []
    assert [entry.name for entry in book.entries] == ["a"]
    assert book.start_new() == []
    assert book.entries == []
    book.restore_version(book.versions()[0].path)
    assert [entry.name for entry in book.entries] == ["a"]


@pytest.mark.parametrize("protocol", CALLABLE)
@pytest.mark.parametrize("host", ["a.example.org", "10.0.0.1", "2001:db8::1"])
def test_what_is_callable_is_an_address_for_the_dialler(protocol, host):
    entry = Entry("a", host, 99, protocol)

    address = parse_address(entry.url)

    assert (address.host, address.port, address.protocol) == (host, 99, protocol)
    assert parse_address(entry.address) == address
