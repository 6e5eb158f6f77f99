"""Scenes that several plays begin with: the app is there, a review is set up, it starts."""

from collections.abc import Iterable
from typing import Any

from eocif.sample import load
from tests.scenarios.play import Cast, Person

PROVIDER = "Northmoor and Elmsworth NHS Foundation Trust"
NOT_AT_FIRST = frozenset({"joan"})  # in the team, and asked to join later
BUT_A_FEW = NOT_AT_FIRST | {"ruth", "peter", "kasia", "sunil"}  # where five people will do
TOLD = "Experience of care review: your areas for this week"
DIGEST = "Experience of care reviews: your weekly digest"


def everyone_has_the_app(cast: Cast) -> None:
    """In the team and for each person; the welcomes are read."""
    cast.install_everywhere()
    cast.hears()


def picks(lead: Person, perspective: str, keys: Iterable[str]) -> str:
    """From the group's card: add people who speak from a perspective, and come back."""
    ids = [load().person(key).entra_id for key in keys]
    lead.presses(_add(lead, perspective), where={"perspective": perspective})
    lead.presses("Add these people", people=",".join(ids))
    return lead.presses("Back to the group")


def _add(lead: Person, perspective: str) -> str:
    """A perspective's button says whether anyone is there yet."""
    rows = lead.buttons()
    return next(
        str(each["title"]) for each in rows
        if (each.get("data") or {}).get("perspective") == perspective
    )  # fmt: skip


def the_group_is_chosen(lead: Person, without: Iterable[str] = NOT_AT_FIRST) -> None:
    """Everyone of the sample but some, by the perspective each speaks from."""
    speaking: dict[str, list[str]] = {}
    for one in load().people:
        if one.has_teams and one.key not in without:
            speaking.setdefault(one.perspectives[0], []).append(one.key)
    for perspective, keys in speaking.items():
        picks(lead, perspective, keys)
    if "amina" not in without:
        names_function(lead, "experience_of_care")


def names_function(lead: Person, function: str) -> None:
    """Say which named function the one person of that perspective speaks for."""
    lead.presses("Change", where={"perspective": "named_functions"})
    lead.presses("Change", where={"step": "member"})
    lead.presses("Save this person", named_function=function)


def doris_joins(lead: Person) -> str:
    """From the group's card: add the one who takes part without Teams."""
    doris = load().person("doris")
    lead.presses("Add someone without Teams")
    return lead.presses(
        "Add this person", name=doris.name, perspective=doris.perspectives[0], needs=doris.needs
    )


def leads_sections(lead: Person, **names: str) -> str:
    """From the area leads' card: name who leads sections, by the start of a name."""
    chosen = {
        field: next(each["value"] for each in lead.choices(field) if each["title"].startswith(name))
        for field, name in names.items()
    }
    return lead.presses("Save and go on", **chosen)


def a_review_is_ready(cast: Cast, *, scope: str = "1,2,3", pace: str = "3", start_on: str = "",
    without: Iterable[str] = NOT_AT_FIRST,
) -> Person:  # fmt: skip
    """Amina has set up a review of some areas of section 1, Tom leading them; she may start it."""
    everyone_has_the_app(cast)
    (amina,) = cast("amina")
    amina.says("start a review")
    amina.presses("Save and go on", provider=PROVIDER)
    others = {f"section_{number}": "" for number in range(2, 6)}
    amina.presses("Save and go on", section_1=scope, **others)
    amina.presses("Save and go on", pace=pace, **({"start_on": start_on} if start_on else {}))
    the_group_is_chosen(amina, without)
    doris_joins(amina)
    amina.presses("Go on to area leads")
    leads_sections(amina, lead_1="Tom")
    return amina


def a_review_has_begun(cast: Cast, **how: Any) -> Person:
    """The same review on its first Monday at 9am, when everyone has been asked."""
    amina = a_review_is_ready(cast, **how)
    amina.presses("Start the review")
    cast.time.goes_to("2026-11-30 09:00")
    return amina


def first_message(person: Person) -> str:
    """The first week's message."""
    return next(str(each["id"]) for each in person.messages() if each["alert"])
