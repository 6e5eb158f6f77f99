"""The top of every card about one area, and where its buttons lead (PURE)."""

from collections.abc import Sequence
from typing import TypeAlias

from cards.actions import Execute, Refresh, refresh
from cards.elements import Container, Element, TextBlock, TextRun, words
from cards.pieces import area_heading, place_data, review_line
from eocif.round_summaries import ConfirmForm
from eocif.summaries import AreaForm

OneForm: TypeAlias = AreaForm | ConfirmForm
"""An area as one person may answer it, in the first round or in a later one."""


def opening(form: OneForm, step: str = "") -> list[Element]:
    """Whose answer, which area of which review, and which step."""
    return [
        *on_behalf(form),
        area_heading(form.area),
        review_line(form.head),
        *_where(form, step),
    ]


def on_behalf(form: OneForm) -> list[Element]:
    """Says that the answer is someone else's, if it is."""
    if not form.for_name:
        return []
    name = TextRun(form.for_name, weight="bolder")
    line = words("You are recording answers for ", name, ".")
    return [Container([line], style="emphasis", bleed=True)]


def _where(form: OneForm, step: str) -> list[Element]:
    many = len(form.place.areas)
    place = f"Area {form.position} of {many} this week." if many > 1 else ""
    return [TextBlock(" ".join(part for part in (step, place) if part))] if step or place else []


def my(form: OneForm) -> str:
    """How a button names the answer: "Change my answer", "Change their answer"."""
    return "their" if form.for_name else "my"


def step_button(form: AreaForm, title: str, step: str, *, primary: bool = False) -> Execute:
    """Opens another card of the same area. What was typed on this one is not saved by it."""
    data = place_data(form.place, form.area.number, step=step)
    return _leave("area.show", data, title, primary=primary)


def next_buttons(form: AreaForm) -> list[Execute]:
    """The next area that is left, if any."""
    return [
        _leave("area.show", place_data(form.place, number), f"Next: area {number}", primary=True)
        for number in form.left[:1]
    ]


def back_button(form: OneForm, *, primary: bool = False) -> Execute:
    """To the first page. Who records for others finds everyone's areas under “my areas”."""
    if form.for_name:
        return _leave("mine.show", {}, "Back to my areas", primary=primary)
    data = place_data(form.place)
    return _leave("week.show", data, "Back to this week's areas", primary=primary)


def _leave(verb: str, data: dict[str, object], title: str, *, primary: bool = False) -> Execute:
    return Execute(
        title,
        verb=verb,
        data=data,
        style="positive" if primary else None,
        associated_inputs="none",
    )


def renewed(form: AreaForm, step: str, for_user: str, typed: Sequence[str] = ()) -> Refresh | None:
    """The card renews itself for its person, unless it holds words that are stored nowhere else."""
    if not for_user or typed:
        return None
    return refresh("area.show", place_data(form.place, form.area.number, step=step), [for_user])
