"""What holds for every test."""

from __future__ import annotations

import codecs
import contextlib

# telnetlib3, a stranger that some tests call, registers codecs of its own under our names as soon as it is
# imported; "petscii" would then mean one thing or the other depending on which test came first.
with contextlib.suppress(ImportError):
    from telnetlib3 import encodings as theirs

    codecs.unregister(theirs._search_function)
