"""Actions in a list: one's own, or all of a review for its leads, with ways to narrow it (PURE)."""

from collections.abc import Sequence

from cards.action_parts import ALL, MINE, due_line, leave, mine, one, owner, status, waits
from cards.actions import Data, Execute, card, fold, refresh
from cards.buttons import in_rows
from cards.elements import (
    ActionSet,
    Column,
    ColumnSet,
    Container,
    Element,
    TextBlock,
    TextRun,
    heading,
    words,
)
from cards.face import Face
from cards.inputs import Choice, ChoiceInput, choice
from cards.pieces import OURS, area_name, feedback, review_line, small, stack
from cards.time_shapes import ANY
from eocif.action_summaries import ActionFilter, ActionLine, ActionList
from eocif.rules.phrases import many
from eocif.rules.tags import TAGS
from eocif.rules.text import one_line
from eocif.summaries import SILENT, Feedback

NOBODY = "0"
"""What a choice by number sends that narrows nothing."""
ONLY = {"overdue": "Past their date", "open": "Not done yet", "settled": "Done or withdrawn"}


def actions(summary: ActionList, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """A page of the list; each action opens with one press. `for_user` is a Teams user id."""
    wanted = summary.filter
    body = [
        *feedback(said),
        heading("Your actions" if wanted.by == MINE else "Actions of this review"),
        *([review_line(summary.head)] if summary.head else []),
        *_narrowed_to(summary),
        TextBlock(_how_many(summary)),
        *(_line(summary, place, each) for place, each in enumerate(summary.lines, start=1)),
        *stack(_turn(summary)),
        *_narrow(summary),
        *in_rows(_onward(summary)),
        *([small(OURS)] if summary.lines else []),
    ]
    renewed = refresh("actions.show", _data(wanted, wanted.page), [for_user]) if for_user else None
    return Face(card(body, refresh=renewed), preview="Experience of care reviews: actions")


def _data(wanted: ActionFilter, page: int) -> Data:
    """What a button sends to say which list: what is empty is left out."""
    data = {
        "by": wanted.by, "review": wanted.review, "section": wanted.section, "area": wanted.area,
        "owner": wanted.owner, "tag": wanted.tag, "only": wanted.only, "page": page,
    }  # fmt: skip
    return {name: value for name, value in data.items() if value}


def _is_narrowed(wanted: ActionFilter) -> bool:
    return any((wanted.section, wanted.area, wanted.owner, wanted.tag, wanted.only))


def _how_many(summary: ActionList) -> str:
    if not summary.total:
        if _is_narrowed(summary.filter):
            return "No action fits what you chose."
        return _NONE_OF_YOURS if summary.filter.by == MINE else "There are no actions here yet."
    late = f" {many(summary.overdue, 'is', 'are')} past the date." if summary.overdue else ""
    pages = f" Page {summary.filter.page} of {summary.pages}." if summary.pages > 1 else ""
    return f"{many(summary.total, 'action')}.{late}{pages}"


_NONE_OF_YOURS = "No action is yours now. We send you a message when one is."


# --- each action ------------------------------------------------------------------------


def _line(summary: ActionList, place: int, line: ActionLine) -> Element:
    title = TextRun(f"{place}. {one_line(line.title)}", weight="bolder")
    whose = "" if summary.filter.by == MINE else f" Owner: {one_line(owner(line))}."
    about = f"{area_name(line.area)}. {status(line)}{whose}{_review(summary, line)}"
    opener = ActionSet([one(line.id, f"Open action {place}")], spacing="small")
    return Container(
        [
            words(title),
            words(about, spacing="none", size="small", is_subtle=True),
            *due_line(line),
            *waits(line),
            opener,
        ],
        separator=True,
    )


def _review(summary: ActionList, line: ActionLine) -> str:
    """Which review it is of, in a list over several."""
    if summary.head or len(summary.reviews) < 2:
        return ""
    titles = {head.id: head.title for head in summary.reviews}
    return f" {one_line(titles.get(line.review_id, ''))}."


def _turn(summary: ActionList) -> list[Execute]:
    page = summary.filter.page
    ways = [("Next page", page + 1, page < summary.pages), ("Page before", page - 1, page > 1)]
    return [
        leave(title, "actions.show", _data(summary.filter, number))
        for title, number, is_there in ways
        if is_there
    ]


# --- narrowing --------------------------------------------------------------------------


def _narrowed_to(summary: ActionList) -> list[Element]:
    """What the list is narrowed to, in words, and the way back to all of it."""
    wanted, owners = summary.filter, dict(summary.owners)
    known = [
        (wanted.area, f"area {wanted.area}"),
        (wanted.section, f"section {wanted.section}"),
        (wanted.owner, f"owner {owners.get(wanted.owner, 'someone else')}"),
        (wanted.tag, TAGS[wanted.tag].name if wanted.tag in TAGS else wanted.tag),
        (wanted.only, ONLY.get(wanted.only, "").lower()),
    ]
    parts = [text for is_so, text in known if is_so]
    if not parts:
        return []
    everything = ActionFilter(wanted.by, wanted.review)
    show = leave("Show all of them", "actions.show", _data(everything, 1))
    return [words("Only: ", "; ".join(parts), "."), *stack([show])]


def _narrow(summary: ActionList) -> list[Element]:
    """Choices that narrow the list, two beside each other, folded away."""
    wanted = summary.filter
    if summary.total < 2 and not _is_narrowed(wanted):
        return []
    questions = _questions(summary)
    rows = [questions[first : first + 2] for first in range(0, len(questions), 2)]
    asked_for = {each.id for each in questions}
    data = {name: each for name, each in _data(wanted, 1).items() if name not in asked_for}
    show = Execute("Show these", verb="actions.show", data=data, style="positive")
    side_by_side = [ColumnSet([Column([each]) for each in row]) for row in rows]
    return [fold("Narrow this list", [*side_by_side, *stack([show])], "narrow")]


def _questions(summary: ActionList) -> list[ChoiceInput]:
    wanted, by_all = summary.filter, summary.filter.by == ALL
    review = wanted.review or (summary.head.id if summary.head else 0)
    reviews = [choice(str(each.id), each.title) for each in summary.reviews]
    sections = [choice(str(x.number), f"{x.number}: {x.title}") for x in summary.sections]
    owners = [choice(str(number), name) for number, name in summary.owners]
    tags = [choice(tag.key, tag.name) for tag in TAGS.values()]
    every = choice(NOBODY, "All my reviews")
    found = [
        _question("review", "Review", [*([] if by_all else [every]), *reviews], str(review)),
        _question("section", "Section", [choice(NOBODY, "All"), *sections], str(wanted.section)),
        _question("owner", "Owner", [choice(NOBODY, "Everyone"), *owners], str(wanted.owner)),
        _question("tag", "Tag", [choice(ANY, "All"), *tags], wanted.tag or ANY),
        _question("only", "How it stands",
                  [choice(ANY, "All"), *(choice(key, name) for key, name in ONLY.items())],
                  wanted.only or ANY),
    ]  # fmt: skip
    left_out = {
        "review": len(reviews) < 2,
        "section": len(sections) < 2,
        "owner": not by_all or len(owners) < 2,
    }
    return [each for each in found if not left_out.get(each.id)]


def _question(field: str, label: str, choices: Sequence[Choice], value: str) -> ChoiceInput:
    return ChoiceInput(field, choices, label=label, value=value, style="compact")


# --- the ways on ------------------------------------------------------------------------


def _onward(summary: ActionList) -> list[Execute]:
    wanted, head = summary.filter, summary.head
    review = {"review": head.id} if head else {}
    area = {"area": wanted.area} if wanted.area else {}
    write = [leave("Write an action", "action.new", {**review, **area})] if head else []
    everyone = leave("See everyone’s actions", "actions.show", {**review, "by": ALL})
    other = everyone if wanted.by == MINE else mine()
    return [
        *(write if summary.may_add else []),
        *([other] if summary.may_see_all else []),
    ]
