"""What members said of a draft, and how an area ends, for its lead (PURE).

Concerns stay with the worksheet: one that is answered, and one that stands, are both printed.
"""

from collections.abc import Mapping, Sequence

from cards.actions import Execute, card
from cards.draft_parts import ending, needed, reasons, verdict_line, written
from cards.elements import Element, Fact, FactSet, TextBlock, TextRun, heading, words
from cards.face import Face
from cards.inputs import TextInput
from cards.pieces import asked, closing, stack
from cards.quotes import A_PAGE, quote
from cards.spreads import gap_sentence, movement_sentence, numbers
from cards.work_head import BACK, due, of_area, renewed, step, top, typed_into, voices_button
from eocif.round_summaries import AreaWork, Reply, StatementResult, Utterance
from eocif.rules.ending import ANSWERED, STANDS
from eocif.rules.merging import digest
from eocif.rules.phrases import listed, many
from eocif.rules.progress import AreaState
from eocif.rules.spread import EVERYONE
from eocif.rules.text import LIMIT
from eocif.summaries import SILENT, Feedback

CONCERN = "concern"
A_BUTTON = 300
"""The room that each takes on a page besides its words, in the same units."""


def concerns(
    work: AreaWork, said: Feedback = SILENT, *, response: int = 0, page: int = 1,
    for_user: str = "",
) -> Face:  # fmt: skip
    """How members answered the draft, and each concern and comment with the lead's answer to it.

    `response` is the one to answer now; without it, the first concern that still waits.
    """
    news, too_long = typed_into(said, {"reply": "Your answer"})
    shown = _pages(work.responses.replies)
    chosen = _chosen(work, response or _pressed(said))
    here = _page_of(shown, chosen) if chosen and (response or news.typed) else page
    here = min(max(here, 1), len(shown))
    body = [
        *top(work, news, "What members said of the draft"),
        *due(work),
        *_counts(work),
        *(each for reply in shown[here - 1] for each in _reply(work, news, reply, reply is chosen)),
        *too_long,
        *stack(_turn(work, here, len(shown))),
        TextBlock(_ALL_KEPT, separator=True),
        *stack(_from_concerns(work)),
    ]
    again = renewed(work, "draft.show", for_user, news.typed, step="concerns", page=here)
    return Face(card(body, refresh=again), f"Area {work.area.number}: what members said")


_ALL_KEPT = "What each person said last is printed with the result, and so is your answer."


# --- which of them are shown --------------------------------------------------------------------


def _waits(reply: Reply) -> bool:
    return reply.answer == CONCERN and not reply.reply_kind


def _pages(replies: Sequence[Reply]) -> list[list[Reply]]:
    """Concerns that wait for an answer first, then the others: whole texts, one page at least."""
    found: list[list[Reply]] = [[]]
    room = A_PAGE
    for each in sorted(replies, key=lambda each: not _waits(each)):
        if found[-1] and _room(each) > room:
            found.append([])
            room = A_PAGE
        found[-1].append(each)
        room -= _room(each)
    return found


def _room(reply: Reply) -> int:
    texts = f"{reply.utterance.text}{reply.reply}"
    return len(texts.encode("utf-16-le")) // 2 + A_BUTTON


def _pressed(said: Feedback) -> int:
    """The one whose answer came back with a problem."""
    number = said.typed.get("response", "")
    return int(number) if number.isdecimal() else 0


def _chosen(work: AreaWork, response: int) -> Reply | None:
    """The one that can be answered now; only while the area is being concluded."""
    if work.state != AreaState.CONCLUDING:
        return None
    named = [each for each in work.responses.replies if each.id == response]
    waiting = [each for each in work.responses.replies if _waits(each)]
    return next(iter([*named, *waiting]), None)


def _page_of(shown: Sequence[Sequence[Reply]], chosen: Reply) -> int:
    return 1 + next(place for place, texts in enumerate(shown) if chosen in texts)


# --- how many, and who did not respond --------------------------------------------------------


def _counts(work: AreaWork) -> list[Element]:
    """While the round is open, only how many have answered: what they said is for its close."""
    given = work.responses
    if work.state == AreaState.ROUND_2:
        until = f" Members can answer until {closing(work.closes_on)}." if work.closes_on else ""
        told = f"{given.answered} of {many(given.asked, 'person has', 'people have')} answered."
        return [TextBlock(f"{told}{until} {_LATER}"), *_silent(work, "Not answered yet: ")]
    facts = [
        Fact("Agree", str(given.agree)),
        Fact("Agree, and comment", str(given.agree_with_comment)),
        Fact("Raised a concern", str(given.concern)),
        Fact("Did not respond", str(given.did_not_respond)),
    ]
    return [FactSet(facts), *_silent(work, "Did not respond: ")]


_LATER = "You see what they said when the round has closed."


def _silent(work: AreaWork, start: str) -> list[Element]:
    names = listed(work.responses.waiting_for)
    return [words(start, names, ".")] if names else []


# --- each concern and comment -----------------------------------------------------------------


def _reply(work: AreaWork, news: Feedback, reply: Reply, chosen: bool) -> list[Element]:
    who = words(
        TextRun(f"{_DID.get(reply.answer, '')}: ", weight="bolder"),
        _whose(reply.utterance),
        separator=True,
        spacing="large",
    )
    answer = _form(work, news, reply) if chosen else [*_answered(reply), *_open(work, reply)]
    return [who, quote(reply.utterance), *answer]


def _whose(said: Utterance) -> str:
    """Whose words: the group where there are several, the name where the reader may see it."""
    group = "someone in the group" if said.group == EVERYONE else said.group
    if not said.name:
        return group
    return said.name if said.group == EVERYONE else f"{group} ({said.name})"


_DID: Mapping[str, str] = {CONCERN: "A concern", "agree_with_comment": "Agrees, with a comment"}


def _answered(reply: Reply) -> list[Element]:
    lines = (
        [TextBlock("You let this stand.", weight="bolder")] if reply.reply_kind == STANDS else []
    )
    said = [words(TextRun("Your answer: ", weight="bolder"), reply.reply)] if reply.reply else []
    return [*lines, *said]


def _what(reply: Reply) -> str:
    return "concern" if reply.answer == CONCERN else "comment"


def _open(work: AreaWork, reply: Reply) -> list[Element]:
    if work.state != AreaState.CONCLUDING:
        return []
    title = "Change your answer" if reply.reply_kind else "Write an answer"
    return stack([step(work, title, "concerns", response=reply.id)])


def _form(work: AreaWork, news: Feedback, reply: Reply) -> list[Element]:
    box = TextInput(
        "reply",
        label=f"Your answer to this {_what(reply)} (up to {LIMIT:,} characters)",
        value=news.typed.get("reply") or reply.reply or None,
        is_multiline=True,
    )
    answer = _press(work, f"Answer this {_what(reply)}", reply, ANSWERED)
    stands = _press(work, "Let it stand", reply, STANDS)
    return [*asked(news, box), *stack([answer, *([stands] if reply.answer == CONCERN else [])])]


def _press(work: AreaWork, title: str, reply: Reply, kind: str) -> Execute:
    # As text: then it comes back with what was typed, should that not be taken.
    shown = {"reply": digest(reply.reply)}
    data = of_area(work, response=str(reply.id), kind=kind, shown=shown)
    main = kind == ANSWERED
    return Execute(title, verb="conclude.reply", data=data, style="positive" if main else None)


def _turn(work: AreaWork, here: int, of: int) -> list[Execute]:
    on = [step(work, "Next page", "concerns", page=here + 1)] if here < of else []
    back = [step(work, "Page before", "concerns", page=here - 1)] if here > 1 else []
    return [*on, *back]


def _from_concerns(work: AreaWork) -> list[Execute]:
    if work.state == AreaState.ROUND_2:
        data = {"review": work.head.id}
        who = Execute("See who has not answered", verb="outstanding.show", data=data)
        return [who, step(work, BACK, "results")]
    if work.state != AreaState.CONCLUDING:
        return [step(work, BACK, "results")]
    is_next = not any(map(_waits, work.responses.replies))
    return [
        step(work, "Go on to conclude", "conclude", primary=is_next),
        step(work, "Change the draft", "words"),
        step(work, BACK, "results"),
    ]


# --- concluding -------------------------------------------------------------------------------


def conclude(work: AreaWork, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """The final level of each statement, what it prints as, and what is still needed."""
    is_now = work.state == AreaState.CONCLUDING
    texts = reasons(work)
    body = [
        *top(work, said, "Conclude this area" if is_now else "How this area stands"),
        *due(work),
        *(needed(work, "conclude this area") if is_now else []),
        *(each for result in work.result.statements for each in _final(work, result, texts)),
        TextBlock(_ALL_KEPT, separator=True),
        *stack(_from_conclusion(work) if is_now else [step(work, BACK, "results")]),
    ]
    again = renewed(work, "draft.show", for_user, step="conclude")
    return Face(card(body, refresh=again), f"Area {work.area.number}: the conclusion")


def _final(work: AreaWork, result: StatementResult, texts: Mapping[str, str]) -> list[Element]:
    end = ending(work, result)
    moved = movement_sentence(result.moved, result.moved_of)
    notes = [moved, gap_sentence(result.gap), _BY_LEAD if end.origin == "lead" else ""]
    lines = [
        f"{verdict_line(work, result)}. {numbers(work.edition, result.spread)}",
        " ".join(note for note in notes if note),
    ]
    return [
        heading(f"{result.statement.name}: {end.in_words}", 2, separator=True),
        *(TextBlock(line, spacing="small") for line in lines if line),
        *written(result, texts),
    ]


_BY_LEAD = "This prints as “set by the lead”, with your reason."


def _from_conclusion(work: AreaWork) -> list[Execute]:
    data, ready = of_area(work), not work.standing
    finish = Execute("Conclude this area", verb="conclude.finish", data=data, style="positive")
    again = [step(work, "Send the changed draft round once more", "send")]
    return [
        *([finish] if ready else []),
        step(work, "Change the levels", "levels", primary=not ready),
        step(work, "See what members said", "concerns"),
        *(again if work.may_send_again else []),
        voices_button(work),
        step(work, BACK, "results"),
    ]
