"""What reports say besides the worksheet, for the lead to fill in (PURE)."""

from cards.actions import Execute, card, refresh
from cards.elements import Element, TextBlock, heading
from cards.face import Face
from cards.inputs import ChoiceInput, TextInput, choice
from cards.pieces import (
    NOT_JUDGED,
    asked,
    feedback,
    filled,
    review_line,
    small,
    stack,
    typed_that_fits,
)
from eocif.round_summaries import ReportFacts
from eocif.rules.facts import ATTACHED, LABELS, PREDECESSOR, REFERENCES
from eocif.rules.set_up import NONE
from eocif.rules.text import LIMIT
from eocif.summaries import SILENT, Feedback


def facts(facts: ReportFacts, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """References, an earlier self-assessment of 2018, and reviews of divisions to attach."""
    said = typed_that_fits(said)
    body = [
        *feedback(said),
        heading("What reports say besides"),
        review_line(facts.head),
        TextBlock("Everything here can wait. What you leave empty is left out of the reports."),
        small(f"Each answer can have up to {LIMIT:,} characters."),
        *_to_empty(facts),
        heading("Beside experience of care", 2),
        *(element for field in REFERENCES for element in _box(facts, said, field)),
        *_predecessor(facts, said),
        *_attached(facts, said),
        *stack(_buttons(facts)),
        small(NOT_JUDGED),
    ]
    data = {"review": facts.head.id}
    renewed = refresh("facts.show", data, [for_user]) if for_user and not said.typed else None
    return Face(card(body, refresh=renewed), "Experience of care review: what reports say")


def _to_empty(facts: ReportFacts) -> list[Element]:
    texts = (*REFERENCES, *PREDECESSOR)
    if not any(facts.values.get(field) for field in texts):
        return []
    return [small(f"To empty one of these, type “{NONE}” in it.")]


def _box(facts: ReportFacts, said: Feedback, field: str, label: str = "") -> list[Element]:
    value = filled(said, field, facts.values)
    box = TextInput(field, label=label or LABELS[field], value=value, is_multiline=True)
    return asked(said, box)


def _predecessor(facts: ReportFacts, said: Feedback) -> list[Element]:
    labels = zip(PREDECESSOR, facts.headings, strict=True)
    return [
        heading("An earlier self-assessment, of 2018", 2),
        TextBlock("For reference only: nothing is compared with it."),
        *(element for field, label in labels for element in _box(facts, said, field, label)),
    ]


def _attached(facts: ReportFacts, said: Feedback) -> list[Element]:
    if not facts.candidates:
        return []
    which = ChoiceInput(
        ATTACHED,
        [choice(str(number), title) for number, title in facts.candidates],
        label="Which reviews of divisions go with the board report? Tick all that do.",
        value=filled(said, ATTACHED, facts.values),
        style="expanded",
        is_multi_select=True,
    )
    return [heading(LABELS[ATTACHED], 2), *asked(said, which)]


def _buttons(facts: ReportFacts) -> list[Execute]:
    data = {"review": facts.head.id}
    shown = {**data, "shown": dict(facts.shown)}
    back = Execute("Back to the reports", verb="report.show", data=data, associated_inputs="none")
    save = Execute("Save for the reports", verb="facts.save", data=shown, style="positive")
    return [save, back]
