"""What a writer insists on: ``writer.always_do.add(MSDP)``, four sets of options that change the policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableSet
from dataclasses import replace
from typing import Any, Final, Literal

from bbsterm.protocol import Connection
from bbsterm.telopt import name_commands

__all__ = ["Insisted"]

_ACCEPTING: Final = frozenset({"always_will", "always_do"})

_Field = Literal["always_will", "always_do", "always_wont", "always_dont"]


class Insisted(MutableSet[bytes]):
    """One of `Policy`'s lists, for one connection, as a set of options that can be changed.

    What is added counts from the peer's next question on; nothing is asked because of it: that does `iac`.
    A MUD's option that is added to what we agree to is also understood.
    """

    __slots__ = ("_connection", "_field")

    def __init__(self, connection: Connection, field: _Field) -> None:
        self._connection = connection
        self._field: _Field = field

    @property
    def _codes(self) -> frozenset[int]:
        codes: frozenset[int] = getattr(self._connection.policy, self._field)
        return codes

    def _put(self, codes: frozenset[int]) -> None:
        changed: dict[str, Any] = {self._field: codes}
        self._connection.insist(replace(self._connection.policy, **changed))

    def add(self, value: bytes) -> None:
        """Insist on an option, a byte as in `bbsterm.telopt`."""
        self._put(self._codes | {value[0]})
        if self._field in _ACCEPTING:
            self._learn(value[0])

    def _learn(self, code: int) -> None:
        from bbsterm.protocol.options import MUD  # here, not above: few connections ever insist

        for kind in MUD:
            if kind.code == code:
                self._connection.learn(kind)

    def discard(self, value: bytes) -> None:
        """Do not insist on it any more."""
        self._put(self._codes - {value[0]})

    def replace(self, options: Iterable[bytes]) -> None:
        """Insist on these, and on no others."""
        wanted = list(options)
        self._put(frozenset())
        self.update(wanted)

    def update(self, options: Iterable[bytes]) -> None:
        """Add them all."""
        for option in options:
            self.add(option)

    def __contains__(self, value: object) -> bool:
        return isinstance(value, bytes) and len(value) == 1 and value[0] in self._codes

    def __iter__(self) -> Iterator[bytes]:
        return (bytes((code,)) for code in sorted(self._codes))

    def __len__(self) -> int:
        return len(self._codes)

    def __repr__(self) -> str:
        return f"<{self._field}: {', '.join(map(name_commands, self))}>"
