"""An area's draft as one member reads it: the wording, the levels proposed, the spread (PURE).

A phone shows what is agreed to first: the three answers, cut where they are long, then the levels
in a small table, then the answers to press. How people rated each statement stands below.
"""

from cards.actions import Execute, card, fold
from cards.area_head import back_button, opening
from cards.confirm_parts import (
    answers,
    in_words,
    levels_beside,
    next_buttons,
    own,
    privacy,
    proposed,
    renewed,
    shown,
    step_button,
    whose,
)
from cards.elements import Element, TextBlock, TextRun, heading, words
from cards.face import Face
from cards.pieces import (
    NOT_JUDGED,
    OURS,
    SOONER,
    STOP_AND_RETURN,
    closing,
    feedback,
    place_data,
    small,
    stack,
)
from cards.spreads import (
    by_group,
    gap_sentence,
    inside,
    last_time,
    many_could_not,
    movement_sentence,
    numbers,
)
from cards.statements import official
from cards.week_rows import FIRST_DRAFT
from cards.worksheet_words import fitted, hidden_words, wording
from eocif.round_summaries import ConfirmForm, StatementResult
from eocif.rules.phrases import many
from eocif.rules.responses import AGREE, CONCERN, WITH_COMMENT
from eocif.rules.spread import EVERYONE, TOO_FEW
from eocif.rules.statements import Statement
from eocif.summaries import SILENT, Feedback

SILENCE = (
    "If you do not answer, your levels stay as they are. "
    "Reports then say that you did not respond, never that you agreed."
)
THEIR_SILENCE = (
    "If they do not answer, their levels stay as they are. "
    "Reports then say that they did not respond, never that they agreed."
)


def draft(form: ConfirmForm, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """The draft with the ways to answer it, then the spread of each statement."""
    body = [
        *feedback(in_words(said, form)),
        *opening(form, f"Round {form.round}: the draft."),
        *_what_is_asked(form),
        heading("The draft", 2),
        *wording(form.edition, fitted(form.words)),
        *_draws_on(form),
        heading(f"Levels proposed, and {whose(form)}", 2),
        *levels_beside(form),
        *stack(_ways_to_answer(form)),
        *hidden_words(form.hidden, whose="their" if form.for_name else "your"),
        *_in_detail(form),
        *stack(_onward(form)),
        small(THEIR_SILENCE if form.for_name else SILENCE),
        small(f"{NOT_JUDGED} {OURS}"),
        privacy(form.privacy),
    ]
    content = card(body, refresh=renewed(form, "draft", for_user, said))
    return Face(content, f"Area {form.area.number}: a draft to read")


def _what_is_asked(form: ConfirmForm) -> list[Element]:
    ask = "Read the draft to them and record what they say." if form.for_name else _READ_IT
    if form.round > FIRST_DRAFT:
        ask = f"This draft goes round once more. {ask}"
    time = f"Most people take about {many(form.minutes, 'minute')}."
    lines: list[Element] = [TextBlock(f"{ask} {time} {STOP_AND_RETURN}")]
    if form.closes_on:
        lines.append(TextBlock(f"Round closes at {closing(form.closes_on)}, {SOONER}."))
    return [*lines, *_said_before(form)]


_READ_IT = "Read the draft, then say what you think."


def _said_before(form: ConfirmForm) -> list[Element]:
    """What they answered already, to this draft or to the one before it."""
    who = "They answered: " if form.for_name else "You answered: "
    before = f"{'They' if form.for_name else 'You'} said of the draft before this one: "
    now = answers(form).get(form.answer, "")
    said = ((who, now), (before, answers(form).get(form.earlier, form.earlier)))
    return [words(TextRun(start, weight="bolder"), text) for start, text in said if text]


def _draws_on(form: ConfirmForm) -> list[Element]:
    if not form.draws_on:
        return []
    if form.draws_on == (EVERYONE,):  # too few for groups: who it draws on would name them
        return [small("It draws on people who took part.")]
    return [words("It draws on people from: ", "; ".join(form.draws_on), is_subtle=True,
                  size="small")]  # fmt: skip


# --- what to press --------------------------------------------------------------------


def _ways_to_answer(form: ConfirmForm) -> list[Execute]:
    titles, mine = answers(form), "their" if form.for_name else "my"
    ways = [
        _agree(form, titles[AGREE]),
        step_button(form, titles[WITH_COMMENT], "answer", answer=WITH_COMMENT),
        step_button(form, titles[CONCERN], "answer", answer=CONCERN),
        step_button(form, f"Change {mine} levels", "levels"),
    ]
    if form.utterances:
        ways.append(step_button(form, "Read what others said", "voices"))
    return ways


def _agree(form: ConfirmForm, title: str) -> Execute:
    data = place_data(form.place, form.area.number, shown=shown(form, levels=False), answer=AGREE)
    return Execute(title, verb="confirm.answer", data=data, style="positive")


def _onward(form: ConfirmForm) -> list[Execute]:
    answer = step_button(form, f"Answer the draft of area {form.area.number}", "answer")
    return [answer, *next_buttons(form, primary=False), back_button(form)]


# --- how people rated it --------------------------------------------------------------


def _in_detail(form: ConfirmForm) -> list[Element]:
    reasons, heard = _fitted_beside(form)
    results = {each.statement.code: each for each in form.result.statements}
    return [
        heading("How people rated it", 2),
        *([TextBlock(TOO_FEW)] if form.result.is_withheld else []),
        *_by_group(form),
        *(
            element
            for each in form.statements
            for element in (
                heading(each.name, 2, separator=True),
                *official(each, form.area),
                *_levels(form, each),
                *_beside("Why the lead proposes this: ", reasons.get(each.code, "")),
                *_beside("What was heard from those far away: ", heard.get(each.code, "")),
                *_spread(form, results.get(each.code)),
                *_before(form, each),
            )
        ),
    ]


def _by_group(form: ConfirmForm) -> list[Element]:
    groups = by_group(form.edition, form.result.statements)
    if not groups:
        return []
    items = [element for name, lines in groups for element in _group(name, lines)]
    return [fold("See the numbers by perspective", items, "groups")]


def _group(name: str, lines: str) -> list[Element]:
    return [words(TextRun(name, weight="bolder")), words(lines, spacing="small")]


def _levels(form: ConfirmForm, statement: Statement) -> list[Element]:
    level = inside(form.edition, proposed(form, statement.code))
    return [TextBlock(f"Proposed: {level}. {own(form, statement.code)}", weight="bolder")]


def _fitted_beside(form: ConfirmForm) -> tuple[dict[str, str], dict[str, str]]:
    """The lead's reasons, and what the lead heard, by code, as they fit on a card together."""
    every = {f"r{code}": text for code, text in form.reasons.items()}
    every |= {f"h{code}": text for code, text in form.heard.items()}
    short = fitted(every)
    return (
        {code: short[f"r{code}"] for code in form.reasons},
        {code: short[f"h{code}"] for code in form.heard},
    )


def _beside(start: str, text: str) -> list[Element]:
    return [words(start, text)] if text else []


def _spread(form: ConfirmForm, result: StatementResult | None) -> list[Element]:
    if result is None:
        return []
    more = (
        many_could_not(result.spread),
        movement_sentence(result.moved, result.moved_of),
        gap_sentence(result.gap),
    )
    lines = [f"All: {numbers(form.edition, result.spread)}", *(line for line in more if line)]
    return [*map(TextBlock, lines)]


def _before(form: ConfirmForm, statement: Statement) -> list[Element]:
    sentence = last_time(form.edition, form.before.get(statement.code, ""), form.before_on)
    return [TextBlock(sentence)] if sentence else []
