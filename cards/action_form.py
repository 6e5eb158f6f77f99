"""The form of an action, new or changed, for a lead (PURE).

It never renews by itself: that would wipe what is being typed. What a person types comes back
with the sentence that says what is wrong; what is too long for its input stands below, to copy.
"""

from collections.abc import Mapping
from dataclasses import replace

from cards.action_parts import ALL, TAGS_ARE_OURS, day_input, leave, one, soonest
from cards.actions import Execute, card, fold
from cards.elements import Element, TextBlock, heading, words
from cards.face import Face
from cards.inputs import ChoiceInput, TextInput, choice
from cards.pieces import OURS, area_name, asked, feedback, fitting, review_line, small, stack
from cards.work_head import typed_into
from eocif.action_summaries import ActionForm
from eocif.rules.actions import LABELS, NO, YEARS_AHEAD, YES, problem
from eocif.rules.phrases import many
from eocif.rules.set_up import NONE
from eocif.rules.tags import HEADINGS, Heading
from eocif.rules.text import LIMIT, one_line
from eocif.rules.working_days import add_years
from eocif.summaries import SILENT, Feedback

UP_TO = f"(up to {LIMIT:,} characters)"
MOST_OWNERS = 200
"""A card holds so many names; whoever is beyond them can be typed."""
MOST_EARLIER = 12
_NAMES: Mapping[str, str] = {
    **LABELS,
    "owner_name": "Name of someone without Teams",
    "because": "Why the deadline changes",
    "area": "Area",
}


def form(
    action: ActionForm, said: Feedback = SILENT, *, is_area_known: bool = True
) -> Face:  # fmt: skip
    """An action to write or to change. For a new one the area may be still to choose."""
    news, too_long = _held(action, said)
    new = not action.id
    title = "Write an action" if new else "Change this action"
    body = [
        *feedback(news),
        heading(title),
        review_line(action.head),
        *(_area(action) if is_area_known else asked(news, _which_area(action, news))),
        *asked(news, _box("title", f"What will be done? {UP_TO}", news)),
        *_owner(action, news),
        *_deadline(action, news),
        *asked(news, _box("measure", f"How will we measure it? {UP_TO}", news)),
        *_tags(news),
        *_data_collected(news),
        *too_long,
        *([] if new else [small(f"To empty what is optional, type “{NONE}” in it.")]),
        *stack(_buttons(action, said, is_area_known)),
        small(OURS),
    ]
    return Face(card(body), preview=f"{title}: experience of care review")


# --- what the inputs hold ---------------------------------------------------------------


def _held(action: ActionForm, said: Feedback) -> tuple[Feedback, list[Element]]:
    """What each input holds, and what is too long for it.

    That is what was typed, or else what was too long last time, or else what is stored.
    """
    typed = {field: value for field, value in said.typed.items() if value}
    kept = {
        field: value
        for field, value in action.kept.items()
        if field in _NAMES and field not in typed
    }
    wrong = {field: problem(field, kept[field], today=action.today) for field in kept}
    problems = {field: sentence for field, sentence in wrong.items() if sentence}
    stored = {field: value for field, value in {**action.values, **kept}.items() if value}
    ticked = [typed[field] for field in sorted(typed) if field.startswith("tags_")]
    # A whole press that came back holds its tags by heading; none there means none was ticked.
    tags = {"tags": ",".join(ticked)} if ticked or "nonce" in typed else {}
    news = replace(said, problems=problems | {**said.problems})
    return typed_into(replace(news, typed={**stored, **typed, **tags}), _NAMES)


def _box(field: str, title: str, said: Feedback) -> TextInput:
    return TextInput(field, label=title, value=said.typed.get(field), is_multiline=True)


# --- the area ---------------------------------------------------------------------------


def _area(action: ActionForm) -> list[Element]:
    """The area, what its worksheet says will be done, and the actions that it has already."""
    [what_do] = fitting([action.what_do])
    told = TextBlock("What the worksheet says we will do:", spacing="small")
    earlier = [
        words(f"• {one_line(each.title)}", spacing="small")
        for each in action.earlier[:MOST_EARLIER]
    ]
    more = len(action.earlier) - MOST_EARLIER
    rest = [small(f"And {many(more, 'more', 'more')}, in the list of actions.")] if more > 0 else []
    title = f"Actions that this area has already ({len(action.earlier)})"
    return [
        TextBlock(area_name(action.area), weight="bolder"),
        *([told, words(what_do, spacing="small")] if what_do else []),
        *([fold(title, [*earlier, *rest], "earlier")] if earlier else []),
    ]


def _which_area(action: ActionForm, said: Feedback) -> ChoiceInput:
    return ChoiceInput(
        "area",
        [choice(str(each.number), area_name(each)) for each in action.areas],
        label="Which area is it for?",
        value=said.typed.get("area"),
        style="compact",
        placeholder="Choose an area",
        is_required=True,
        error_message="Choose an area.",
    )


# --- whose, by when ---------------------------------------------------------------------


def _owner(action: ActionForm, said: Feedback) -> list[Element]:
    chosen = said.typed.get("owner") or NONE
    people = action.owners[:MOST_OWNERS]
    people += tuple(each for each in action.owners[MOST_OWNERS:] if str(each[0]) == chosen)
    question = ChoiceInput(
        "owner",
        [
            choice(NONE, "Nobody yet"),
            *(choice(str(number), name) for number, name in people),
        ],
        label="Who owns it?",
        value=chosen,
        style="compact",
    )
    name = TextInput(
        "owner_name",
        label="Someone else’s name, if they are not on the list",
        value=said.typed.get("owner_name"),
    )
    cut = [small(_NOT_ALL)] if len(action.owners) > MOST_OWNERS else []
    return [*asked(said, question), *cut, *asked(said, name), small(_WITHOUT_TEAMS)]


_NOT_ALL = f"The list holds the first {MOST_OWNERS} people. Add others to the review group first."
_WITHOUT_TEAMS = "Reminders for someone without Teams go to the area’s lead."


def _deadline(action: ActionForm, said: Feedback) -> list[Element]:
    stored = action.values.get("deadline", "")
    day = day_input(
        said, "deadline", "By when?", min=soonest(action.today, stored),
        max=add_years(action.today, YEARS_AHEAD),
    )  # fmt: skip
    if not (action.id and stored):
        return day
    return [*day, *asked(said, _box("because", f"If you change the date: why? {UP_TO}", said))]


# --- tags and data ----------------------------------------------------------------------


def _tags(said: Feedback) -> list[Element]:
    ticked = set(said.typed.get("tags", "").split(","))
    problem = said.problems.get("tags")
    told = [words(problem, weight="bolder")] if problem else []
    named = zip(range(1, len(HEADINGS) + 1), _SHORT, HEADINGS, strict=True)
    groups = [_group(number, short, each, ticked) for number, short, each in named]
    return [
        heading("Tags", 2),
        TextBlock("Tags sort the plan. Tick what fits, or none."),
        small(TAGS_ARE_OURS),
        *told,
        *groups,
    ]


_SHORT = (
    *("Co-production", "Insight and feedback", "Priority programmes"),
    *("Who it is for", "What about their experience"),
)
"""The headings' names, short enough for a button on a phone; the whole name stands inside."""


def _group(number: int, short: str, group: Heading, ticked: set[str]) -> Element:
    """One heading's tags, folded away behind its name with how many are ticked."""
    held = [tag.key for tag in group.tags if tag.key in ticked]
    question = ChoiceInput(
        f"tags_{number}",
        [choice(tag.key, tag.name) for tag in group.tags],
        label=group.name,
        value=held or None,
        style="expanded",
        is_multi_select=True,
    )
    count = f" ({len(held)} ticked)" if held else ""
    return fold(f"{short}{count}", [question], f"fold_{number}")


def _data_collected(said: Feedback) -> list[Element]:
    question = ChoiceInput(
        "collects_data",
        [choice(NO, "No"), choice(YES, "Yes")],
        label="Does it collect new data?",
        value=said.typed.get("collects_data") or NO,
        style="expanded",
    )
    title = f"If so: which existing evidence was looked at first? {UP_TO}"
    return [*asked(said, question), *asked(said, _box("looked_at", title, said))]


# --- buttons ----------------------------------------------------------------------------


def _buttons(action: ActionForm, said: Feedback, is_area_known: bool) -> list[Execute]:
    area = {"area": action.area.number} if is_area_known else {}
    data = {
        "review": action.head.id, "action": action.id, **area, "shown": dict(action.shown),
        "nonce": said.typed.get("nonce") or action.nonce,
    }  # fmt: skip
    save = Execute("Save this action", verb="action.save", data=data, style="positive")
    if action.id:
        return [save, one(action.id, "Back to the action")]
    return [save, leave("Back to the list", "actions.show", {"by": ALL, "review": action.head.id})]
