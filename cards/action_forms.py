"""What someone says about an action: not mine, a note, another date, done, withdrawn (PURE).

None of these cards refreshes by itself: that would wipe what is being typed.
"""

from collections.abc import Callable, Mapping, Sequence

from cards.action_parts import back, day_input, due_line, speaks_for
from cards.actions import NO_DATA, Data, Execute, card
from cards.elements import Element, TextBlock, TextRun, heading, words
from cards.face import Face
from cards.inputs import TextInput
from cards.pieces import NAME_NOBODY, asked, feedback, fitting, review_line, small, stack
from cards.work_head import typed_into
from eocif.action_summaries import ActionSummary
from eocif.rules.dates import day_in_words
from eocif.rules.text import LIMIT, one_line
from eocif.summaries import SILENT, Feedback

UP_TO = f"(up to {LIMIT:,} characters)"
AGREE, REFUSE = "agree", "refuse"
A_TITLE = 200
"""Characters of an action's title on a form: its own card has all of it."""


def refuse(summary: ActionSummary, said: Feedback = SILENT, *, nonce: str = "") -> Face:
    """“Not mine”, and why."""
    theirs = speaks_for(summary.line) or bool(summary.for_whom)
    whose, button = ("theirs", "Not theirs") if theirs else ("yours", "Not mine")
    means = "It goes back to the area’s lead, with the reason. They find another owner."
    title, error = f"Why is it not {whose}?", f"Say why it is not {whose}."
    act = _act(summary, button, "action.refuse")
    return _with_reason(summary, said, f"Not {whose}?", means, title, error, act)


def note(summary: ActionSummary, said: Feedback = SILENT, *, nonce: str = "") -> Face:
    """A progress note, evidence, or both. `nonce` makes a second press of the same card harmless.

    A press that came back keeps the nonce that it had.
    """
    news, too_long = typed_into(said, _NOTE)
    data = {"nonce": said.typed.get("nonce") or nonce}
    body = [
        TextBlock("Fill in what you have. It is kept with the action, and cannot be changed."),
        *asked(news, _box("note", f"How is it going? {UP_TO}", news)),
        *asked(news, _box("evidence", f"What shows it? {UP_TO}", news)),
        *asked(news, _line("link", "A link to it, beginning with https", news)),
        *too_long,
        small(NAME_NOBODY),
    ]
    save = _act(summary, "Save this note", "action.note", data)
    return _form(summary, news, "A note or evidence", body, [save])


_NOTE: Mapping[str, str] = {"note": "Your note", "evidence": "Your evidence", "link": "Your link"}


def ask_date(summary: ActionSummary, said: Feedback = SILENT, *, nonce: str = "") -> Face:
    """The owner asks for another date, and why."""
    news, too_long = typed_into(said, {"wanted_on": "The date", "reason": "Your reason"})
    error = "Choose a date."
    body = [
        TextBlock("The area’s lead agrees or not. Until then the date stays as it is."),
        *day_input(news, "wanted_on", "Which date do you need?", is_required=True,
                   error_message=error),
        *asked(news, _needed("reason", "Why?", "Say why you need another date.", news)),
        *too_long,
    ]  # fmt: skip
    ask = _act(summary, "Ask for this date", "action.ask_date")
    return _form(summary, news, "Ask for another date", body, [ask])


def answer_date(summary: ActionSummary, said: Feedback = SILENT, *, nonce: str = "") -> Face:
    """The lead agrees to the date that was asked for, or keeps the one there is."""
    if not summary.wanted_on:
        gone = [TextBlock("No other date is asked for now.")]
        return _form(summary, said, "Another date?", gone, [])
    news, too_long = typed_into(said, {"reason": "Your reason"})
    day, [because] = day_in_words(summary.wanted_on), fitting([summary.wanted_because])
    body = [
        words("Asked for: ", TextRun(day, weight="bolder")),
        *([words("The reason: ", because)] if because else []),
        *asked(news, _box("reason", f"Your reason, needed if you keep the date {UP_TO}", news)),
        *too_long,
    ]
    verb, wanted = "action.answer_date", {"wanted_on": summary.wanted_on}
    agree = _act(summary, "Agree to this date", verb, {"answer": AGREE, **wanted})
    keep = _act(summary, "Keep the date as it is", verb, {"answer": REFUSE, **wanted}, main=False)
    return _form(summary, news, "Another date?", body, [agree, keep])


def done(summary: ActionSummary, said: Feedback = SILENT, *, nonce: str = "") -> Face:
    """It is done: what changed for people?"""
    news, too_long = typed_into(said, {"changed": "What changed for people"})
    title, error = "What changed for people?", "Say what changed for people."
    body = [
        TextBlock("Reports print this beside the action. No more reminders go out."),
        *asked(news, _needed("changed", title, error, news)),
        *too_long,
        small(NAME_NOBODY),
    ]
    return _form(summary, news, "It is done?", body, [_act(summary, "It is done", "action.done")])


def withdraw(summary: ActionSummary, said: Feedback = SILENT, *, nonce: str = "") -> Face:
    """It will not be done, and why."""
    means = "No more reminders go out. It stays in the plan as withdrawn, with your reason."
    title, error = "Why will it not be done?", "Say why it will not be done."
    act = _act(summary, "Withdraw this action", "action.withdraw", main=False)
    return _with_reason(summary, said, "Withdraw this action?", means, title, error, act)


def resume(summary: ActionSummary, said: Feedback = SILENT, *, nonce: str = "") -> Face:
    """It was not done, or not withdrawn, after all."""
    means = "It is open again. Its owner and its deadline stay as they were."
    title, error = "Why is it taken up again?", "Say why it is taken up again."
    act = _act(summary, "Take it up again", "action.resume")
    return _with_reason(summary, said, "Take it up again?", means, title, error, act)


FORMS: Mapping[str, Callable[..., Face]] = {
    "refuse": refuse,
    "note": note,
    "ask_date": ask_date,
    "answer_date": answer_date,
    "done": done,
    "withdraw": withdraw,
    "resume": resume,
}


# --- what the forms share ---------------------------------------------------------------


def _with_reason(
    summary: ActionSummary, said: Feedback, name: str, means: str, title: str, error: str,
    act: Execute,
) -> Face:  # fmt: skip
    news, too_long = typed_into(said, {"reason": "Your reason"})
    why = _needed("reason", title, error, news)
    return _form(summary, news, name, [TextBlock(means), *asked(news, why), *too_long], [act])


def _form(
    summary: ActionSummary,
    said: Feedback,
    title: str,
    body: Sequence[Element],
    actions: Sequence[Execute],
) -> Face:
    name = words(one_line(summary.line.title, A_TITLE), weight="bolder")
    top = [*feedback(said), heading(title), review_line(summary.head), name]
    buttons = stack([*actions, back(summary)])
    content = card([*top, *due_line(summary.line), *body, *buttons])
    return Face(content, preview=f"An action for area {summary.line.area.number}")


def _act(
    summary: ActionSummary, title: str, verb: str, data: Data = NO_DATA, *, main: bool = True
) -> Execute:
    held = {"action": summary.line.id, **data}
    return Execute(title, verb=verb, data=held, style="positive" if main else None)


def _box(field: str, title: str, said: Feedback) -> TextInput:
    return TextInput(field, label=title, value=said.typed.get(field), is_multiline=True)


def _line(field: str, title: str, said: Feedback) -> TextInput:
    return TextInput(field, label=title, value=said.typed.get(field))


def _needed(field: str, title: str, error: str, said: Feedback) -> TextInput:
    return TextInput(
        field,
        label=f"{title} {UP_TO}",
        value=said.typed.get(field),
        is_multiline=True,
        is_required=True,
        error_message=error,
    )
