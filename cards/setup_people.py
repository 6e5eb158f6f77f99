"""Set-up, step 4: choosing from the team's list, one member, and someone without Teams (PURE)."""

from collections.abc import Mapping, Sequence
from typing import Literal

from cards.actions import Execute, fold
from cards.elements import Action, Element, TextBlock, words
from cards.face import Face
from cards.inputs import ChoiceInput, TextInput, choice
from cards.pieces import asked, filled, small
from cards.setup_parts import THE_GROUP, framed, go_to, named
from eocif.rules.perspectives import NAMED_FUNCTIONS, Perspective
from eocif.rules.set_up import LONGEST_LINE, NONE
from eocif.rules.text import LIMIT
from eocif.set_up_summaries import MemberStep, RosterStep, WithoutTeamsStep
from eocif.summaries import SILENT, Feedback, PersonName

# --- the team's list --------------------------------------------------------------------------


def roster(step: RosterStep, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """A page of the team's list, to tick. Every way on saves the ticks first."""
    key = step.perspective.key
    body: list[Element] = [TextBlock(f"Tick who speaks for: {step.perspective.name}.")]
    if step.pages > 1:
        body.append(small(f"Page {step.page} of {step.pages}. Each page is saved as you go."))
    if step.people:
        body += asked(said, _ticks(step, said))
    else:
        body.append(TextBlock("We do not have the team’s list yet. Add this app to your team."))
    back = go_to("Back to this perspective", step.head, step="perspective", perspective=key)
    return framed(
        step.head, said, "Choose from the team’s list", body,
        _pages(step) if step.people else [back], preview=THE_GROUP,
        show={"step": "roster", "perspective": key, "page": step.page}, for_user=for_user,
    )  # fmt: skip


def _ticks(step: RosterStep, said: Feedback) -> ChoiceInput:
    ticked = [str(person.id) for person in step.people if person.id in step.chosen]
    return ChoiceInput(
        "picked",
        [choice(str(person.id), _with_note(person)) for person in step.people],
        label="People in the team",
        value=said.typed.get("picked") or ",".join(ticked) or None,
        style="expanded",
        is_multi_select=True,
    )


def _with_note(person: PersonName) -> str:
    return f"{person.name} ({person.note})" if person.note else person.name


def _pages(step: RosterStep) -> list[Action]:
    ways: list[Action] = [_save(step, "Save and finish choosing", style="positive")]
    if step.page < step.pages:
        ways.append(_save(step, "Save and show the next page", go_page=step.page + 1))
    if step.page > 1:
        ways.append(_save(step, "Save and show the page before", go_page=step.page - 1))
    return ways


def _save(
    step: RosterStep, title: str, *, go_page: int = 0, style: Literal["positive"] | None = None
) -> Execute:
    data = {
        "review": step.head.id,
        "perspective": step.perspective.key,
        "page": step.page,
        "offered": [person.id for person in step.people],
        "go_page": go_page,
    }
    return Execute(title, verb="setup.roster", data=data, style=style)


# --- one member -------------------------------------------------------------------------------


def member(step: MemberStep, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """What a lead may set for one member, and the way to take them out of the group."""
    who = step.member
    data = {"review": step.head.id, "member": who.member_id}
    actions = [
        Execute("Save this person", verb="setup.member", data=data, style="positive"),
        go_to("Leave as it was", step.head, step="group"),
        Execute("Remove from the group", verb="setup.remove", data=data, associated_inputs="none"),
    ]
    body = [
        words(named(who), weight="bolder", size="medium"),
        *_voices(step, said),
        *_needs(said, who.communication_needs),
        small("If you remove someone, the answers they gave stay."),
    ]
    return framed(
        step.head, said, "One person in the group", body, actions, preview=THE_GROUP,
        show={"step": "member", "member": who.member_id}, for_user=for_user,
    )  # fmt: skip


def _voices(step: MemberStep, said: Feedback) -> list[Element]:
    """The perspective that counts, the named function, and the other perspectives held."""
    first, *others = [each.key for each in step.member.perspectives] or [""]
    function = next((x.key for x in NAMED_FUNCTIONS if x.name == step.member.named_function), "")
    stored = {"speaks_from": first, "named_function": function, "also": ",".join(others)}
    return [
        *asked(said, _speaks_from(step.perspectives, "speaks_from", said, stored)),
        *asked(said, _function(filled(said, "named_function", stored))),
        *_also(step.perspectives, said, filled(said, "also", stored)),
    ]


def _speaks_from(
    perspectives: Sequence[Perspective], field: str, said: Feedback, stored: Mapping[str, str]
) -> ChoiceInput:
    return ChoiceInput(
        field,
        [choice(each.key, each.short) for each in perspectives],
        label="Perspective they speak from",
        value=filled(said, field, stored),
        style="compact",
        placeholder="Choose a perspective",
    )


def _function(value: str | None) -> ChoiceInput:
    return ChoiceInput(
        "named_function",
        [*(choice(key, name) for key, name in NAMED_FUNCTIONS), choice(NONE, "No named function")],
        label="Their function, if they speak for a named function",
        value=value,
        style="compact",
        placeholder="Choose a function",
    )


def _also(perspectives: Sequence[Perspective], said: Feedback, value: str | None) -> list[Element]:
    """Folded while nobody needs it: most people speak from one perspective."""
    question = ChoiceInput(
        "also",
        [choice(each.key, each.short) for each in perspectives],
        label="Perspectives they also hold",
        value=value,
        style="expanded",
        is_multi_select=True,
    )
    told = small("They count once, from the first. The others show who is still missing.")
    parts = [*asked(said, question), told]
    return parts if value or "also" in said.problems else [fold(_ALSO, parts, "also_fold")]


_ALSO = "They hold another perspective too"


def _needs(said: Feedback, stored: str) -> list[Element]:
    question = TextInput(
        "needs",
        label=f"Communication needs (up to {LIMIT:,} characters)",
        placeholder="Large print, easy read, phone, interpreter …",
        value=filled(said, "needs", {"needs": stored}),
        is_multiline=True,
    )
    empty = " Type “none” to remove them." if stored else ""
    return [*asked(said, question), small(f"You and the area leads see these needs.{empty}")]


# --- without Teams ----------------------------------------------------------------------------


def without_teams(step: WithoutTeamsStep, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """A form for someone who takes part without Teams: who they are and what they need."""
    name = TextInput(
        "name",
        label=f"Their name (up to {LONGEST_LINE} characters)",
        value=filled(said, "name", {}),
    )
    body = [
        TextBlock("They need no account. An area lead asks them and records their answers."),
        TextBlock("Every answer recorded this way is marked as such."),
        *asked(said, name),
        *asked(said, _speaks_from(step.perspectives, "perspective", said, {})),
        *_needs(said, ""),
    ]
    add = Execute(
        "Add this person",
        verb="setup.without_teams",
        data={"review": step.head.id, "nonce": step.nonce},
        style="positive",
    )
    return framed(
        step.head, said, "Someone without Teams", body,
        [add, go_to("Back to the group", step.head, step="group")], preview=THE_GROUP,
        show={"step": "without_teams"}, for_user=for_user,
    )  # fmt: skip
