"""The inputs of an Adaptive Card 1.5: each with a label, and an error message if required (PURE).

Teams checks what is required before it sends a press; it cannot require one field because of
another, and it sends nothing at all for a field that a person emptied. A value given here is what
the person sees in the field, people's words included: it is shown as typed.

Shapes: Microsoft's Adaptive Cards schema and its page on people pickers in Teams.
"""

from collections.abc import Sequence
from dataclasses import KW_ONLY
from datetime import date
from typing import Any, Literal

from cards.elements import BREAK, Element, harmless
from cards.parts import Part


class Input(Element):
    """A question. `id` is the name its answer comes back under."""

    id: str
    _: KW_ONLY
    label: str
    is_required: bool | None = None
    error_message: str | None = None

    def check(self) -> None:
        if not self.label.strip():
            raise ValueError(f"The input {self.id} needs a label.")
        if self.is_required and not (self.error_message or "").strip():
            raise ValueError(f"The input {self.id} is required, so it needs an error message.")


class TextInput(Input):
    """A line or a box of text. Say the limit in the label too: some clients do not hold it."""

    element_type = "Input.Text"
    _: KW_ONLY
    value: str | None = None
    placeholder: str | None = None
    is_multiline: bool | None = None
    max_length: int | None = None
    style: Literal["text", "tel", "url", "email"] | None = None


class Choice(Part):
    """One answer of a ChoiceInput: what people read, and what is sent."""

    title: str
    value: str


def choice(value: str, title: str) -> Choice:
    """A choice. Its title may hold a name: links, macros and mentions in it do nothing."""
    return Choice(harmless(title).replace("](", "]" + BREAK + "("), value)


class PeopleQuery(Part):
    """Where a people picker looks. What comes back are Entra object ids, comma-separated."""

    element_type = "Data.Query"
    dataset: Literal[
        "graph.microsoft.com/users", "graph.microsoft.com/users?scope=currentContext"
    ] = "graph.microsoft.com/users"


class ChoiceInput(Input):
    """One answer, or several, out of given ones; with a `query` out of the directory.

    A chosen person must also be among `choices`, or the picker shows their id instead of a name.
    """

    element_type = "Input.ChoiceSet"
    choices: Sequence[Choice] = ()
    _: KW_ONLY
    value: str | Sequence[str] | None = None
    style: Literal["compact", "expanded", "filtered"] | None = None
    is_multi_select: bool | None = None
    placeholder: str | None = None
    wrap: bool = True
    query: PeopleQuery | None = None

    def check(self) -> None:
        super().check()
        if not self.choices and not self.query:
            raise ValueError(f"The input {self.id} has nothing to choose from.")
        if isinstance(self.value, list | tuple):
            self.value = self._joined(self.value)

    def render(self) -> dict[str, Any]:
        """A fresh dict; the query's key is the one with a dot in it."""
        shape = super().render()
        return {"choices.data" if name == "query" else name: shape[name] for name in shape}

    def _joined(self, values: Sequence[str]) -> str:
        if not self.is_multi_select:
            raise ValueError(f"The input {self.id} takes one value.")
        if any("," in value for value in values):
            raise ValueError(f"The input {self.id} parts its values by commas.")
        return ",".join(values)


def people(
    id: str,
    *,
    label: str,
    chosen: Sequence[Choice] = (),
    team_only: bool = False,
    is_multi_select: bool = True,
    is_required: bool | None = None,
    error_message: str | None = None,
    placeholder: str | None = None,
) -> ChoiceInput:
    """A people picker over the directory, or over the members of the chat or team it stands in."""
    scope = PeopleQuery(
        dataset="graph.microsoft.com/users?scope=currentContext"
        if team_only
        else "graph.microsoft.com/users"
    )
    return ChoiceInput(
        id,
        chosen,
        label=label,
        value=",".join(person.value for person in chosen) or None,
        style="filtered",
        is_multi_select=is_multi_select,
        is_required=is_required,
        error_message=error_message,
        placeholder=placeholder,
        query=scope,
    )


class DateInput(Input):
    """A day. Comes back as YYYY-MM-DD."""

    element_type = "Input.Date"
    _: KW_ONLY
    value: date | None = None
    min: date | None = None
    max: date | None = None
