"""An area's draft, written by its lead: the words, then the levels (PURE).

Each step saves what it holds on its way to the next. An emptied input never erases: clearing has
its own button, on the last look (`cards.draft_send`), where nothing can be typed and lost.
"""

from collections.abc import Sequence

from cards.actions import Execute, card, fold
from cards.draft_parts import held, to_copy, verdict_line
from cards.draft_send import send
from cards.elements import Element, TextBlock, heading
from cards.elements import words as as_written
from cards.face import Face
from cards.inputs import ChoiceInput, TextInput, choice
from cards.pieces import STOP_AND_RETURN, asked, definitions, small, stack
from cards.spreads import gap_sentence, inside, last_time, numbers
from cards.work_head import (
    due,
    is_editable,
    last_saved,
    of_area,
    plain_line,
    renewed,
    top,
    voices_button,
)
from eocif.round_summaries import AreaWork, StatementResult
from eocif.rules.agreement import Kind
from eocif.rules.answers import NOT_AGREED
from eocif.rules.drafting import (
    ANSWERS,
    departs,
    has_gap,
    is_not_applicable,
    label,
    of_levels,
)
from eocif.rules.phrases import listed
from eocif.rules.progress import AreaState
from eocif.rules.statements import Statement
from eocif.rules.text import LIMIT
from eocif.summaries import SILENT, Feedback

UP_TO = f"(up to {LIMIT:,} characters)"
_SEEN = (
    "Everyone in the group will read this draft. "
    "Please do not name or describe someone who could be recognised."
)
_CLEARING = "Emptying a box does not clear it. You can clear things on the last look."


# --- step 1: words ----------------------------------------------------------------------------


def words(work: AreaWork, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """The three answers, whom they draw on, and a sentence on a gap where there is one."""
    if not is_editable(work):
        return send(work, said, for_user=for_user)
    gaps = [each for each in work.result.statements if has_gap(each)]
    fields = (*ANSWERS, "draws_on", *(["gap"] if gaps else []))
    news = held(work, said, fields)
    body = [
        *top(work, news, _named(work, "Step 1 of 3: words")),
        *due(work),
        *last_saved(work),
        *stack([voices_button(work)]),
        small("Read first, then write. Save before you stop: what is not saved is lost."),
        *(element for each in _answers(work, news) for element in asked(news, each)),
        *_draws_on(work, news),
        *_gap(work, news, gaps),
        *to_copy(work, said, [*news.typed]),
        small(f"{_CLEARING} {_SEEN}"),
        *stack(_from_words(work, fields)),
    ]
    again = renewed(work, "draft.show", for_user, said.typed, step="words")
    return Face(card(body, refresh=again), f"Area {work.area.number}: the draft, words")


def _named(work: AreaWork, step_of_three: str) -> str:
    """Drafting has three steps; a change while concluding has none."""
    if work.state == AreaState.DRAFTING:
        return step_of_three
    return f"Change the draft: {step_of_three.partition(': ')[2]}"


def _answers(work: AreaWork, news: Feedback) -> list[TextInput]:
    official = zip(ANSWERS, work.edition.questions, strict=True)
    return [_box(field, f"{question} {UP_TO}", news) for field, question in official]


def _box(field: str, title: str, news: Feedback) -> TextInput:
    return TextInput(field, label=title, value=news.typed.get(field), is_multiline=True)


def _draws_on(work: AreaWork, news: Feedback) -> list[Element]:
    """Those who took part, to tick; once some are, those whom the stored draft leaves out."""
    if not work.result.contributed:
        return [TextBlock("Nobody took part in this area, so there are no views to draw on.")]
    question = ChoiceInput(
        "draws_on",
        [choice(each.key, each.name) for each in work.result.contributed],
        label="Whose views does this draft draw on? Tick all that apply.",
        value=news.typed.get("draws_on"),
        style="expanded",
        is_multi_select=True,
    )
    says_some = work.draft.values.get("draws_on")
    names = listed([each.short for each in work.draft.not_cited]) if says_some else ""
    missed = "They took part, but the saved draft does not draw on them: "
    return [*asked(news, question), *([as_written(missed, names, ".")] if names else [])]


def _gap(work: AreaWork, news: Feedback, gaps: Sequence[StatementResult]) -> list[Element]:
    if not gaps:
        return []
    title = f"What do you say about this? Needed before you send the draft {UP_TO}."
    return [
        heading(label("gap"), 2),
        *(TextBlock(line, spacing="small") for line in _gap_lines(gaps)),
        *asked(news, _box("gap", title, news)),
    ]


def _gap_lines(gaps: Sequence[StatementResult]) -> list[str]:
    """Each gap once, with the statements that have it."""
    found: dict[str, list[Statement]] = {}
    for each in gaps:
        found.setdefault(gap_sentence(each.gap), []).append(each.statement)
    return [f"{_all_named(those)}: {sentence}" for sentence, those in found.items()]


def _all_named(statements: Sequence[Statement]) -> str:
    first, *others = statements
    return listed([each.short for each in statements]) if others else first.name


def _from_words(work: AreaWork, fields: Sequence[str]) -> list[Execute]:
    ways = [("Save and go on to levels", "levels"), ("Save and stop here", "stop")]
    return [_save(work, title, "draft.words", fields, go) for title, go in ways]


def _save(work: AreaWork, title: str, verb: str, fields: Sequence[str], go: str) -> Execute:
    shown = {field: mark for field, mark in work.draft.shown.items() if field in fields}
    return Execute(
        title,
        verb=verb,
        data=of_area(work, shown=shown, go=go),
        style="positive" if go in _ONWARD else None,
    )


_ONWARD = ("levels", "send", "conclude")


# --- step 2: levels ---------------------------------------------------------------------------


def _is_whole(work: AreaWork) -> bool:
    return any(each.statement.is_whole_area for each in work.result.statements)


def levels(work: AreaWork, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """A level, or “not agreed”, for each statement beside its verdict, with what that asks for."""
    if not is_editable(work):
        return send(work, said, for_user=for_user)
    fields = _fields_of_levels(work)
    news = held(work, said, fields)
    body = [
        *top(work, news, _named(work, "Step 2 of 3: levels")),
        TextBlock(_HOW),
        small(f"{STOP_AND_RETURN} Each reason holds up to {LIMIT:,} characters."),
        definitions(work.edition, whole_area=_is_whole(work)),
        *_statements(work, news, fields),
        *to_copy(work, said, [*news.typed]),
        small(f"{_CLEARING} {_SEEN}"),
        *stack(_from_levels(work, fields)),
    ]
    again = renewed(work, "draft.show", for_user, said.typed, step="levels")
    return Face(card(body, refresh=again), f"Area {work.area.number}: the draft, levels")


_HOW = (
    "Where people agreed, their level is chosen already. “Not agreed” is an honest result. "
    "If you choose something other than the rule gives, say why."
)


def _fields_of_levels(work: AreaWork) -> list[str]:
    rated = [each for each in work.result.statements if not is_not_applicable(each)]
    far = [each.statement.code for each in rated if each.verdict.kind is Kind.TALK_FIRST]
    return [
        field
        for field in of_levels(each.statement for each in rated)
        if not field.startswith("heard_") or field.removeprefix("heard_") in far
    ]


LONG = 6
"""From so many statements on, the card can be saved half way down: unsaved words are lost."""


def _statements(work: AreaWork, news: Feedback, fields: Sequence[str]) -> list[Element]:
    each = [_statement(work, result, news) for result in work.result.statements]
    if len(each) >= LONG:
        half_way = _save(work, "Save so far and stop here", "draft.levels", fields, "stop")
        each.insert(len(each) // 2, stack([half_way]))
    return [element for statement in each for element in statement]


def _statement(work: AreaWork, result: StatementResult, news: Feedback) -> list[Element]:
    about = [
        heading(result.statement.name, 2, separator=True),
        *plain_line(work, result.statement),
        TextBlock(verdict_line(work, result), weight="bolder"),
        TextBlock(numbers(work.edition, result.spread), spacing="none"),
        *_before(work, result.statement),
    ]
    if is_not_applicable(result):
        return [*about, TextBlock("Nobody gave a level, so it needs none.")]
    questions = [_level(work, result, news), *_heard(work, result, news)]
    asked_for = [element for each in questions for element in asked(news, each)]
    return [*about, *asked_for, *_reason(work, result, news)]


def _before(work: AreaWork, statement: Statement) -> list[Element]:
    sentence = last_time(work.edition, work.before.get(statement.code, ""), work.before_on)
    return [TextBlock(sentence, spacing="none")] if sentence else []


def _level(work: AreaWork, result: StatementResult, news: Feedback) -> ChoiceInput:
    field = f"level_{result.statement.code}"
    given = [choice(level.key, level.name) for level in work.edition.levels]
    return ChoiceInput(
        field,
        [*given, choice(NOT_AGREED, "Not agreed")],
        label=f"{result.statement.name}: which level do you propose?",
        value=news.typed.get(field),
        style="compact",
        placeholder="Choose a level, or “not agreed”",
    )


def _reason(work: AreaWork, result: StatementResult, news: Feedback) -> list[Element]:
    """The reason, folded away while the level chosen needs none and none is given."""
    code, level = result.statement.code, result.verdict.level
    other = f"you choose something other than {inside(work.edition, level)}" if level else ""
    when = other or "you choose a level, as the rule gives none"
    title = f"{result.statement.name}: your reason (needed if {when})"
    box = _box(f"reason_{code}", title, news)
    chosen = news.typed.get(f"level_{code}", "")
    if departs(result, chosen) or news.typed.get(box.id) or box.id in news.problems:
        return asked(news, box)
    return [fold(f"Give a reason for {result.statement.short}", [box], f"fold_{code}")]


def _heard(work: AreaWork, result: StatementResult, news: Feedback) -> list[TextInput]:
    level = result.verdict.level
    if result.verdict.kind is not Kind.TALK_FIRST or not level:
        return []
    title = (
        f"{result.statement.name}: what did you hear from those who see it very differently? "
        f"(needed if you choose {inside(work.edition, level)})"
    )
    return [_box(f"heard_{result.statement.code}", title, news)]


def _from_levels(work: AreaWork, fields: Sequence[str]) -> list[Execute]:
    onward = (
        ("Save and take a last look", "send")
        if work.state == AreaState.DRAFTING
        else ("Save and go on to conclude", "conclude")
    )
    ways = [onward, ("Save and go back to words", "words"), ("Save and stop here", "stop")]
    return [_save(work, title, "draft.levels", fields, go) for title, go in ways]
