"""NEW-ENVIRON (RFC 1572): the client's environment variables, well-known (VAR) and others (USERVAR)."""

from __future__ import annotations

from bbsterm.protocol.environ import EnvironOption
from bbsterm.protocol.vocabulary import OptionCode

__all__ = ["NewEnviron"]


class NewEnviron(EnvironOption):
    """The environment as everybody spells it; `EnvironOption` says how to use it."""

    code = OptionCode.NEW_ENVIRON
    source = "RFC 1572"
