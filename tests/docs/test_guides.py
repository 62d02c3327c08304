"""Every program in the guides is run; where a ```text block follows, that is what it prints."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest
import trustme

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "docs" / "telnet.md", *sorted((ROOT / "docs" / "guide").glob("*.md"))]
BLOCK = re.compile(
    r"^```python\n(?P<code>.*?)^```\n(?:\n```text\n(?P<output>.*?)^```\n)?", re.MULTILINE | re.DOTALL
)
LINK = re.compile(r"\]\((?!https?:)(?P<path>[^)#]+)")


def programs():
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for found in BLOCK.finditer(text):
            line = text.count("\n", 0, found.start()) + 2
            where = f"{page.relative_to(ROOT)}:{line}"
            yield pytest.param(found["code"], found["output"], line, page, id=where)


@pytest.fixture(scope="session")
def certificates(tmp_path_factory):
    """cert.pem and key.pem for localhost, and ca.pem that vouches for them."""
    folder = tmp_path_factory.mktemp("certificates")
    ca = trustme.CA()
    server = ca.issue_cert("localhost", "127.0.0.1")
    ca.cert_pem.write_to_path(folder / "ca.pem")
    server.private_key_pem.write_to_path(folder / "key.pem")
    for part in server.cert_chain_pems:
        part.write_to_path(folder / "cert.pem", append=True)
    return folder


@pytest.mark.parametrize(("code", "output", "line", "page"), list(programs()))
def test_the_program_does_what_the_page_says(code, output, line, page, certificates, monkeypatch):
    monkeypatch.chdir(certificates)
    printed = io.StringIO()
    program = compile("\n" * (line - 1) + code, str(page), "exec")

    with contextlib.redirect_stdout(printed):
        exec(program, {"__name__": "__main__"})

    if output is not None:
        assert [row.rstrip() for row in printed.getvalue().rstrip().splitlines()] == [
            row.rstrip() for row in output.rstrip().splitlines()
        ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")

    lost = [found["path"] for found in LINK.finditer(text) if not (page.parent / found["path"]).exists()]

    assert lost == []
