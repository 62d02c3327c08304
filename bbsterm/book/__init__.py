"""The address book: entries, imported lists, search, history, import and export.

For the floors above, everything is on one object. Every call is synchronous and takes milliseconds; nothing
here may be called from two threads at once::

    paths = BookPaths.under(config_folder, state_folder)
    with Book.open(paths) as book:
        for notice in book.notices:            # "dialing.toml:123: port must be 1..65535, found 99999"
            print(notice, notice.hint)
        rows = book.search("xib tag:ftn", Sort.NAME, view="favourites")
        entry = book.add(Entry("Xibalba", "xibalba.example", 44510))
        entry = book.edit(entry, encoding="utf-8", tags=("ftn",))
        entry = book.favourite(entry)
        book.delete(entry)                      # the toast: book.undo_label
        book.undo()
        book.record_call(entry, address=entry.address, started=..., seconds=..., result="hung up")
        book.history(entry)
        book.log.pin(host, port)                # TLS keys, probes: see `history.History`
        if book.changed_on_disk():
            book.reload()

* `Row` is a line of the dialer: entry, list, calls, last call, bytes. `book.probe(row.entry)` is its dot.
* `Sort` are the sort profiles, `book.views()` the virtual lists, `book.tags()` the tags.
* An entry of an imported list (`row.list`) becomes the user's own when it is edited or starred.
* The demo board (`DEMO`, protocol "demo") is a row with ``list=None``.
* The form: `fields.FIELDS` and `fields.check(name, value)` for live validation, `entry.PRESETS`, `TERMINALS`.
* A call: `entry.callable`, `entry.address`, `entry.machine.kind`, `entry.charset`, `entry.dimensions()`.
* Importing: `importers.read_source(path)`, `book.plan_import(...)`, show the plan, `book.apply_import(plan)`.
* Exporting: `exporters.write(rows, "csv")`.

What cannot be done raises `BookError` and changes nothing; `BookConflictError` where an editor changed the
same field meanwhile. A file that cannot be read raises nothing: `book.broken` and `book.notices` tell, the
entries of the last good version are shown, and the file is set aside untouched before anything is saved in
its place.
"""

from __future__ import annotations

from bbsterm.book.book import Book
from bbsterm.book.changes import AT_END
from bbsterm.book.document import Notice
from bbsterm.book.entry import DEMO, PRESETS, TERMINALS, Entry
from bbsterm.book.fields import FIELDS, FieldError, check
from bbsterm.book.history import CallRecord, Pin, Probe, Stats
from bbsterm.book.journal import Trashed
from bbsterm.book.lists import ListInfo
from bbsterm.book.paths import BookPaths
from bbsterm.book.search import MINE, Row, Sort, View

__all__ = [
    "AT_END",
    "DEMO",
    "FIELDS",
    "MINE",
    "PRESETS",
    "TERMINALS",
    "Book",
    "BookPaths",
    "CallRecord",
    "Entry",
    "FieldError",
    "ListInfo",
    "Notice",
    "Pin",
    "Probe",
    "Row",
    "Sort",
    "Stats",
    "Trashed",
    "View",
    "check",
]
