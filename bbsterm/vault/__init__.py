"""Where passwords are kept, and how one is fetched: the only package that touches them.

The book holds references only (``"keyring"``, ``"ask"``, ``"command"``, ``"file:NAME"``, ``"env:NAME"``,
``"plain:NAME"``). `Secrets.fetch` makes a `bbsterm.secret.Secret` of one; `bbsterm.session.login` decides
whether this call may have it.
"""

from __future__ import annotations

from bbsterm.vault.references import KINDS, Owner, Reference, default_reference, parse_reference
from bbsterm.vault.routes import CONSENT, Ask, Question, Route
from bbsterm.vault.secrets import Secrets, open_secrets

__all__ = [
    "CONSENT",
    "KINDS",
    "Ask",
    "Owner",
    "Question",
    "Reference",
    "Route",
    "Secrets",
    "default_reference",
    "open_secrets",
    "parse_reference",
]
