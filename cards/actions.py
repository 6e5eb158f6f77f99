"""What a card does: its buttons, its refresh, and the card itself (PURE).

Every press of ours is an Action.Execute, which Teams answers in place. Older clients send an
Action.Submit instead, as a message: it carries the same data and, under "verb", the verb, so that
one table parses both.

Shapes: Microsoft's pages on universal actions, on refresh and on card formatting in Teams.
"""

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from cards.elements import Action, ActionSet, Container, Element, at_most_six, https_only
from cards.parts import Part, plain

Data: TypeAlias = Mapping[str, Any]
"""What a button sends: JSON values under text keys, beside the card's inputs."""

NO_DATA: Data = MappingProxyType({})

MOST_REFRESHED = 60
"""Teams refreshes a card for this many people and refuses a longer list."""


class Submit(Action):
    """An old client's press; only ever the fallback of an Execute."""

    element_type = "Action.Submit"
    _: KW_ONLY
    data: Data
    associated_inputs: Literal["auto", "none"]


class Execute(Action):
    """A press. The card's inputs go with it, and must be valid, unless `associated_inputs="none"`.

    Raises ValueError for data that holds a "verb" of its own.
    """

    element_type = "Action.Execute"
    _: KW_ONLY
    verb: str
    data: Data = NO_DATA
    associated_inputs: Literal["auto", "none"] = "auto"

    def check(self) -> None:
        super().check()
        if not self.verb or "verb" in self.data:
            raise ValueError("A press needs a verb, and its data none.")
        self.data = plain(self.data)

    def render(self) -> dict[str, Any]:
        """A fresh dict, with the same press for clients that only know Action.Submit."""
        old = Submit(
            self.title,
            data={**self.data, "verb": self.verb},
            associated_inputs=self.associated_inputs,
            style=self.style,
        )
        return {**super().render(), "fallback": old.render()}


class ToggleVisibility(Action):
    """Shows what is hidden and hides what is shown; sends nothing."""

    element_type = "Action.ToggleVisibility"
    target_elements: Sequence[str]


class OpenUrl(Action):
    """Opens an https address in the browser."""

    element_type = "Action.OpenUrl"
    url: str

    def check(self) -> None:
        super().check()
        https_only(self.url)


def fold(title: str, items: Sequence[Element], id: str) -> Container:
    """Elements folded away behind a button. `id` names what unfolds, once in a card."""
    opener = ActionSet([ToggleVisibility(title, [id])])
    return Container([opener, Container(items, id=id, is_visible=False)])


class RefreshPress(Part):
    """What Teams presses by itself when one of the people opens the card."""

    element_type = "Action.Execute"
    title: str
    verb: str
    data: Data


class Refresh(Part):
    """When Teams asks for a newer card. No list of people means everyone in a small chat."""

    action: RefreshPress
    user_ids: Sequence[str] | None = None


def refresh(verb: str, data: Data, user_ids: Sequence[str] = ()) -> Refresh:
    """Ask for the newest card when one of these people (Teams user ids) opens it.

    A list that is empty or longer than 60 is left out: Teams then refreshes for everyone in a
    chat of up to 60 people, and for others once they press.
    """
    known = user_ids if 0 < len(user_ids) <= MOST_REFRESHED else None
    return Refresh(RefreshPress("Show the newest version", verb, data), known)


class AdaptiveCard(Part):
    """The whole card."""

    element_type = "AdaptiveCard"
    body: Sequence[Element]
    _: KW_ONLY
    actions: Sequence[Action] = ()
    refresh: Refresh | None = None
    speak: str | None = None
    lang: Literal["en"] = "en"
    version: Literal["1.5"] = "1.5"
    fallback_text: str = "This version of Teams cannot show this card. Please update Teams."

    def check(self) -> None:
        at_most_six(self.actions)

    def render(self) -> dict[str, Any]:
        """A fresh dict, with Teams' own key and the schema that editors look up."""
        return {
            **super().render(),
            "msteams": {"width": "full"},
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        }


def card(
    body: Sequence[Element],
    *,
    actions: Sequence[Action] = (),
    refresh: Refresh | None = None,
    speak: str | None = None,
) -> dict[str, Any]:
    """The finished card, ready for `json.dumps`: version 1.5, in English, as wide as Teams allows.

    `speak` is read aloud instead of the card by some clients; leave it out unless it says more.
    """
    return AdaptiveCard(body, actions=actions, refresh=refresh, speak=speak).render()
