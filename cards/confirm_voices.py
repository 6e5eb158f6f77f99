"""What others wrote about an area, for a member in round 2: by group, without names (PURE)."""

from cards.actions import Execute, card
from cards.area_head import opening
from cards.confirm_parts import renewed, step_button
from cards.elements import Element, TextBlock, heading
from cards.face import Face
from cards.pieces import OURS, feedback, small, stack
from cards.quotes import TOPICS, by_group, pages, question, topics
from eocif.round_summaries import ConfirmForm
from eocif.summaries import SILENT, Feedback


def voices(
    form: ConfirmForm, said: Feedback = SILENT, *, field: str = "where_now", page: int = 1,
    for_user: str = "",
) -> Face:  # fmt: skip
    """One question's words, a page at a time; the first where there is no such question or page."""
    written = topics(form.utterances)
    field = field if field in written else next(iter(written), "where_now")
    found = pages([each for each in form.utterances if each.field == field])
    page = page if 1 <= page <= len(found) else 1
    body = [
        *feedback(said),
        *opening(form, f"Round {form.round}: what others said."),
        TextBlock(_AS_WRITTEN),
        heading(question(form.edition, field), 2),
        *(by_group(found[page - 1]) or [TextBlock("Nobody wrote words that we can show here.")]),
        *stack(_paging(form, field, page, len(found))),
        *_elsewhere(form, [each for each in written if each != field]),
        *stack([step_button(form, "Back to the draft", "draft", primary=True)]),
        small(OURS),
    ]
    refresh = renewed(form, "voices", for_user, said, field=field, page=page)
    return Face(card(body, refresh=refresh), f"Area {form.area.number}: what others said")


_AS_WRITTEN = (
    "These are people's own words, by perspective and without names. "
    "Small groups stand together. Nothing is summed up."
)


def _paging(form: ConfirmForm, field: str, page: int, last: int) -> list[Execute]:
    more = [("Read more", page + 1)] if page < last else []
    back = [("Read the page before", page - 1)] if page > 1 else []
    return [
        step_button(form, title, "voices", field=field, page=number)
        for title, number in (*more, *back)
    ]


def _elsewhere(form: ConfirmForm, fields: list[str]) -> list[Element]:
    if not fields:
        return []
    buttons = [step_button(form, TOPICS[each], "voices", field=each) for each in fields]
    return [heading("Read about something else", 2), *stack(buttons)]
