"""What someone may ask of our messages (PURE): each problem as the sentence that they read.

Values are text by input id: how_often (any, weekly), from_hour and until_hour (9 to 17), away_from
and away_until (ISO days, empty for none), deputy (a person's id, “none” for nobody).
"""

from collections.abc import Collection, Mapping
from datetime import date, time

from eocif.rules.dates import day_in_words, time_in_words
from eocif.rules.habits import EARLIEST, LATEST, LEAST_HOURS, Wish
from eocif.rules.set_up import NONE, typed_date
from eocif.rules.working_days import add_years

ANY, WEEKLY = "any", "weekly"
LABELS: Mapping[str, str] = {
    "how_often": "How often",
    "from_hour": "Not before",
    "until_hour": "Not after",
    "away_from": "First day away",
    "away_until": "Last day away",
    "deputy": "Who stands in for you",
}
TOGETHER: Mapping[str, str] = {
    "how_often": "how_often",
    "from_hour": "hours",
    "until_hour": "hours",
    "away_from": "leave",
    "away_until": "leave",
    "deputy": "leave",
}
"""Fields that are saved together or not at all: half a leave says nothing."""

LEAVE = ("away_from", "away_until")
FROM_HOURS = range(EARLIEST, LATEST - LEAST_HOURS + 1)
UNTIL_HOURS = range(EARLIEST + LEAST_HOURS, LATEST + 1)
YEARS_AWAY = 1


def values(wish: Wish, today: date) -> dict[str, str]:
    """What is stored, by input id. Leave that is over is none, and so is who stood in."""
    is_over = wish.away_until is None or wish.away_until < today
    away_from, away_until = (None, None) if is_over else (wish.away_from, wish.away_until)
    return {
        "how_often": WEEKLY if wish.is_weekly else ANY,
        "from_hour": str(wish.from_hour),
        "until_hour": str(wish.until_hour),
        "away_from": away_from.isoformat() if away_from else "",
        "away_until": away_until.isoformat() if away_until else "",
        "deputy": NONE if is_over or not wish.deputy_id else str(wish.deputy_id),
    }


def wish(stored: Mapping[str, str]) -> Wish:
    """The wish that checked values say."""
    return Wish(
        is_weekly=stored["how_often"] == WEEKLY,
        from_hour=int(stored["from_hour"]),
        until_hour=int(stored["until_hour"]),
        away_from=typed_date(stored["away_from"]),
        away_until=typed_date(stored["away_until"]),
        deputy_id=None if stored["deputy"] == NONE else int(stored["deputy"]),
    )


def read(posted: Mapping[str, str]) -> dict[str, str]:
    """Posted values as they would be stored; what is no date stays as it was typed."""
    found = dict(posted)
    for field in LEAVE:
        typed = found.get(field, "")
        day = typed_date(typed)
        found[field] = day.isoformat() if day else NONE if typed.lower() == NONE else typed
    return found


def problem(
    field: str, value: str, *, today: date, deputies: Collection[int], own_id: int
) -> str | None:
    """What is wrong with one field's new value, or nothing."""
    if field == "how_often":
        return None if value in (ANY, WEEKLY) else "Choose one of the answers on the list."
    if field in LEAVE:
        return _day_problem(value, today)
    if field == "deputy":
        return _deputy_problem(value, deputies, own_id)
    hours = FROM_HOURS if field == "from_hour" else UNTIL_HOURS
    return None if value in map(str, hours) else "Choose an hour from the list."


def _day_problem(value: str, today: date) -> str | None:
    if value == NONE:
        return None
    day = typed_date(value)
    if day is None:
        return "We could not read this date. Type it like 18 February 2028."
    if day < today:
        return f"{day_in_words(day)} has passed. Choose today or later."
    if day > (last := add_years(today, 2 * YEARS_AWAY)):
        return f"{day_in_words(day)} is too far ahead. Choose {day_in_words(last)} or sooner."
    return None


def _deputy_problem(value: str, deputies: Collection[int], own_id: int) -> str | None:
    if value == str(own_id):
        return "You cannot stand in for yourself. Choose someone else."
    if value == NONE or value in map(str, deputies):
        return None
    return "We cannot reach this person in Teams. Choose someone else."


def without_leave(wanted: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """“None” for one day of a leave takes the leave away, unless its other day is new."""
    emptied = {field for field in LEAVE if new.get(field) == NONE}
    gone = emptied and not any(new.get(field, NONE) != NONE for field in LEAVE)
    if gone:
        return {**wanted, "away_from": "", "away_until": "", "deputy": NONE}
    return {**wanted, **dict.fromkeys(emptied, "")}


def at_odds(wanted: Mapping[str, str]) -> dict[str, str]:
    """What does not go together: by the field to put right, the sentence that says so."""
    return {**_hours_at_odds(wanted), **_leave_at_odds(wanted)}


def _hours_at_odds(wanted: Mapping[str, str]) -> dict[str, str]:
    soonest = int(wanted["from_hour"]) + LEAST_HOURS
    if int(wanted["until_hour"]) >= soonest:
        return {}
    least = f"We need at least {LEAST_HOURS} hours for our messages."
    return {"until_hour": f"{least} Choose {time_in_words(time(soonest))} or later."}


def _leave_at_odds(wanted: Mapping[str, str]) -> dict[str, str]:
    first, last = (typed_date(wanted[field]) for field in LEAVE)
    if first is None and last is None:
        named = wanted["deputy"] != NONE
        return {"away_from": "Tell us when they stand in: your first day away."} if named else {}
    if first is None:
        return {"away_from": "Tell us your first day away too."}
    if last is None:
        return {"away_until": "Tell us your last day away too."}
    if last < first:
        return {"away_until": f"This is before your first day away, {day_in_words(first)}."}
    if last > (longest := add_years(first, YEARS_AWAY)):
        return {
            "away_until": f"Leave lasts a year at most. Choose {day_in_words(longest)} or sooner."
        }
    return {}
