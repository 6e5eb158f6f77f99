"""Set-up, step 5: who leads the areas of each section (PURE)."""

from cards.actions import Execute
from cards.elements import Element, TextBlock
from cards.face import Face
from cards.inputs import Choice, ChoiceInput, choice
from cards.pieces import asked, small
from cards.setup_parts import framed, is_draft, saved_step, see_review
from eocif.rules.framework import Section
from eocif.set_up_summaries import LeadsStep
from eocif.summaries import SILENT, Feedback

THE_LEAD = "0"
"""Stands for the review's lead, who leads every area that has no lead of its own."""


def leads(step: LeadsStep, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """A lead for each section in scope. Where its areas have different leads, none is chosen."""
    everyone = [
        choice(THE_LEAD, f"The review’s lead: {step.head.lead_name}"),
        *(choice(str(person.id), person.name) for person in step.candidates),
    ]
    body = [
        TextBlock("An area lead follows up answers, then drafts and concludes their areas."),
        TextBlock("You can leave every section with the review’s lead."),
        *(part for each in step.sections for part in _section(step, said, each, everyone)),
    ]
    if is_draft(step.head):
        return saved_step("leads", step.head, said, body, step.shown, for_user)
    return _later(step, said, body, for_user)


def _later(step: LeadsStep, said: Feedback, body: list[Element], for_user: str) -> Face:
    """The same once the review runs: it is no step of a set-up any more."""
    data = {"review": step.head.id, "shown": dict(step.shown), "go": "stay"}
    save = Execute("Save the area leads", verb="setup.leads", data=data, style="positive")
    return framed(
        step.head,
        said,
        "Area leads",
        body,
        [save, see_review(step.head)],
        preview="The area leads of your review",
        show={"step": "leads"},
        for_user=for_user,
    )


def _section(
    step: LeadsStep, said: Feedback, section: Section, everyone: list[Choice]
) -> list[Element]:
    field, is_mixed = f"lead_{section.number}", section.number in step.mixed
    stored = None if is_mixed else str(step.leads.get(section.number, THE_LEAD))
    question = ChoiceInput(
        field,
        everyone,
        label=f"Section {section.number}: {section.title}",
        value=said.typed.get(field) or stored,
        style="compact",
        placeholder="Keep the leads as they are",
    )
    told = [small("Its areas have different leads. Choose one person to change them all.")]
    return [*asked(said, question), *(told if is_mixed else [])]
