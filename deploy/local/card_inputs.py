"""What pressing a button on a card sends, by the renderer's own rules.

The inputs that belong to a button are checked first (required, pattern, range, known choices);
then their values are laid over the button's data. An emptied input is not sent at all.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

Node = dict[str, Any]
People = Callable[[str], frozenset[str]]
"""The Entra object ids that a people picker offers for a data set's name."""

_PRESSABLE: Final = frozenset({"Action.Execute", "Action.Submit"})
_NOT_SHOWN: Final = frozenset({"data", "fallback", "refresh", "authentication"})
_NO_MESSAGE: Final = "This input is not filled in as it should be."


@dataclass(frozen=True)
class Button:
    """A button of a card, and the inputs whose values go with it."""

    action: Node
    inputs: tuple[Node, ...]


def buttons(card: Node) -> list[Button]:
    """Every button that reaches the bot, in reading order, those inside folded cards included."""
    return list(_buttons(card, tuple(_inputs(card))))


def _buttons(node: Any, inputs: tuple[Node, ...]) -> Iterator[Button]:
    for child in _children(node):
        kind = child.get("type") if isinstance(child, dict) else None
        if kind in _PRESSABLE:
            yield Button(child, () if _takes_none(child) else inputs)
        elif kind == "Action.ShowCard":
            folded = child.get("card") or {}
            yield from _buttons(folded, (*inputs, *_inputs(folded)))
        else:
            yield from _buttons(child, inputs)


def _takes_none(action: Node) -> bool:
    return str(action.get("associatedInputs", "")).lower() == "none"


def _inputs(node: Any) -> Iterator[Node]:
    """Inputs of this card, but not those of a card folded inside it."""
    for child in _children(node):
        kind = str(child.get("type", "")) if isinstance(child, dict) else ""
        if kind.startswith("Input."):
            yield child
        elif not kind.startswith("Action."):
            yield from _inputs(child)


def _children(node: Any) -> Iterator[Any]:
    if isinstance(node, dict):
        yield from (value for name, value in node.items() if name not in _NOT_SHOWN)
    elif isinstance(node, list):
        yield from node


def find(card: Node, wanted: int | str) -> Button | None:
    """The button at this place (from 0), or with this id, verb or title, in that order of trust."""
    found = buttons(card)
    if isinstance(wanted, int):
        return found[wanted] if 0 <= wanted < len(found) else None
    for name in ("id", "verb", "title"):
        for button in found:
            if button.action.get(name) == wanted:
                return button
    return None


def find_by_verb(card: Node, verb: str, data: Mapping[str, Any]) -> Button | None:
    """The first button with this verb whose own data holds all of `data`."""
    for button in buttons(card):
        own = button.action.get("data") or {}
        if button.action.get("verb") == verb and data.items() <= own.items():
            return button
    return None


def filled(inputs: tuple[Node, ...], given: Mapping[str, Any]) -> dict[str, str]:
    """The values that would be sent: what was given, else what the card holds; nothing empty."""
    values = {one["id"]: _text(given.get(one["id"], _standing(one))) for one in inputs}
    return {name: value for name, value in values.items() if value}


def _standing(one: Node) -> Any:
    """The value an input has before anyone touches it."""
    off = one.get("valueOff", "false") if one.get("type") == "Input.Toggle" else ""
    return one.get("value", off)


def _text(value: Any) -> str:
    """A value as cards send it: lists joined by commas, truth in lower case."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return ",".join(str(item) for item in value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def problems(inputs: tuple[Node, ...], given: Mapping[str, Any], people: People) -> dict[str, str]:
    """What the renderer would say beside each input, by input id; empty where a press may go."""
    values = filled(inputs, given)
    known = {one["id"] for one in inputs}
    wrong = {name: "The card has no such input." for name in given if name not in known}
    for one in inputs:
        if not _holds(one, values.get(one["id"], ""), people):
            wrong[one["id"]] = one.get("errorMessage") or _NO_MESSAGE
    return wrong


def _holds(one: Node, value: str, people: People) -> bool:
    """Whether an input may be sent with this value."""
    if not value:
        return not one.get("isRequired", False)
    check = _CHECKS.get(str(one.get("type")))
    return check is None or check(one, value, people)


def _text_holds(one: Node, value: str, _: People) -> bool:
    pattern, longest = one.get("regex"), one.get("maxLength")
    matches = pattern is None or re.search(pattern, value) is not None
    return matches and (longest is None or len(value) <= longest)


def _choice_holds(one: Node, value: str, people: People) -> bool:
    offered = {choice["value"] for choice in one.get("choices", [])}
    query = one.get("choices.data") or {}
    if query.get("type") == "Data.Query":
        offered |= people(str(query.get("dataset", "")))
    chosen = value.split(",") if one.get("isMultiSelect") else [value]
    return set(chosen) <= offered


def _number_holds(one: Node, value: str, _: People) -> bool:
    try:
        number = float(value)
    except ValueError:
        return False
    lowest, highest = one.get("min", number), one.get("max", number)
    return bool(lowest <= number <= highest)


def _date_holds(one: Node, value: str, _: People) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return bool(one.get("min", value) <= value <= one.get("max", value))


def _toggle_holds(one: Node, value: str, _: People) -> bool:
    """A required tick box has to be ticked; any has one of its two values."""
    on, off = one.get("valueOn", "true"), one.get("valueOff", "false")
    return value in ({on} if one.get("isRequired") else {on, off})


_CHECKS: Final[dict[str, Callable[[Node, str, People], bool]]] = {
    "Input.Text": _text_holds,
    "Input.ChoiceSet": _choice_holds,
    "Input.Number": _number_holds,
    "Input.Date": _date_holds,
    "Input.Toggle": _toggle_holds,
}


def composed(button: Button, given: Mapping[str, Any], *, forged: bool = False) -> Node:
    """The action as it is sent: its own data with the inputs' values laid over it.

    `forged` also sends values for inputs that the card does not have.
    """
    extra = {name: _text(value) for name, value in given.items() if forged and _text(value)}
    action = button.action
    own = action.get("data")
    data = {**(own if isinstance(own, dict) else {}), **filled(button.inputs, given), **extra}
    kept = ("type", "id", "title", "verb")
    named: Node = {name: action[name] for name in kept if name in action}
    return named | {"data": data}


def as_old_client(button: Button) -> Button:
    """The button as a client without `Action.Execute` has it: its `Action.Submit` fallback."""
    fallback = button.action.get("fallback")
    if button.action.get("type") == "Action.Submit" or not isinstance(fallback, dict):
        return button
    return Button(fallback, button.inputs)
