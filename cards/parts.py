"""How a card's parts are made: strict about what goes in, plain dicts coming out (PURE).

Builds on the `adaptivecards` package, which drops unknown keywords and hands out its live insides.
A class here declares its keys once, as annotations: type checkers read them as keyword arguments,
and the same annotations are enforced when a part is made. Keys are written snake_case in Python
and come out camelCase.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from inspect import get_annotations
from types import UnionType
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Literal,
    Union,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

if TYPE_CHECKING:
    # The package ships no types, and an unknown base class would let every keyword pass mypy.
    class PackageElement:
        """What we use of the package's Element."""

        _data: dict[str, Any]

        def get_data(self, key: str) -> Any: ...
        def set_data(self, key: str, value: Any) -> None: ...

    class PropertyType:
        """What we use of the package's PropertyType."""

        type: Any
        key_name: str

        def __init__(self, type: Any, key_name: str) -> None: ...
else:
    from adaptivecards.baseobject import Element as PackageElement
    from adaptivecards.baseobject import PropertyType


def plain(value: Any) -> Any:
    """A fresh value of JSON types only. TypeError for anything JSON cannot hold."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Part):
        return value.render()
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, Mapping):
        raise TypeError(f"A card cannot hold a {type(value).__name__}.")
    if not all(isinstance(name, str) for name in value):
        raise TypeError("The keys of a card's data are text.")
    return {name: plain(item) for name, item in value.items()}


def judge(annotation: Any) -> Callable[[Any], bool]:
    """Tells which values an annotation allows; knows the forms that card keys are declared in."""
    origin, options = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        allowed = [(type(option), option) for option in options]
        return lambda value: (type(value), value) in allowed
    if origin in (Union, UnionType):
        judges = [judge(option) for option in options]
        return lambda value: any(fits(value) for fits in judges)
    if origin is Sequence:
        fits_one = judge(options[0])
        return lambda value: isinstance(value, list | tuple) and all(map(fits_one, value))
    kind = origin or annotation
    if kind is int:  # True is an int to Python, but "maxLength": true is no card
        return lambda value: isinstance(value, int) and not isinstance(value, bool)
    if kind is date:  # a datetime is a date to Python, but no day to a card
        return lambda value: type(value) is date
    return lambda value: isinstance(value, kind)


class Key(PropertyType):
    """One key of a part: refuses what its annotation does not allow. `None` leaves it out."""

    def __init__(self, name: str, annotation: Any, default: Any) -> None:
        first, *rest = name.split("_")
        super().__init__(annotation, first + "".join(word.capitalize() for word in rest))
        self.fits = judge(annotation)
        self.default = default

    def __set__(self, part: "Part", value: Any) -> None:
        if not self.fits(value):
            raise TypeError(f"{type(part).__name__}: {self.key_name} cannot be {value!r}.")
        part.set_data(self.key_name, value)


@dataclass_transform()
class Part(PackageElement):
    """Anything with keys. `element_type` becomes its "type"; parts without one leave it empty.

    Keys are declared as in a dataclass: those above `KW_ONLY` may be given by position.
    """

    element_type: ClassVar[str] = ""
    keys: ClassVar[dict[str, Key]] = {}
    by_position: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        kinds = get_type_hints(cls)
        own = [name for name in get_annotations(cls) if get_origin(kinds[name]) is not ClassVar]
        positions = own[: own.index("_")] if "_" in own else own
        cls.by_position = (*cls.by_position, *positions)
        made = {name: Key(name, kinds[name], cls.__dict__.get(name, ...)) for name in own}
        made.pop("_", None)
        for name, declared in made.items():
            setattr(cls, name, declared)
        cls.keys = cls.keys | made

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__()
        given = self._named(args, kwargs)
        for name, declared in self.keys.items():
            if name in given:
                setattr(self, name, given[name])
            elif declared.default is ...:
                raise TypeError(f"{type(self).__name__} needs {name}.")
            else:
                self.set_data(declared.key_name, declared.default)
        self.check()

    def _named(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
        """Keyword arguments and positional ones under their names. TypeError for any other."""
        if len(args) > len(self.by_position):
            raise TypeError(f"{type(self).__name__} takes only {self.by_position} by position.")
        named = dict(zip(self.by_position, args, strict=False))
        wrong = sorted(set(kwargs) - set(self.keys) | set(kwargs) & set(named))
        if wrong:
            raise TypeError(f"{type(self).__name__} has no use for {', '.join(wrong)}.")
        return named | kwargs

    def check(self) -> None:
        """Refuse combinations that no single key can judge. Raises ValueError."""

    def render(self) -> dict[str, Any]:
        """A fresh dict for `json.dumps`, without the keys that were left out."""
        shape: dict[str, Any] = {"type": self.element_type} if self.element_type else {}
        for name in (declared.key_name for declared in self.keys.values()):
            if (value := self.get_data(name)) is not None:
                shape[name] = plain(value)
        return shape
