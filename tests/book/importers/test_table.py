from __future__ import annotations

import pytest

from bbsterm.book.history import Stats
from bbsterm.book.importers import read_text
from bbsterm.book.importers.table import unquoted
from bbsterm.errors import ImportRefusedError


def entries(text):
    reading = read_text(text, "csv")
    return [found.entry for found in reading.entries], reading


def test_a_header_names_the_columns():
    (entry,), reading = entries(
        "\n\nBBS Name;Telnet Address;Port;Sysop;Software;Location;Tags;Favorite;Password\n"
        '"The ""Cave""";cave.example;2323;Ann;ENiGMA;;ftn, amiga;yes;hunter2\n'
    )

    assert (entry.name, entry.place, entry.comment) == ('The "Cave"', "cave.example:2323", "Ann, ENiGMA")
    assert (entry.tags, entry.favourite) == (("ftn", "amiga"), True)
    assert reading.secrets == 1
    assert reading.entries[0].line == 4


def test_without_one_they_are_name_host_and_port():
    (cave, fun), _ = entries("Cave,cave.example,2323\nFun,fun.example,\n")

    assert (cave.name, cave.place, fun.place) == ("Cave", "cave.example:2323", "fun.example:23")
    assert entries("cave.example,2323\n")[0][0].place == "cave.example:2323"


def test_addresses_may_be_urls():
    (a, b), reading = entries("name,url\nA,telnets://ann:pw@a.org\nB,b.org:99\nC,http://c.org\n")

    assert (a.protocol, a.port, a.user, b.port) == ("telnets", 992, "ann", 99)
    assert reading.secrets == 1
    assert reading.bad[0].line == 4


def test_all_the_columns_that_are_exported_are_read():
    (entry,), reading = entries(
        "name,host,port,protocol,terminal,encoding,size,user,comment,notes,calls,last_call,added\n"
        'A,a.org,99,raw,vt,cp866,132x37,ann,hi,"one\ntwo",7,2026-01-31T12:00:00Z,2026-01-01\n'
    )

    assert (entry.protocol, entry.terminal, entry.encoding, entry.size) == ("raw", "vt", "cp866", "132x37")
    assert (entry.user, entry.comment, entry.notes, entry.added) == ("ann", "hi", "one\ntwo", 1767225600)
    assert reading.entries[0].stats == Stats(7, 1769860800)


@pytest.mark.parametrize(
    ("cell", "meant"), [("'=1+2", "=1+2"), ("'-x", "-x"), ("'quoted", "'quoted"), ("'", "'")]
)
def test_the_quote_of_formulas_is_taken_off(cell, meant):
    assert unquoted(cell) == meant


def test_a_cell_without_bounds_is_refused():
    with pytest.raises(ImportRefusedError, match="is no valid CSV: field larger than field limit"):
        entries("name,host\nx," + "y" * 200_000 + "\n")
