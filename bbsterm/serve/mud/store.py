"""The file that characters are kept in: JSON, replaced at one stroke, so that it is never half written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from bbsterm.book.files import make_folder, read_regular, replace
from bbsterm.errors import BookError, StorageError
from bbsterm.limits import MAX_MUD_CHARACTERS, MAX_MUD_FILE, MAX_MUD_WEAPONS
from bbsterm.serve.mud.things import FISTS, Player
from bbsterm.serve.mud.world import World

__all__ = ["Store"]

_VERSION: Final = 1


class Store:
    """Characters by name, in a file or in memory.

    Args:
        path: Read at once, if it is there; None keeps everything in memory.

    Raises:
        StorageError: The file cannot be read, or is not one of ours. It is left as it is.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._kept: dict[str, dict[str, Any]] = {}
        if path is not None:
            self._kept = _read(path)

    def load(self, name: str, world: World) -> Player:
        """The character of that name, or a new one. What is not in this world any more is left out."""
        kept = self._kept.get(name, {})
        player = Player(name, world.start)
        room = kept.get("room")
        if isinstance(room, int) and room in world.rooms:
            player.room = room
        player.experience = _count(kept.get("experience"), 0)
        player.health = min(_count(kept.get("health"), player.most_health), player.most_health)
        names = kept.get("weapons")
        names = names[:MAX_MUD_WEAPONS] if isinstance(names, list) else []
        player.weapons = [world.weapons[name] for name in names if name in list(world.weapons)]
        wielded = kept.get("wielded")
        player.wielded = next((weapon for weapon in player.weapons if weapon.name == wielded), FISTS)
        return player

    def keep(self, player: Player) -> None:
        """Remember a character; `save` writes it. The one not played for longest makes room."""
        self._kept.pop(player.name, None)
        self._kept[player.name] = {
            "room": player.room,
            "experience": player.experience,
            "health": player.health,
            "weapons": [weapon.name for weapon in player.weapons],
            "wielded": player.wielded.name,
        }
        while len(self._kept) > MAX_MUD_CHARACTERS:
            del self._kept[next(iter(self._kept))]

    def dump(self) -> bytes:
        """Everything, as it is written to the file."""
        document = {"version": _VERSION, "characters": self._kept}
        return json.dumps(document, ensure_ascii=False, indent=1).encode()

    def save(self, data: bytes | None = None) -> None:
        """Write the file, or what `dump` said a moment ago: that part may be done in a thread.

        Raises:
            StorageError: It cannot be written; what it was before is still there.
        """
        if self._path is None:
            return
        try:
            make_folder(self._path.parent)
            replace(self._path, self.dump() if data is None else data)
        except BookError as error:
            raise StorageError(self._path, str(error)) from error
        except OSError as error:
            raise StorageError(self._path, error.strerror or str(error)) from error


def _read(path: Path) -> dict[str, dict[str, Any]]:
    try:
        document = json.loads(read_regular(path, MAX_MUD_FILE))
    except FileNotFoundError:
        return {}
    except BookError as error:
        raise StorageError(path, str(error)) from error
    except (ValueError, RecursionError) as error:
        raise StorageError(path, f"no file of characters: {error}") from error
    characters = document.get("characters") if isinstance(document, dict) else None
    if not isinstance(characters, dict):
        raise StorageError(path, "no file of characters")
    if document.get("version") != _VERSION:
        raise StorageError(path, f"its version is {document.get('version')!r}, and {_VERSION} is understood")
    return {name: kept for name, kept in characters.items() if isinstance(kept, dict)}


def _count(value: object, otherwise: int) -> int:
    return value if isinstance(value, int) and 0 <= value < 10**9 else otherwise
