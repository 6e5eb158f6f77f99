"""Who still owes what, for the lead and area leads; never what anyone said (PURE)."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from cards.actions import Execute, Refresh, card, refresh
from cards.buttons import in_rows
from cards.elements import Action, Element, TextBlock, TextRun, heading, words
from cards.face import Face
from cards.pieces import OURS, area_name, closing, feedback, review_line, small
from eocif.rules.dates import day_in_words
from eocif.rules.due import DAYS_BETWEEN_REMINDERS
from eocif.rules.phrases import areas, listed, many
from eocif.summaries import (
    SILENT,
    Feedback,
    Outstanding,
    OutstandingArea,
    OutstandingPerson,
    PersonName,
    Reminded,
)

TITLE = "Who has not answered yet"
NOBODY = "Everyone has answered everything that is open."


def outstanding(summary: Outstanding, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """By area or by person, whichever `summary.by` asks for. `for_user` is a Teams user id."""
    view = _by_person(summary) if summary.by == "person" else _by_area(summary.areas)
    found = [*_reminders(summary), *view] if summary.people else [TextBlock(NOBODY)]
    top = [*feedback(said), heading(TITLE), review_line(summary.head)]
    body = [*top, *found, *in_rows(_buttons(summary))]
    return Face(card(body, refresh=_refresh(summary, for_user)), preview=TITLE)


def _refresh(summary: Outstanding, user: str) -> Refresh | None:
    data = {"review": summary.head.id, "by": summary.by}
    return refresh("outstanding.show", data, [user]) if user else None


def _reminders(summary: Outstanding) -> list[Element]:
    ready = _ready(summary.people)
    now = f"You can remind {many(ready, 'person', 'people')} now." if ready else _NOT_NOW
    unseen = _UNSAID if any(row.round > 1 for row in summary.areas) else _BLIND
    return [TextBlock(f"{unseen} {now} {_HOW_OFTEN}")]


_BLIND = "You see who has not answered. You never see what anyone said."
_UNSAID = "You see who has not answered. This list never says what anyone said."
_NOT_NOW = "There is nobody to remind now."
_HOW_OFTEN = f"Each person gets at most one reminder in {DAYS_BETWEEN_REMINDERS} working days."


def _ready(people: Sequence[OutstandingPerson]) -> int:
    """How many a press of the button would remind."""
    return sum(row.may_remind and not _reason(row.person) for row in people)


def _buttons(summary: Outstanding) -> list[Action]:
    buttons: list[Action] = []
    if _ready(summary.people):
        remind = "Remind those who have not answered"
        data = {"review": summary.head.id}
        buttons.append(Execute(remind, verb="outstanding.remind", data=data, style="positive"))
    if any(row.person.is_yours for row in summary.people):
        buttons.append(Execute("Record their answers", verb="mine.show"))
    if summary.people:
        other = "area" if summary.by == "person" else "person"
        buttons.append(_list(f"Show by {other}", summary, other))
    return [*buttons, _review(summary)]


def _list(title: str, summary: Outstanding, by: str) -> Execute:
    return Execute(title, verb="outstanding.show", data={"review": summary.head.id, "by": by})


def _review(summary: Outstanding) -> Execute:
    return Execute("See the review", verb="review.show", data={"review": summary.head.id})


# --- by area ----------------------------------------------------------------------------------


def _by_area(rows: Sequence[OutstandingArea]) -> list[Element]:
    body: list[Element] = []
    ordered = sorted(rows, key=lambda row: (row.closes_on, row.area.number))
    for closes_on, together in groupby(ordered, key=lambda row: row.closes_on):
        body.append(heading(f"Closes at {closing(closes_on)}", 2))
        body += [element for row in together for element in _area(row)]
    return [*body, small(OURS)]


def _area(row: OutstandingArea) -> list[Element]:
    what = " the draft" if row.round > 1 else ""
    counts = f"{row.answered} of {row.members} have answered{what}."
    yours = [who.name for who in row.waiting_for if who.is_yours]
    others = [who for who in row.waiting_for if _is_recorded(who) and not who.is_yours]
    unreached = [who.name for who in row.waiting_for if _reason(who)]
    rest = [who for who in row.waiting_for if not (_is_recorded(who) or _reason(who))]
    return [
        TextBlock(area_name(row.area), weight="bolder"),
        TextBlock(counts, spacing="none"),
        *_waiting("Waiting for ", [_name(who) for who in rest]),
        *_waiting("You record answers for ", yours),
        *(element for who in others for element in _waiting(_recorded_by(who), [who.name])),
        *_waiting("Our messages do not reach ", unreached),
    ]


def _recorded_by(person: PersonName) -> str:
    verb = "record" if person.recorders[1:] else "records"
    return f"{listed(person.recorders)} {verb} answers for "


def _waiting(start: str, names: Sequence[str]) -> list[Element]:
    return [words(start, listed(names), ".", spacing="none")] if names else []


# --- by person --------------------------------------------------------------------------------


def _by_person(summary: Outstanding) -> list[Element]:
    rows = summary.people
    yours = [row for row in rows if row.person.is_yours]
    others = [row for row in rows if _is_recorded(row.person) and not row.person.is_yours]
    unreached = [row for row in rows if _reason(row.person)]
    rest = [row for row in rows if not (_is_recorded(row.person) or _reason(row.person))]
    return [
        *_drafts(summary.areas),
        *_group("Waiting for", "", rest),
        *_group("You record their answers", _WITHOUT_TEAMS, yours),
        *_group("Others record their answers", _AREA_LEADS, others),
        *_group("Our messages do not reach them", _ASK_THEM, unreached),
    ]


def _drafts(rows: Sequence[OutstandingArea]) -> list[Element]:
    """Which of the areas are drafts to answer, and not statements to rate."""
    numbers = [row.area.number for row in rows if row.round > 1]
    if not numbers:
        return []
    what = "it is a draft" if len(numbers) == 1 else "they are drafts"
    return [small(f"{areas(numbers)}: {what} to answer.")]


_WITHOUT_TEAMS = "They take part without Teams. Their answers wait under “My areas”."
_AREA_LEADS = "They take part without Teams. A reminder goes to the area lead who asks them."
_ASK_THEM = "Please ask them yourself, in the way that suits them."


def _group(title: str, sentence: str, rows: Sequence[OutstandingPerson]) -> list[Element]:
    if not rows:
        return []
    about = [TextBlock(sentence, spacing="small")] if sentence else []
    return [heading(title, 2), *about, *map(_person, rows)]


def _person(row: OutstandingPerson) -> Element:
    owed = f": {areas(row.areas, opening=False)}."
    reminded = f" Reminded on {day_in_words(row.reminded_on)}." if row.reminded_on else ""
    away = f" Away until {day_in_words(row.away_until)}." if row.away_until else ""
    why = f" {_reason(row.person)}" if _reason(row.person) else ""
    who = f" Recorded by {listed(row.person.recorders)}." if row.person.recorders else ""
    name = TextRun(_name(row.person), weight="bolder")
    return words(name, f"{owed}{reminded}{away}{why}{who}", spacing="small")


# --- who is who ---------------------------------------------------------------------------------


def _is_recorded(person: PersonName) -> bool:
    """Whether others type this person's answers, because they take part without Teams."""
    return person.is_yours or bool(person.recorders)


def _name(person: PersonName) -> str:
    return f"{person.name} (guest)" if person.note == "guest" else person.name


def _reason(person: PersonName) -> str:
    """Why our messages do not reach someone, or nothing."""
    return "" if person.note == "guest" else person.note


# --- after reminding --------------------------------------------------------------------------


def reminded(
    summary: Outstanding, done: Reminded, said: Feedback = SILENT, *, for_user: str = ""
) -> Face:
    """What the remind button did. Opened again later, the card shows the list."""
    outcome = [
        *_told("We are reminding", done.reminded, _WHEN),
        *_told("Reminded already", done.too_recent, _NOT_AGAIN),
        *_told("They hear once a week", done.weekly, _WEEKLY),
        *_away(done.away),
        *_told("We could not remind", done.cannot, _CANNOT),
    ]
    body = [*feedback(said), heading("Reminders"), review_line(summary.head)]
    if not (done.reminded or done.weekly):
        body.append(TextBlock("We did not remind anyone this time."))
    actions = [_list("Who has not answered", summary, summary.by), _review(summary)]
    body += [*outcome, *in_rows(actions)]
    return Face(card(body, refresh=_refresh(summary, for_user)), "What became of your reminders")


_WHEN = (
    "Reminders go out between 9am and 5pm on working days. "
    "Someone who had a message from us today gets theirs on the next working day."
)
_NOT_AGAIN = f"They had a reminder in the last {DAYS_BETWEEN_REMINDERS} working days."
_WEEKLY = "They chose that. Theirs comes with their next weekly message."
_AWAY = "We write to them once they are back."
_CANNOT = f"Our messages do not reach them. {_ASK_THEM}"


def _told(title: str, names: Sequence[str], sentence: str) -> list[Element]:
    if not names:
        return []
    return [heading(title, 2), words(listed(names)), TextBlock(sentence, spacing="small")]


def _away(people: Sequence[tuple[str, date]]) -> list[Element]:
    if not people:
        return []
    rows = [words(f"{name}: away until {day_in_words(until)}.", spacing="small")
            for name, until in people]  # fmt: skip
    return [heading("They are away", 2), *rows, TextBlock(_AWAY, spacing="small")]
