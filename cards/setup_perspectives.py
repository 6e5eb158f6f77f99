"""Set-up, beside its steps: the list of perspectives, one of them, and one more (PURE).

The list may also change while a review runs. No answer is lost by it.
"""

from collections.abc import Mapping

from cards.actions import Execute
from cards.buttons import in_rows
from cards.elements import ActionSet, Column, ColumnSet, Element, TextBlock, TextRun, heading, words
from cards.face import Face
from cards.inputs import ChoiceInput, TextInput, choice
from cards.pieces import asked, filled, small
from cards.setup_parts import THE_GROUP, framed, go_to, is_draft, typed_again
from eocif.rules.local_words import LONGEST_NAME
from eocif.rules.perspectives import Perspective, Voice
from eocif.rules.phrases import many
from eocif.set_up_summaries import PerspectiveAddStep, PerspectiveChangeStep, PerspectivesStep
from eocif.summaries import SILENT, Feedback, ReviewHead

VOICES: Mapping[str, str] = {
    Voice.LIVED_EXPERIENCE: "Lived experience",
    Voice.STAFF_AND_LEADERSHIP: "Staff and leadership",
    Voice.NEITHER: "Neither of the two",
}
_WHY = "Results set lived experience beside staff and leadership."


def perspectives(step: PerspectivesStep, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """Every perspective with its voice, those taken off the list last."""
    head = step.head
    body = [
        TextBlock("Change this list to fit your organisation. No answer is lost by it."),
        small("Which voice a perspective has is ours. You can change it before the start."),
        *(_row(head, each) for each in step.offered),
        *in_rows([go_to("Add a perspective", head, step="perspective_add")]),
        *_taken_off(step),
    ]
    return framed(
        head, said, "The perspectives", body, [go_to("Back to the group", head, step="group")],
        preview=THE_GROUP, show={"step": "perspectives"}, for_user=for_user,
    )  # fmt: skip


def _row(head: ReviewHead, perspective: Perspective) -> Element:
    change = go_to("Change", head, step="perspective_change", perspective=perspective.key)
    change.tooltip = f"Change: {perspective.short}"
    told = [
        words(TextRun(perspective.name, weight="bolder")),
        small(f"Voice: {VOICES[perspective.voice]}"),
    ]
    return ColumnSet([Column(told), Column([ActionSet([change])], width="auto")], separator=True)


def _taken_off(step: PerspectivesStep) -> list[Element]:
    if not step.removed:
        return []
    title = heading("No longer on the list", 2)
    return [title, *(_row(step.head, each) for each in step.removed)]


# --- one perspective --------------------------------------------------------------------------


def change(step: PerspectiveChangeStep, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """A perspective's name and voice, and whether it is on the list."""
    key = step.perspective.key
    body = [
        *_official(step),
        TextBlock(_held(step)),
        *asked(said, _name(filled(said, "name", step.values))),
        *_voice_or_why_not(step, said),
        *([] if step.is_offered else [TextBlock("It is not on the list now.")]),
    ]
    return framed(
        step.head, said, "One perspective", body, _ways(step), preview=THE_GROUP,
        show={"step": "perspective_change", "perspective": key}, for_user=for_user,
    )  # fmt: skip


def _official(step: PerspectiveChangeStep) -> list[Element]:
    if step.official in ("", step.perspective.name):
        return []
    return [small(f"On our list it is called: {step.official}")]


def _held(step: PerspectiveChangeStep) -> str:
    if not step.members:
        return "Nobody in the group holds it."
    return f"{many(step.members, 'person', 'people')} in the group hold{_s(step.members)} it."


def _s(count: int) -> str:
    return "s" if count == 1 else ""


def _name(value: str | None) -> TextInput:
    return TextInput("name", label=f"Its name (up to {LONGEST_NAME} characters)", value=value)


def _voice_or_why_not(step: PerspectiveChangeStep, said: Feedback) -> list[Element]:
    if is_draft(step.head):
        return _voice(said, filled(said, "voice", step.values))
    voice = VOICES[step.perspective.voice]
    return [TextBlock(f"Voice: {voice}. This was fixed when the review started.")]


def _voice(said: Feedback, value: str | None) -> list[Element]:
    question = ChoiceInput(
        "voice",
        [choice(key, name) for key, name in VOICES.items()],
        label="Whose voice is it?",
        value=value,
        style="expanded",
    )
    return [*asked(said, question), small(_WHY)]


def _ways(step: PerspectiveChangeStep) -> list[Execute]:
    data = {"review": step.head.id, "perspective": step.perspective.key}
    save = Execute(
        "Save this perspective",
        verb="setup.perspective_change",
        data={**data, "shown": dict(step.shown)},
        style="positive",
    )
    offer = Execute(
        "Take it off the list" if step.is_offered else "Put it back on the list",
        verb="setup.perspective_offer",
        data={**data, "offer": not step.is_offered},
        associated_inputs="none",
    )
    return [save, offer, go_to("Leave as it was", step.head, step="perspectives")]


# --- one more ---------------------------------------------------------------------------------


def add(step: PerspectiveAddStep, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """A form for one more perspective."""
    body = [
        TextBlock("It comes last on your list. You can then add people to it."),
        *asked(said, _name(typed_again(said, "name"))),
        *_voice(said, said.typed.get("voice")),
    ]
    send = Execute(
        "Add this perspective",
        verb="setup.perspective_add",
        data={"review": step.head.id, "nonce": step.nonce},
        style="positive",
    )
    return framed(
        step.head, said, "Add a perspective", body,
        [send, go_to("Add nothing", step.head, step="perspectives")], preview=THE_GROUP,
        show={"step": "perspective_add"}, for_user=for_user,
    )  # fmt: skip
