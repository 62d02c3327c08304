"""The guide page says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bbsterm.book.document import parse
from bbsterm.book.fields import FIELDS
from bbsterm.book.importers import IMPORTERS

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "address-book.md"


@pytest.fixture(scope="module")
def guide():
    return GUIDE.read_text()


def test_every_key_is_in_the_table(guide):
    table = guide.partition("| key | what |")[2].partition("\n\n")[0]
    keys = {
        key
        for row in table.split("\n")
        for key in re.findall(r"`(\w+)`", row.split("|")[1] if "|" in row else "")
    }

    assert keys == {field.name for field in FIELDS} | {"address"}


def test_every_format_is_in_the_table(guide):
    table = guide.partition("| `--format` |")[2].partition("\n\n")[0]

    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == {
        importer.name for importer in IMPORTERS
    }


def test_the_example_is_a_book_without_mistakes(guide):
    example = guide.partition("```toml\n")[2].partition("```")[0]

    document = parse(example, Path("dialing.toml"))
    assert document.notices == ()
    assert document.complete
    assert [entry.address for entry in document.entries()] == [
        "xibalba.example:44510",
        "telnets://attic.example.org:992",
    ]
