"""A message between workers, as bytes: JSON with a limit, and nothing believed that was not looked at."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bbsterm import limits

__all__ = ["Envelope", "pack", "unpack"]

_VERSION: Final = 1
_NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")
_TOPIC: Final = re.compile(r"[a-z0-9_-]{1,40}(\.[a-z0-9_-]{1,40}){0,3}")
_MOST_VALUES: Final = 32


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who says something, to whom, and what: flat, and made of strings."""

    worker: str
    topic: str
    message: Mapping[str, str]


def pack(envelope: Envelope) -> bytes:
    """The envelope for the wire.

    Raises:
        ValueError: It is larger than `limits.MAX_BUS_MESSAGE`.
    """
    fields = {
        "v": _VERSION,
        "from": envelope.worker,
        "topic": envelope.topic,
        "message": dict(envelope.message),
    }
    data = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    if len(data) > limits.MAX_BUS_MESSAGE:
        raise ValueError(f"a message between workers has at most {limits.MAX_BUS_MESSAGE} bytes")
    return data


def unpack(data: bytes) -> Envelope | None:
    """What came over the wire; None where it is not one of ours."""
    if len(data) > limits.MAX_BUS_MESSAGE:
        return None
    try:
        fields = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict) or fields.get("v") != _VERSION:
        return None
    worker, topic, message = fields.get("from"), fields.get("topic"), fields.get("message")
    if not (isinstance(worker, str) and _NAME.fullmatch(worker)):
        return None
    if not (isinstance(topic, str) and _TOPIC.fullmatch(topic)):
        return None
    if not isinstance(message, dict) or len(message) > _MOST_VALUES:
        return None
    if not all(isinstance(value, str) for value in message.values()):
        return None
    return Envelope(worker, topic, message)
