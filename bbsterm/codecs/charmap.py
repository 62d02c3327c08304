"""A character set as a table of 256 characters, and the Python codec that is built from it."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

__all__ = ["UNMAPPED", "Charmap"]

UNMAPPED: Final = "\ufffe"
"""In a table: this byte is no character. Decoding it is an error, as in Python's own code pages."""


@dataclass(frozen=True)
class Charmap:
    """One 8-bit character set.

    Attributes:
        name: As Python knows it after `bbsterm.codecs.install()`: lower case, words joined by ``_``.
        aliases: Other names for it, spelled the same way.
        table: 256 characters, the one for byte 0 first; `UNMAPPED` where a byte has none.
        source: Where the table can be checked.
        also: Further characters that can be encoded though no byte shows exactly them (published tables
            differ about a few glyphs; a text written with either must reach the board).

    Raises:
        ValueError: The table does not have 256 characters.
    """

    name: str
    aliases: tuple[str, ...]
    table: str
    source: str
    also: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.table) != 256:
            raise ValueError(f"{self.name}: a table has 256 characters, not {len(self.table)}")

    @cached_property
    def encoding(self) -> dict[int, int]:
        """Code point to byte. Where two bytes show the same character, the lower is the one we send."""
        own = {ord(char): byte for byte, char in reversed(list(enumerate(self.table))) if char != UNMAPPED}
        return {ord(char): byte for char, byte in self.also.items()} | own

    def decode(self, data: ReadableBuffer, errors: str = "strict") -> str:
        """The characters of `data`, one a byte."""
        return codecs.charmap_decode(data, errors, self.table)[0]

    def encode(self, text: str, errors: str = "strict") -> bytes:
        """The bytes of `text`, one a character."""
        return codecs.charmap_encode(text, errors, self.encoding)[0]

    def codec(self) -> codecs.CodecInfo:
        """The codec for Python's registry, stateless and incremental."""
        table, encoding = self.table, self.encoding

        class Codec(codecs.Codec):
            def encode(self, input: str, errors: str = "strict") -> tuple[bytes, int]:
                return codecs.charmap_encode(input, errors, encoding)

            def decode(self, input: ReadableBuffer, errors: str = "strict") -> tuple[str, int]:
                return codecs.charmap_decode(input, errors, table)

        # One byte is one character, so there is never half of anything to keep between two calls.
        class IncrementalEncoder(codecs.IncrementalEncoder):
            def encode(self, input: str, final: bool = False) -> bytes:
                return codecs.charmap_encode(input, self.errors, encoding)[0]

        class IncrementalDecoder(codecs.IncrementalDecoder):
            def decode(self, input: ReadableBuffer, final: bool = False) -> str:
                return codecs.charmap_decode(input, self.errors, table)[0]

        class StreamWriter(Codec, codecs.StreamWriter):
            pass

        class StreamReader(Codec, codecs.StreamReader):
            pass

        return codecs.CodecInfo(
            Codec().encode,
            Codec().decode,
            StreamReader,
            StreamWriter,
            IncrementalEncoder,
            IncrementalDecoder,
            self.name,
        )
