from __future__ import annotations

from bbsterm.book.entry import Entry
from bbsterm.book.history import Stats
from bbsterm.book.importers import Bad, Found, Reading
from bbsterm.book.importing import Action, make_plan
from bbsterm.book.search import MINE

MINE_XI = Entry("Xibalba", "xibalba.example", 44510, id="mine", tags=("ftn",), comment="my words")
LISTED = Entry("Cave BBS", "bbs.cave.org", 23, id="listed")


def plan_of(*entries, existing=((MINE, MINE_XI), ("world", LISTED)), target="new", **reading):
    found = [Found(entry, line) for line, entry in enumerate(entries, 1)]
    return make_plan(Reading(found, **reading), existing, target=target, source="new.lst", now=1000)


def told(plan):
    return [(planned.action, planned.reason) for planned in plan.entries]


def test_what_is_new_is_added_with_an_id_and_a_date():
    plan = plan_of(Entry("New", "new.org"), Entry("Old", "old.org", added=5))

    assert told(plan) == [(Action.ADDED, ""), (Action.ADDED, "")]
    assert [planned.entry.added for planned in plan.entries] == [1000, 5]
    assert len({planned.entry.id for planned in plan.entries}) == 2
    assert {planned.target for planned in plan.entries} == {"new"}
    assert plan.summary == "2 added"


def test_the_same_list_has_the_same_ids_each_time():
    assert plan_of(Entry("New", "new.org")).entries == plan_of(Entry("New", "new.org")).entries


def test_same_host_and_port_is_the_same_board():
    plan = plan_of(Entry("Whatever", "XIBALBA.example.", 44510))

    assert told(plan) == [(Action.SKIPPED, "same host and port as 'Xibalba'; nothing new")]


def test_the_same_name_and_a_similar_host_is_the_same_board():
    plan = plan_of(
        Entry("The Cave", "cave.org", 2323), Entry("Cave", "elsewhere.net"), Entry("Hole", "cave.org", 99)
    )

    assert told(plan) == [
        (Action.SKIPPED, "same name and similar host as 'Cave BBS' of world; nothing new"),
        (Action.ADDED, ""),
        (Action.ADDED, ""),
    ]


def test_a_duplicate_gives_what_is_not_said_yet_and_overwrites_nothing():
    plan = plan_of(
        Entry(
            "X",
            "xibalba.example",
            44510,
            comment="their words",
            tags=("ansi", "ftn"),
            user="ann",
            encoding="cp866",
        )
    )

    (planned,) = plan.entries
    assert planned.action is Action.MERGED
    assert planned.reason == "same host and port as 'Xibalba'; gives it user, encoding, tags"
    assert planned.entry == MINE_XI.changed(user="ann", encoding="cp866", tags=("ftn", "ansi"))
    assert (planned.target, planned.before) == (MINE, MINE_XI)


def test_a_screen_is_taken_whole_or_not_at_all():
    petscii = MINE_XI.changed(terminal="petscii")

    plan = plan_of(
        Entry("X", "xibalba.example", 44510, encoding="cp866", size="80x50"), existing=[(MINE, petscii)]
    )

    assert told(plan) == [(Action.SKIPPED, "same host and port as 'Xibalba'; nothing new")]


def test_duplicates_within_a_list_are_one_entry():
    plan = plan_of(
        Entry("A", "a.org"), Entry("A again", "a.org", comment="more"), Entry("A", "a.org", comment="x")
    )

    assert told(plan) == [
        (Action.ADDED, ""),
        (Action.SKIPPED, "same host and port as line 1; gives it comment"),
        (Action.SKIPPED, "same host and port as line 1; nothing new"),
    ]
    assert plan.entries[0].entry.comment == "more"
    assert plan.added == 1


def test_several_duplicates_of_one_entry_add_up():
    plan = plan_of(
        Entry("X", "xibalba.example", 44510, user="ann"), Entry("X", "xibalba.example", 44510, notes="long")
    )

    assert [planned.action for planned in plan.entries] == [Action.MERGED, Action.MERGED]
    assert plan.entries[1].entry == MINE_XI.changed(user="ann", notes="long")


def test_a_board_of_a_list_is_copied_when_it_is_wanted_among_ones_own():
    plan = plan_of(Entry("Cave", "bbs.cave.org", user="ann"), target=MINE)

    (planned,) = plan.entries
    assert (planned.action, planned.target) == (Action.ADDED, MINE)
    assert planned.entry == LISTED.changed(user="ann")
    assert planned.reason == "same host and port as 'Cave BBS' of world; copied"


def test_sums_come_along_with_what_is_added():
    reading = Reading([Found(Entry("A", "a.org"), 1, Stats(3, 99)), Found(Entry("B", "b.org"), 2)])

    plan = make_plan(reading, [], target="x", source="x", now=1)

    assert plan.stats == {plan.entries[0].entry.id: Stats(3, 99)}


def test_what_is_not_taken_is_said():
    plan = plan_of(secrets=3, left_out={"paths": 1}, bad=[Bad(7, "port must be")], more_bad=2)

    assert plan.remarks == ["3 passwords in this file were not imported", "never imported: 1 paths"]
    assert plan.summary == "0 added, 3 not readable"
    assert plan_of(secrets=1).remarks == ["1 password in this file was not imported"]
