"""How event classes are made: frozen dataclasses, cheap to define.

`dataclasses` compiles six methods for each frozen class, which took a third of the time that importing the
library takes. Here they are inherited from `Event`, and only ``__init__`` is compiled.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, fields
from typing import Any, NoReturn, TypeVar, dataclass_transform

__all__ = ["Event", "event"]


class Event:
    """Something that happened on the wire, or that we want to happen there."""

    __slots__ = ()
    __match_args__: tuple[str, ...] = ()

    def __repr__(self) -> str:
        shown = (f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
        return f"{type(self).__qualname__}({', '.join(shown)})"

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__match_args__)

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in self.__match_args__)))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __reduce__(self) -> tuple[type[Event], tuple[Any, ...]]:  # for copy and pickle, which would assign
        return type(self), tuple(getattr(self, name) for name in self.__match_args__)


_Made = TypeVar("_Made", bound=Event)


@dataclass_transform(frozen_default=True)
def event(cls: type[_Made]) -> type[_Made]:
    """Make a frozen, slotted dataclass of a class derived from `Event`. Defaults are no factories."""
    made = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    made.__dataclass_params__.frozen = True  # type: ignore[attr-defined]  # `Event` sees to it
    made.__init__ = _initialiser(made)  # type: ignore[method-assign]  # that is the purpose
    return made


def _initialiser(made: type[Event]) -> Callable[..., None]:
    """Compile ``__init__``: it fills the slots directly, because assigning is forbidden."""
    known: dict[str, Any] = {}
    parameters, body = ["self"], ["pass"]
    for field in fields(made):  # type: ignore[arg-type]  # `event` has just made it a dataclass
        known[f"_set_{field.name}"] = getattr(made, field.name).__set__
        known[f"_default_{field.name}"] = field.default
        default = "" if field.default is MISSING else f"=_default_{field.name}"
        parameters.append(field.name + default)
        body.append(f"_set_{field.name}(self, {field.name})")
    exec(f"def __init__({', '.join(parameters)}): {'; '.join(body)}", known)  # names of our own fields
    initialiser: Callable[..., None] = known["__init__"]
    initialiser.__qualname__ = f"{made.__qualname__}.__init__"
    initialiser.__annotations__ = {**{f.name: f.type for f in fields(made)}, "return": None}  # type: ignore[arg-type]  # as above
    return initialiser
