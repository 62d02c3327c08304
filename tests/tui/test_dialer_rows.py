from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from bbsterm.tui.dialer_rows import fit, fit_place


@pytest.mark.parametrize(
    ("place", "width", "shown"),
    [
        ("host.example:23", 24, "host.example:23"),
        ("host982.example.org:1982", 23, "host982.example.o…:1982"),
        ("[2001:db8::1]:2323", 12, "[2001:…:2323"),
        ("demo", 3, "demo"),  # no port: cut where the column ends
        ("host.example:23", 5, "host.example:23"),
    ],
)
def test_a_place_that_is_too_long_keeps_its_port(place, width, shown):
    assert fit_place(place, width) == shown


@given(st.text(max_size=40), st.integers(0, 40))
def test_a_column_is_as_wide_as_it_is(text, width):
    printable = "".join(char for char in text if char.isprintable())
    assert cell_len(fit(fit_place(printable, width), width)) == width
