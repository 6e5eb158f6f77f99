"""An area's answer as stored, what comes next, and how to take back parts or all of it (PURE)."""

from datetime import datetime

from cards.actions import Execute, card
from cards.area_answer import answer, choice_name, field_names, has_answer, host, kept, so_far
from cards.area_head import back_button, my, next_buttons, opening, renewed, step_button
from cards.area_words import WHY_KEPT
from cards.elements import Element, TextBlock, heading
from cards.face import Face
from cards.inputs import Choice, ChoiceInput, choice
from cards.pieces import (
    OURS,
    SOONER,
    asked,
    closing,
    feedback,
    place_data,
    privacy,
    small,
    stack,
)
from eocif.rules.dates import LONDON, day_in_words, london_day, time_in_words
from eocif.rules.phrases import many
from eocif.rules.statements import BY_AREA, name_of
from eocif.rules.text import one_line
from eocif.summaries import SILENT, AreaForm, EvidenceSummary, Feedback


def saved(form: AreaForm, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """The stored answer, with the next area first and the ways to change it last."""
    body = [
        *feedback(said),
        *opening(form),
        *_standing(form),
        *stack(_onward(form)),
        *answer(form),
        *kept(form, WHY_KEPT, {}),
        *_changing(form),
        small(OURS),
        privacy(form.privacy),
    ]
    content = card(body, refresh=renewed(form, "auto", for_user))
    return Face(content, f"Area {form.area.number}: what we have saved")


# --- where it stands ------------------------------------------------------------------


def _standing(form: AreaForm) -> list[Element]:
    lines = [" ".join(_times(form)), _turnout(form), _all_done(form)]
    more = [TextBlock(line) for line in lines if line]
    return [TextBlock(_state(form), weight="bolder"), *more]


def _state(form: AreaForm) -> str:
    number = form.area.number
    if form.withdrawn:
        return f"The answer to area {number} is withdrawn."
    if form.answered:
        return f"Area {number} is answered. Thank you."
    if not has_answer(form):
        return f"Nothing is saved for area {number} yet."
    if not form.choices:
        what = "The area has no level" if form.unit == BY_AREA else "No statement is rated"
        return f"Your words are saved. {what} yet, and that can wait."
    return so_far(form)


def _times(form: AreaForm) -> list[str]:
    found = [_saved_at(form.saved_at)] if form.saved_at and has_answer(form) else []
    if form.closes_on:
        verb = "change it" if has_answer(form) else "answer"
        found.append(f"You can {verb} until {closing(form.closes_on)}, {SOONER}.")
    return found


def _turnout(form: AreaForm) -> str:
    who = many(form.answered_by_how_many, "person has", "people have")
    return f"{who} answered this area so far." if form.answered_by_how_many else ""


def _saved_at(instant: datetime) -> str:
    time = time_in_words(instant.astimezone(LONDON).time())
    return f"Saved at {time} on {day_in_words(london_day(instant))}."


def _all_done(form: AreaForm) -> str:
    if form.left or not form.answered:
        return ""
    if form.for_name:
        return "You have recorded everything for them. Thank you."
    return "You have answered everything for this week. Thank you."


# --- what comes next -------------------------------------------------------------------


def _onward(form: AreaForm) -> list[Execute]:
    unfinished = not (form.answered or form.withdrawn)
    first = [*next_buttons(form)]
    if unfinished:
        first.append(_carry_on(form, primary=not first))
    return [*first, back_button(form, primary=not first)]


def _carry_on(form: AreaForm, *, primary: bool) -> Execute:
    whole = "Choose a level for" if form.unit == BY_AREA else "Rate the statements of"
    begun = "Carry on with" if form.choices else whole
    return step_button(form, f"{begun} area {form.area.number}", "levels", primary=primary)


def _changing(form: AreaForm) -> list[Element]:
    if not has_answer(form):
        again = f"Answer area {form.area.number} again" if form.withdrawn else "Write some words"
        step = "levels" if form.withdrawn else "words"
        return stack([step_button(form, again, step)])
    mine = my(form)
    ways = [
        step_button(form, f"Change {mine} answer", "levels"),
        step_button(form, f"Change {mine} words", "words"),
        step_button(form, "Clear something", "clear"),
        step_button(form, f"Withdraw {mine} answer", "withdraw"),
    ]
    return [heading("Change this answer", 2), *stack(ways)]


# --- clearing and withdrawing ---------------------------------------------------------


def clear(form: AreaForm, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """What to clear: an input left empty never erases, so this is the way to erase."""
    parts = _parts(form)
    keep = step_button(form, "Keep everything", "auto")
    buttons = stack([_clear_these(form), keep] if parts else [keep])
    body = [*feedback(said), *opening(form), *_choose(parts, said), *buttons]
    content = card(body, refresh=renewed(form, "clear", for_user))
    return Face(content, f"Area {form.area.number}: clear something")


def _choose(parts: list[Choice], said: Feedback) -> list[Element]:
    if not parts:
        return [TextBlock("There is nothing to clear.")]
    which = ChoiceInput(
        "what",
        parts,
        label="What should we clear? You can choose several.",
        style="expanded",
        is_multi_select=True,
        is_required=True,
        error_message="Choose at least one thing to clear, or keep everything.",
    )
    return [TextBlock("We delete what you choose. The rest is kept."), *asked(said, which)]


def _parts(form: AreaForm) -> list[Choice]:
    names = field_names(form)
    levels = [
        choice(f"level_{code}", f"{name_of(code)}: {choice_name(form.edition, chosen)}")
        for code, chosen in form.choices.items()
    ]
    words = [choice(field, f"Words: {names[field]}") for field, text in form.words.items() if text]
    pieces = [choice(f"evidence_{each.id}", _short(each)) for each in form.evidence]
    return [*levels, *words, *pieces]


def _short(piece: EvidenceSummary) -> str:
    what = one_line(piece.text, 60) or host(piece.link)
    return f"Evidence: {piece.source}, {what}"


def _clear_these(form: AreaForm) -> Execute:
    data = place_data(form.place, form.area.number)
    return Execute("Clear these", verb="area.clear", data=data)


def withdraw(form: AreaForm, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """Asks whether they are sure, and says what withdrawing does."""
    number, mine = form.area.number, my(form)
    whose = "their" if form.for_name else "your"
    until = f" You can still answer until {closing(form.closes_on)}." if form.closes_on else ""
    body = [
        *feedback(said),
        *opening(form),
        heading(f"Withdraw {whose} answer to area {number}?", 2),
        TextBlock(f"This deletes {whose} levels, words and evidence for area {number}."),
        TextBlock(f"You will not be asked about this area again.{until}"),
        *stack([_withdraw_it(form), step_button(form, f"Keep {mine} answer", "auto")]),
    ]
    content = card(body, refresh=renewed(form, "withdraw", for_user))
    return Face(content, f"Area {number}: withdraw an answer")


def _withdraw_it(form: AreaForm) -> Execute:
    data = place_data(form.place, form.area.number)
    return Execute(f"Withdraw {my(form)} answer", verb="area.withdraw", data=data)
