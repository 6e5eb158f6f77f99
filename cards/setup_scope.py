"""Set-up, step 2: which of the framework's areas the review covers (PURE)."""

from cards.actions import fold
from cards.elements import Element, TextBlock
from cards.face import Face
from cards.inputs import ChoiceInput, choice
from cards.pieces import OURS, area_name, asked, small
from cards.setup_parts import saved_step
from eocif.rules.framework import Section
from eocif.set_up_summaries import ScopeStep
from eocif.summaries import SILENT, Feedback


def scope(step: ScopeStep, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """Every area, by section. A section that is wholly in scope stays folded."""
    body = [
        TextBlock(_so_far(step)),
        TextBlock("To leave an area out, open its section and untick it."),
        TextBlock("Every report will say what was in scope."),
        *(part for section in step.edition.sections for part in _section(step, said, section)),
        small(OURS),
    ]
    return saved_step("scope", step.head, said, body, step.shown, for_user)


def _so_far(step: ScopeStep) -> str:
    everything = len(step.edition.areas)
    if len(step.chosen) == everything:
        return f"All {everything} areas are in scope. If that is right, go on."
    return f"{len(step.chosen)} of {everything} areas are in scope."


def _section(step: ScopeStep, said: Feedback, section: Section) -> list[Element]:
    field, numbers = f"section_{section.number}", {area.number for area in section.areas}
    title = f"Section {section.number}: {section.title}"
    question = ChoiceInput(
        field,
        [choice(str(area.number), area_name(area)) for area in section.areas],
        label=title,
        value=_ticked(said, field, numbers & step.chosen),
        style="expanded",
        is_multi_select=True,
    )
    if field in said.typed or field in said.problems or not numbers <= step.chosen:
        return asked(said, question)
    return [fold(title, [question], f"fold_{section.number}")]


def _ticked(said: Feedback, field: str, stored: set[int] | frozenset[int]) -> str | None:
    """Area numbers, comma-separated. A typed "none" ticks nothing, as no area has that value."""
    return said.typed.get(field) or ",".join(map(str, sorted(stored))) or None
