"""Set-up, step 4: the review group, perspective by perspective (PURE).

The group may also change while a review runs: the cards then lead back to the review.
"""

from collections.abc import Sequence

from cards.actions import Execute, fold
from cards.buttons import in_rows
from cards.elements import (
    Action,
    ActionSet,
    Column,
    ColumnSet,
    Element,
    TextBlock,
    TextRun,
    heading,
    words,
)
from cards.face import Face
from cards.inputs import ChoiceInput, choice, people
from cards.pieces import asked, small
from cards.setup_parts import THE_GROUP, framed, go_to, is_draft, named, see_review, step_card
from eocif.rules.perspectives import Perspective
from eocif.rules.phrases import many
from eocif.set_up_summaries import GroupStep, PerspectiveStep
from eocif.summaries import SILENT, Feedback, GroupMember

ROWS = 12
"""The most members listed with buttons of their own; more would make too long a card."""

NAMED_FUNCTIONS = "named_functions"


# --- all perspectives -------------------------------------------------------------------------


def group(step: GroupStep, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """Who is in the group so far: a row for each perspective, with the button that opens it."""
    head = step.head
    body = [
        *_who_is_missing(step),
        *(_row(step, perspective) for perspective in _in_use_or_held(step)),
        *in_rows(
            [
                go_to("Add someone without Teams", head, step="without_teams"),
                go_to("Change the perspectives", head, step="perspectives"),
            ]
        ),
    ]
    if is_draft(head):
        ways = [
            go_to("Go on to area leads", head, primary=True, step="leads"),
            go_to("Back", head, step="pace"),
        ]
        return step_card("group", head, said, body, ways, for_user)
    return framed(
        head, said, THE_GROUP, body, [see_review(head)],
        preview=THE_GROUP, show={"step": "group"}, for_user=for_user,
    )  # fmt: skip


def _who_is_missing(step: GroupStep) -> list[Element]:
    if not step.members:
        return [TextBlock("Nobody is in the group yet. Open a perspective to add people.")]
    so_far = f"{many(len(step.members), 'person', 'people')} in the group so far."
    if not step.missing:
        return [TextBlock(f"{so_far} Every perspective has someone.")]
    nobody = f"{many(len(step.missing), 'perspective has', 'perspectives have')} nobody yet."
    later = [TextBlock("You can start without them.")] if is_draft(step.head) else []
    return [TextBlock(f"{so_far} {nobody}"), *later]


def _in_use_or_held(step: GroupStep) -> list[Perspective]:
    """Those on the list, and those taken off it that somebody still speaks from."""
    held = (each for member in step.members for each in member.perspectives)
    return list(dict.fromkeys((*step.perspectives, *held)))


def _row(step: GroupStep, perspective: Perspective) -> Element:
    holders = [member for member in step.members if perspective in member.perspectives]
    names = ", ".join(_as_holder(member, perspective) for member in holders)
    title = "Change" if holders else "Add people"
    button = Execute(
        title,
        verb="setup.show",
        data={"review": step.head.id, "step": "perspective", "perspective": perspective.key},
        tooltip=f"{title}: {perspective.short}",
        associated_inputs="none",
    )
    gone = [] if perspective in step.perspectives else [small("No longer on your list")]
    who = [TextBlock(perspective.short, weight="bolder"), _names(names), *gone]
    return ColumnSet(
        [
            Column(who),
            Column([ActionSet([button])], width="auto", vertical_content_alignment="center"),
        ],
        separator=True,
    )


def _names(names: str) -> Element:
    return words(names or "Nobody yet", is_subtle=not names or None, spacing="none")


def _as_holder(member: GroupMember, perspective: Perspective) -> str:
    return member.name if member.perspectives[0] == perspective else f"{member.name} (also)"


# --- one perspective --------------------------------------------------------------------------


def perspective(step: PerspectiveStep, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """Who speaks from one perspective: a people picker to add some, then those there are."""
    head, key = step.head, step.perspective.key
    body = [
        *_about(step.perspective),
        *(_adding(step, said) if step.is_offered else [TextBlock(_GONE)]),
        heading("In the group now", 2),
        *_members(step),
    ]
    return framed(
        head, said, step.perspective.name, body, [go_to("Back to the group", head, step="group")],
        preview=THE_GROUP, show={"step": "perspective", "perspective": key}, for_user=for_user,
    )  # fmt: skip


_GONE = "This perspective is no longer on your list. Those who speak from it still do."


def _adding(step: PerspectiveStep, said: Feedback) -> list[Element]:
    key = step.perspective.key
    add = Execute(
        "Add these people",
        verb="setup.people",
        data={"review": step.head.id, "perspective": key},
        style="positive",
    )
    roster = go_to("Choose from the team’s list instead", step.head, step="roster", perspective=key)
    return [*asked(said, _picker(said)), *in_rows([add, roster])]


def _about(perspective: Perspective) -> list[Element]:
    if perspective.is_local:
        return [small("Your review added this one. It is not on the framework’s list.")]
    if perspective.ours:
        return [small("We added this one. It is not on the framework’s list.")]
    if perspective.key == NAMED_FUNCTIONS:
        return [TextBlock("After you add people, open each one to say which function is theirs.")]
    return []


def _picker(said: Feedback) -> ChoiceInput:
    """The directory's picker. Those picked before come back by id, as their names are not ours."""
    picked = [part for part in said.typed.get("people", "").split(",") if part]
    chosen = [choice(part, f"Person {place} you picked") for place, part in enumerate(picked, 1)]
    return people("people", label="People to add", chosen=chosen, placeholder="Type a name")


def _members(step: PerspectiveStep) -> list[Element]:
    if not step.members:
        return [TextBlock("Nobody yet.")]
    if len(step.members) > ROWS:
        return _chooser(step)
    listed = [_member(step, member) for member in step.members]
    return [*listed, small("If you remove someone, the answers they gave stay.")]


def _member(step: PerspectiveStep, member: GroupMember) -> Element:
    remove = Execute(
        "Remove",
        verb="setup.remove",
        data={"review": step.head.id, "member": member.member_id},
        tooltip="Takes this person out of the group",
        associated_inputs="none",
    )
    change: list[Action] = [
        go_to("Change", step.head, step="member", member=member.member_id),
        remove,
    ]
    told = [words(TextRun(named(member), weight="bolder")), *_notes(step.perspective, member)]
    return ColumnSet([Column(told), Column([ActionSet(change)], width="auto")], separator=True)


def _notes(perspective: Perspective, member: GroupMember) -> Sequence[Element]:
    first = member.perspectives[0]
    if first != perspective:
        return [small(f"Speaks from: {first.short}")]
    if perspective.key == NAMED_FUNCTIONS:
        return [small(member.named_function or "Which function is not set yet")]
    return []


def _chooser(step: PerspectiveStep) -> list[Element]:
    """For many members: one list to open any of them from."""
    everyone = ChoiceInput(
        "member",
        [choice(str(member.member_id), named(member)) for member in step.members],
        label="Person to change or remove",
        value=str(step.members[0].member_id),
        style="compact",
    )
    data = {"review": step.head.id, "step": "member"}
    names = words(", ".join(named(member) for member in step.members))
    return [
        TextBlock(f"{len(step.members)} people."),
        fold("Show their names", [names], "names"),
        everyone,
        *in_rows([Execute("Open this person", verb="setup.show", data=data)]),
    ]
