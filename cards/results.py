"""An area's ratings after a round, for its lead: at a glance, and one statement by group (PURE).

One card for an area, never one for each statement.
"""

from collections.abc import Mapping, Sequence

from cards.action_ways import what_we_will_do
from cards.actions import Execute, card, fold
from cards.charts import Bar, chart
from cards.draft_parts import ending, verdict_line
from cards.elements import Element, TextBlock, TextRun, heading, table, words
from cards.face import Face
from cards.pieces import NOT_JUDGED, OURS, closing, definitions, small, stack
from cards.spreads import (
    gap_sentence,
    last_time,
    many_could_not,
    movement_sentence,
    numbers,
    verdict_sentence,
)
from cards.work_head import BACK, ENDED, due, leave, plain_line, renewed, step, top, voices_button
from eocif.round_summaries import AreaWork, StatementResult
from eocif.rules.perspectives import Perspective
from eocif.rules.phrases import areas, listed, many
from eocif.rules.progress import AreaState
from eocif.rules.statements import Statement
from eocif.summaries import SILENT, Feedback, PersonName

_STATES: Mapping[str, str] = {
    AreaState.DRAFTING: "The round has closed. Next, you write the draft.",
    AreaState.ROUND_2: "The draft is with the group.",
    AreaState.CONCLUDING: "The round for the draft has closed. Next, you conclude this area.",
    AreaState.CONCLUDED: "This area is concluded.",
    AreaState.SET_ASIDE: "This area is set aside.",
}
_BLIND = "Nobody sees anyone's levels or words before the round closes. You do not either."
_ALONE = "Groups of fewer than three people are shown together, so that nobody stands out."


def glance(work: AreaWork, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """Every statement's verdict and spread, who took part, and the lead's next step."""
    shown = _results(work) if work.state in _STATES else stack(_more(work))
    state = TextBlock(_STATES.get(work.state, _BLIND), weight="bolder")
    body = [*top(work, said), _led_by(work), state, *_when(work), *shown]
    content = card(body, refresh=renewed(work, "results.show", for_user))
    return Face(content, f"Area {work.area.number}: the results")


def _results(work: AreaWork) -> list[Element]:
    bars = [Bar(_title(each.statement), each.spread) for each in work.result.statements]
    return [
        *stack(_next_steps(work)),
        *_to_tell(work),
        *what_we_will_do(work),
        heading("How people rated this area", 2),
        *_took_part(work),
        *chart(work.edition, "How people rated each statement", bars),
        *(element for each in work.result.statements for element in _in_short(work, each)),
        fold("Show what each statement says", _what_they_say(work), "statements"),
        *_voices_heard(work),
        *_also_waiting(work),
        *stack(_more(work)),
        small(f"{NOT_JUDGED} {OURS}"),
    ]


def _when(work: AreaWork) -> list[Element]:
    if work.state == AreaState.ROUND_2 and work.closes_on:
        return [TextBlock(f"Members can answer it until {closing(work.closes_on)}.")]
    return due(work)


def _led_by(work: AreaWork) -> Element:
    return words("Area lead: ", work.lead_name, is_subtle=True, size="small", spacing="none")


# --- what comes next ------------------------------------------------------------------------


def _next_steps(work: AreaWork) -> list[Execute]:
    if work.state == AreaState.DRAFTING:
        return [voices_button(work), step(work, "Write the draft", "words", primary=True)]
    if work.state == AreaState.ROUND_2:
        who = step(work, "See who has answered the draft", "concerns", primary=True)
        return [who, step(work, "See the draft", "send"), voices_button(work)]
    if work.state == AreaState.CONCLUDING:
        said = step(work, "See what members said of the draft", "concerns", primary=True)
        conclude = step(work, "Conclude this area", "conclude")
        return [said, conclude, step(work, "Change the draft", "words"), voices_button(work)]
    whole = Execute("See the worksheet", verb="worksheet.show", data={"review": work.head.id})
    return [whole, *_reopen(work), voices_button(work)]


def _to_tell(work: AreaWork) -> list[Element]:
    """Who cannot see the outcome in Teams, and is told it by whoever reads this."""
    return [element for each in work.to_tell for element in _tell(work, each)]


def _tell(work: AreaWork, person: PersonName) -> list[Element]:
    name = TextRun(person.name, weight="bolder")
    data = {"review": work.head.id, "area": work.area.number, "member": person.id}
    see = Execute("See what became of what they said", verb="outcome.show", data=data)
    return [words(name, " took part without Teams. Please tell them the outcome."), *stack([see])]


def _reopen(work: AreaWork) -> list[Execute]:
    return [leave(work, "Open this area again", "reopen.show")] if work.is_lead else []


def _also_waiting(work: AreaWork) -> list[Element]:
    if not work.others_waiting:
        return []
    return [TextBlock(f"Also waiting for you: {areas(work.others_waiting, opening=False)}.")]


def _more(work: AreaWork) -> list[Execute]:
    data = {"review": work.head.id, "step": "auto"}
    onward = [
        Execute(f"Next: area {number}", verb="draft.show", data={**data, "area": number})
        for number in work.others_waiting[:1]
    ]
    if work.is_lead and work.state not in ENDED:
        return [*onward, step(work, "Set this area aside", "set_aside")]
    return onward


# --- each statement in short ------------------------------------------------------------------


def _title(statement: Statement) -> str:
    return f"{statement.name} as a whole" if statement.is_whole_area else statement.name


def _in_short(work: AreaWork, result: StatementResult) -> list[Element]:
    verdict = verdict_line(work, result)
    return [
        TextBlock(f"{_title(result.statement)}. {verdict}", weight="bolder"),
        *_concluded(work, result),
        *_figures(work, result),
    ]


def _what_they_say(work: AreaWork) -> list[Element]:
    """Our line for each statement, and the way to the official words and the groups."""
    return [each for result in work.result.statements for each in _said(work, result.statement)]


def _said(work: AreaWork, statement: Statement) -> list[Element]:
    title = f"See {statement.short} by group"
    return [
        heading(_title(statement), 2),
        *plain_line(work, statement),
        *stack([leave(work, title, "results.show", code=statement.code)]),
    ]


def _concluded(work: AreaWork, result: StatementResult) -> list[Element]:
    if work.state != AreaState.CONCLUDED:
        return []
    end = ending(work, result).in_words
    return [TextBlock(f"Concluded: {end}.", weight="bolder", spacing="none")]


def _figures(work: AreaWork, result: StatementResult) -> list[Element]:
    notes = [
        many_could_not(result.spread),
        gap_sentence(result.gap),
        movement_sentence(result.moved, result.moved_of),
    ]
    before = last_time(work.edition, work.before.get(result.statement.code, ""), work.before_on)
    figures = numbers(work.edition, result.spread)
    lines = [figures, " ".join(note for note in notes if note), before]
    return [TextBlock(line, spacing="none") for line in lines if line]


# --- who took part ------------------------------------------------------------------------------


def _took_part(work: AreaWork) -> list[Element]:
    taken = f"{work.result.people} of {many(work.result.asked, 'person', 'people')} took part."
    return [TextBlock(taken)]


def _voices_heard(work: AreaWork) -> list[Element]:
    return [
        heading("Whose views these are", 2, separator=True),
        *_named("Took part: ", work.result.contributed),
        *_named("In the group, but silent here: ", work.result.silent),
    ]


def _named(start: str, held: Sequence[Perspective]) -> list[Element]:
    names = listed([each.short for each in held])
    return [words(start, names, ".", spacing="small")] if held else []


# --- one statement by group -----------------------------------------------------------------


def statement(
    work: AreaWork, said: Feedback = SILENT, *, code: str = "", for_user: str = ""
) -> Face:
    """One statement: the official words, the verdict and the spread by group.

    A code that is not of this area brings the area at a glance.
    """
    codes = [each.statement.code for each in work.result.statements]
    if code not in codes or work.state not in _STATES:
        return glance(work, said, for_user=for_user)
    result = work.result.statements[codes.index(code)]
    body = [
        *top(work, said, _title(result.statement)),
        *_official(work, result.statement),
        heading(verdict_line(work, result), 2),
        TextBlock(verdict_sentence(work.edition, result.verdict)),
        *_figures(work, result),
        *chart(work.edition, "How people rated it", _by_round(work, result)),
        *_by_group(work, result),
        definitions(work.edition, whole_area=result.statement.is_whole_area),
        *stack(_around(work, code, codes)),
    ]
    content = card(body, refresh=renewed(work, "results.show", for_user, code=code))
    return Face(content, f"Area {work.area.number}: one statement by group")


def _official(work: AreaWork, statement: Statement) -> list[Element]:
    if statement.is_whole_area:
        return []
    bullets = [words(f"• {bullet}", spacing="small") for bullet in statement.bullets]
    help_line = [] if statement.is_local else plain_line(work, statement)
    return [words(statement.text), *bullets, *help_line]


def _by_round(work: AreaWork, result: StatementResult) -> list[Bar]:
    """Now, and in round 1 where there was a later one."""
    before = work.first.statements if work.first else ()
    found = [each.spread for each in before if each.statement.code == result.statement.code]
    now = Bar(f"Round {work.result.round}", result.spread)
    return [now, *(Bar("Round 1", spread) for spread in found)]


def _by_group(work: AreaWork, result: StatementResult) -> list[Element]:
    title = heading("By group", 2)
    if not result.groups:
        return [title, TextBlock("Too few people took part to show groups."), small(_ALONE)]
    rows = [
        (f"{group.name} ({group.people})", TextBlock(numbers(work.edition, group.spread)))
        for group in result.groups
    ]
    return [title, table(["Who", "What they chose"], rows, widths=[1, 1]), small(_ALONE)]


def _around(work: AreaWork, code: str, codes: Sequence[str]) -> list[Execute]:
    """The next statement, if any, and the way back."""
    following = codes[codes.index(code) + 1 :]
    onward = [
        leave(work, f"Next: {each.statement.short}", "results.show", code=each.statement.code)
        for each in work.result.statements
        if each.statement.code in following[:1]
    ]
    return [*onward, leave(work, BACK, "results.show"), voices_button(work)]
