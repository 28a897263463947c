"""Frozen values that are cheap to define.

``@dataclass(frozen=True, slots=True)`` compiles seven functions a class, which for this layer's
forty classes is a tenth of a start. ``@value`` compiles one and shares the others; to
``dataclasses.replace``, ``fields`` and ``asdict``, and to a type checker, it is a dataclass.
"""

from typing import Any, NoReturn, TypeVar, dataclass_transform

_T = TypeVar("_T")


@dataclass_transform(frozen_default=True)
def value(cls: type[_T]) -> type[_T]:
    """Return ``cls`` as a frozen class with slots, compared and shown by its annotated fields.

    Defaults are shared by all instances, so they must be immutable.
    """
    names = tuple(cls.__annotations__)
    body = {key: item for key, item in cls.__dict__.items() if key not in _DROPPED}
    defaults = {name: body.pop(name) for name in names if name in body}
    body |= _SHARED
    body["__slots__"] = body["__match_args__"] = names
    body["__init__"] = _init(names, defaults)
    body["__dataclass_fields__"] = _LazyFields(defaults)
    made: type[_T] = type(cls.__name__, cls.__bases__, body)
    return made


def _init(names: tuple[str, ...], defaults: dict[str, Any]) -> Any:
    """Compile ``__init__``; slots are set past our own ``__setattr__``."""
    parameters = [f"{name}=_d[{name!r}]" if name in defaults else name for name in names]
    sets = [f" _set(self, {name!r}, {name})" for name in names] or [" pass"]
    source = "\n".join([f"def __init__({', '.join(['self', *parameters])}):", *sets])
    scope: dict[str, Any] = {"_set": object.__setattr__, "_d": defaults}
    exec(source, scope)
    return scope["__init__"]


def _fields(self: Any) -> tuple[Any, ...]:
    return tuple([getattr(self, name) for name in self.__slots__])


def _eq(self: Any, other: object) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return _fields(self) == _fields(other)


def _hash(self: Any) -> int:
    return hash((self.__class__, *_fields(self)))


def _repr(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
    return f"{self.__class__.__qualname__}({shown})"


def _frozen(self: Any, *_: object) -> NoReturn:
    raise AttributeError(f"{type(self).__name__} is frozen")


def _getstate(self: Any) -> tuple[Any, ...]:
    return _fields(self)


def _setstate(self: Any, state: tuple[Any, ...]) -> None:
    for name, item in zip(self.__slots__, state, strict=True):
        object.__setattr__(self, name, item)


class _LazyFields:
    """The ``__dataclass_fields__`` of a class, made when somebody asks."""

    def __init__(self, defaults: dict[str, Any]) -> None:
        self.defaults = defaults

    def __get__(self, _: object, owner: type) -> dict[str, Any]:
        from dataclasses import field, make_dataclass

        kept = self.defaults
        rows: list[Any] = [
            (name, kind, field(default=kept[name]) if name in kept else field())
            for name, kind in owner.__annotations__.items()
        ]
        plain: Any = make_dataclass(owner.__name__, rows)
        made: dict[str, Any] = plain.__dataclass_fields__
        type.__setattr__(owner, "__dataclass_fields__", made)
        return made


_DROPPED = ("__dict__", "__weakref__")
_SHARED: dict[str, Any] = {
    "__eq__": _eq,
    "__hash__": _hash,
    "__repr__": _repr,
    "__setattr__": _frozen,
    "__delattr__": _frozen,
    "__getstate__": _getstate,
    "__setstate__": _setstate,
}
