"""People's own words on one question, side by side by perspective, for an area's lead (PURE).

Nothing is counted or summarised. A lead may hide words that identify someone: the author is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from cards.actions import Execute, card
from cards.buttons import in_rows
from cards.elements import Container, Element, TextBlock, TextRun, heading, words
from cards.face import Face
from cards.inputs import TextInput
from cards.pieces import asked, small, stack
from cards.quotes import TOPICS, pages, question, quote, topics
from cards.work_head import BACK, is_editable, leave, of_area, renewed, step, top, typed_into
from eocif.round_summaries import AreaWork, Utterance
from eocif.rules.dates import day_in_words
from eocif.rules.perspectives import PERSPECTIVES
from eocif.rules.progress import AreaState
from eocif.rules.spread import EVERYONE, EVERYONE_ELSE, LIVED, OTHERS
from eocif.rules.text import LIMIT
from eocif.rules.visibility import is_blind
from eocif.summaries import SILENT, Feedback

A_PAGE = 8
"""The most texts on a page: each has its own buttons, and a card holds so many bytes of ours."""

_OURS = frozenset({*(each.name for each in PERSPECTIVES), OTHERS, EVERYONE, LIVED, EVERYONE_ELSE})
_CONFIDENTIAL = "Confidential: these words are for this review. The software never sums them up."
_NAMES = "You see names. The rest of the group does not."


def voices(
    work: AreaWork, said: Feedback = SILENT, *, field: str = "where_now", page: int = 1,
    hide: str = "", consent: str = "", for_user: str = "",
) -> Face:  # fmt: skip
    """One question's words, a page at a time; `hide` or `consent` opens a form for one text.

    A key or a page that is not there brings the nearest page.
    """
    known = {each.key: each for each in _visible(work)}
    place = _place(work, field if field in TOPICS else "where_now", page)
    if hide in known and not known[hide].is_all_hidden:
        return _hide(place, said, known[hide])
    if consent in known and known[consent].is_story:
        return _consent(place, said, known[consent])
    return _read(place, said, for_user)


def _visible(work: AreaWork) -> Sequence[Utterance]:
    return () if is_blind(AreaState(work.state)) else work.utterances


@dataclass(frozen=True)
class _Place:
    """Which question and page of whose work this is: what every button carries."""

    work: AreaWork
    field: str
    page: int
    of: int
    texts: Sequence[Utterance]

    def press(self, title: str, verb: str, **more: Any) -> Execute:
        """A button that comes back here, and sends nothing that is typed."""
        return leave(self.work, title, verb, **{"field": self.field, "page": self.page, **more})


def _place(work: AreaWork, field: str, page: int) -> _Place:
    about = [each for each in _visible(work) if each.field == field]
    cut = card_pages(about)
    here = min(max(page, 1), len(cut))
    return _Place(work, field, here, len(cut), cut[here - 1])


def card_pages(texts: Sequence[Utterance]) -> list[Sequence[Utterance]]:
    """Texts in pages that a card holds with the buttons of each: one page at least."""
    return [
        whole[start : start + A_PAGE]
        for whole in pages(texts)
        for start in range(0, max(len(whole), 1), A_PAGE)
    ]


# --- reading ----------------------------------------------------------------------------------


def _read(place: _Place, said: Feedback, for_user: str) -> Face:
    work = place.work
    body = [
        *top(work, said),
        heading(question(work.edition, place.field), 2),
        *_page_line(place),
        *_by_group(place),
        *stack(_turn(place)),
        *_other_questions(place),
        small(f"{_CONFIDENTIAL} {_NAMES}" if work.sees_names else _CONFIDENTIAL),
        *stack(_onward(work)),
    ]
    again = renewed(work, "voices.show", for_user, field=place.field, page=place.page)
    return Face(card(body, refresh=again), f"Area {work.area.number}: people's own words")


def _page_line(place: _Place) -> list[Element]:
    if not place.texts:
        return [TextBlock("Nobody wrote about this.")]
    return [small(f"Page {place.page} of {place.of}.")] if place.of > 1 else []


def _by_group(place: _Place) -> list[Element]:
    return [
        element
        for name, theirs in groupby(place.texts, lambda each: each.group)
        for element in (_group(name), *(_text(place, *each) for each in enumerate(theirs)))
    ]


def _group(name: str) -> Element:
    """A group's name as a heading; one that was made up locally is people's words, so is bold."""
    if name in _OURS:
        return heading(name, 2, separator=True)
    return words(TextRun(name, weight="bolder", size="medium"), separator=True, spacing="large")


def _text(place: _Place, before: int, said: Utterance) -> Element:
    """One text, set apart from those before it: the next may be somebody else's."""
    items = [
        *([words(TextRun(said.name, weight="bolder"))] if said.name else []),
        quote(said),
        *_notes(said),
        *in_rows(_buttons(place, said)),
    ]
    return Container(items, separator=True if before else None)


def _notes(said: Utterance) -> list[Element]:
    lines = []
    if said.on_behalf:
        lines.append("Someone else typed this for them.")
    lines += [f"Words were hidden. The reason: {why}" for why in said.hidden_because]
    if said.is_story:
        lines.append(_consent_given(said) if said.consent else _NO_CONSENT)
    return [words(line, is_subtle=True, size="small", spacing="small") for line in lines]


def _consent_given(said: Utterance) -> str:
    on = f", recorded on {day_in_words(said.consent_on)}" if said.consent_on else ""
    return f"Consent for the board{on}: {said.consent}"


_NO_CONSENT = "A story. No consent is recorded, so the board report leaves it out."


def _buttons(place: _Place, said: Utterance) -> list[Execute]:
    hidden = [place.press("Show again", "voices.unhide", hide=said.key)]
    more = [place.press(_HIDE, "voices.show", hide=said.key)]
    title = "Change the consent" if said.consent else "Record consent for the board"
    story = [place.press(title, "voices.show", consent=said.key)]
    return [
        *([] if said.is_all_hidden else more),
        *(hidden if said.hidden_because or said.is_all_hidden else []),
        *(story if said.is_story else []),
    ]


_HIDE = "Hide words that identify someone"


def _turn(place: _Place) -> list[Execute]:
    on = [leave(place.work, "Next page", "voices.show", primary=True, field=place.field,
                page=place.page + 1)]  # fmt: skip
    back = [place.press("Page before", "voices.show", page=place.page - 1)]
    return [*(on if place.page < place.of else []), *(back if place.page > 1 else [])]


def _other_questions(place: _Place) -> list[Element]:
    others = [field for field in topics(_visible(place.work)) if field != place.field]
    if not others:
        return []
    buttons = [place.press(TOPICS[field], "voices.show", field=field, page=1) for field in others]
    return [heading("What else people wrote about", 2), *in_rows(buttons)]


def _onward(work: AreaWork) -> list[Execute]:
    write = [step(work, "Go on to the draft", "words")] if is_editable(work) else []
    return [*write, step(work, BACK, "results")]


# --- hiding -----------------------------------------------------------------------------------


def _hide(place: _Place, said: Feedback, text: Utterance) -> Face:
    news, too_long = typed_into(said, {"words": "Words to hide", "reason": "Your reason"})
    inputs = [
        TextInput(
            "words",
            label="Which words? Copy them as they stand. Leave this empty to hide the whole text.",
            value=news.typed.get("words"),
            is_multiline=True,
        ),
        TextInput(
            "reason",
            label=f"Why do they identify someone? The author reads this. {_UP_TO}",
            value=news.typed.get("reason"),
            is_multiline=True,
        ),
    ]
    questions = [element for each in inputs for element in asked(news, each)]
    hide = _act(place, "Hide this and tell the author", "voices.hide", hide=text.key)
    told = TextBlock(_WHAT_HIDING_DOES)
    return _form(place, news, _HIDE, [quote(text), told, *questions, *too_long], hide)


_UP_TO = f"(up to {LIMIT:,} characters)"
_WHAT_HIDING_DOES = (
    "Hidden words leave every card and report. The author is told, with your reason. "
    "You can show them again."
)


def _consent(place: _Place, said: Feedback, story: Utterance) -> Face:
    news, too_long = typed_into(said, {"how": "How this person agreed"})
    how = TextInput(
        "how",
        label=f"How did this person agree? For example, in writing on 3 May 2027. {_UP_TO}",
        value=news.typed.get("how") or story.consent or None,
        is_multiline=True,
    )
    keep = _act(place, "Record this consent", "voices.consent", consent=story.key)
    told = TextBlock("The board report shows a story only if the person it is about agreed.")
    title = "Consent to show this story to the board"
    return _form(place, news, title, [quote(story), told, *asked(news, how), *too_long], keep)


def _act(place: _Place, title: str, verb: str, **more: str) -> Execute:
    data = of_area(place.work, field=place.field, page=place.page, **more)
    return Execute(title, verb=verb, data=data, style="positive")


def _form(
    place: _Place, said: Feedback, title: str, body: Sequence[Element], act: Execute
) -> Face:  # fmt: skip
    """A form for one text. It never renews by itself: that would wipe what is typed."""
    top_of_it = [*top(place.work, said), heading(title, 2)]
    buttons = stack([act, place.press("Keep it as it is", "voices.show")])
    return Face(card([*top_of_it, *body, *buttons]), f"Area {place.work.area.number}: one text")
