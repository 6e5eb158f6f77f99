"""Set-up, step 1: what the review is called, whose it is and who it reports to (PURE)."""

from collections.abc import Mapping

from cards.elements import Element, TextBlock
from cards.face import Face
from cards.inputs import ChoiceInput, TextInput, choice
from cards.pieces import asked, filled, small
from cards.setup_parts import saved_step
from eocif.rules.set_up import DETAILS, LONGEST_LINE, NONE
from eocif.set_up_summaries import DetailsStep
from eocif.summaries import SILENT, Feedback

_NEEDED = ("title", "provider")
_HINTS: Mapping[str, str] = {
    "division": ", if the review covers only one",
    "executive_lead": " for experience of care",
    "forum": ", such as the quality committee",
    "segment": " for reports, with its date",
}

_OTHERS = "You see names once a round closes. Other members never do."


def details(step: DetailsStep, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """The first step. Only a name and a provider are needed; anything else can wait."""
    body = [
        TextBlock("The review needs a name and a provider. The rest can wait."),
        small(f"Each answer can have up to {LONGEST_LINE} characters."),
        *(part for field in (*_NEEDED, *_HINTS) for part in _line(step, said, field)),
    ]
    if any(step.values.get(field) for field in _HINTS):
        body.append(small(f"To empty one of these, type “{NONE}” in it."))
    body += _see_names(step, said)
    return saved_step("details", step.head, said, body, step.shown, for_user)


def _line(step: DetailsStep, said: Feedback, field: str) -> list[Element]:
    label = DETAILS[field] + _HINTS.get(field, "")
    return asked(said, TextInput(field, label=label, value=filled(said, field, step.values)))


def _see_names(step: DetailsStep, said: Feedback) -> list[Element]:
    question = ChoiceInput(
        "see_names",
        [choice("no", "No, only perspectives"), choice("yes", "Yes, names too")],
        label="May area leads see names with answers after the round closes?",
        value=filled(said, "see_names", step.values) or "no",
        style="expanded",
    )
    return [*asked(said, question), small(_OTHERS)]
