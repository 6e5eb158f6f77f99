"""When a weekly digest is due, and the sentences it is made of (PURE).

A digest moves to the next working day, as prompts do. It belongs to the week in which it goes
out, Monday to Sunday in London, so that nobody ever gets two in a week.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta

from eocif.rules.actions import Status
from eocif.rules.dates import at, london_day, next_sending_time
from eocif.rules.perspectives import Perspective, Voice
from eocif.rules.phrases import areas, many
from eocif.rules.progress import AreaState
from eocif.rules.spread import OTHERS, SMALLEST
from eocif.rules.working_days import on_or_after

KIND = "digest"
"""Of its delivery; also the delivery's subject, as there is one over all of someone's reviews."""

WEEK = timedelta(days=7)
LONGEST = 4 * WEEK  # that a digest looks back: after leave, or where others did not arrive
SOON = timedelta(days=14)  # before an action is due
AHEAD = timedelta(days=61)  # of meetings
YEAR_AHEAD = timedelta(days=366)  # of a re-assessment and the edition's own review
WIDE = 2  # levels between lived experience and staff: such a gap is told before all else


# --- when -------------------------------------------------------------------------------------


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def slot(week: date) -> str:
    """The delivery's slot: the database refuses a second digest for the same person and week."""
    return f"week:{week}"


def due_in(week: date, *, weekday: int, hour: int) -> datetime | None:
    """When the digest goes out in the week of this Monday; None where it moved to the next one.

    `weekday` counts from 0 for Monday, `hour` is London's. Where last week's moved into this week,
    it is this week's.
    """
    wanted = (monday + timedelta(days=weekday) for monday in (week - WEEK, week))
    found = [next_sending_time(at(on_or_after(day), hour)) for day in wanted]
    return min((each for each in found if week_of(london_day(each)) == week), default=None)


def looks_back_to(now: datetime, last: datetime | None) -> datetime:
    """From when on a digest tells what moved: a week ago, or the last one that surely arrived.

    So nothing is left out after a bank holiday, leave, or a digest whose fate is not known.
    """
    week_ago = now - WEEK
    return max(min(week_ago, last), now - LONGEST) if last else week_ago


# --- what moved -------------------------------------------------------------------------------

REOPENED = "reopened"
_MOVED: Mapping[str, tuple[str, str]] = {
    AreaState.CONCLUDED: ("{} was concluded.", "{} were concluded."),
    AreaState.SET_ASIDE: ("{} was set aside.", "{} were set aside."),
    REOPENED: ("{} was opened again.", "{} were opened again."),
    AreaState.CONCLUDING: (
        "The round on the draft of {} closed.", "The rounds on the drafts of {} closed.",
    ),
    AreaState.ROUND_2: (
        "The draft of {} went to the group.", "The drafts of {} went to the group.",
    ),
    AreaState.DRAFTING: ("The first round of {} closed.", "The first rounds of {} closed."),
    AreaState.ROUND_1: ("{} opened for answers.", "{} opened for answers."),
}  # fmt: skip
"""By what areas became, those that ended first; `REOPENED` where an area went back to its draft."""


def moved(became: Mapping[str, Collection[int]]) -> list[str]:
    """What areas became, by the numbers of those that moved there; a sentence for each."""
    return [
        sentences[len(numbers) > 1].format(areas(numbers, opening=sentences[0].startswith("{}")))
        for state, sentences in _MOVED.items()
        if (numbers := became.get(state, ()))
    ]


def moved_actions(settled: Iterable[str], *, added: int) -> list[str]:
    """How many actions were done or withdrawn, by their statuses, and how many are new."""
    counted = Counter(settled)
    done, withdrawn = counted[Status.DONE], counted[Status.WITHDRAWN]
    told = [
        (done, f"{many(done, 'action is', 'actions are')} done."),
        (withdrawn, f"{many(withdrawn, 'action was', 'actions were')} withdrawn."),
        (added, f"{many(added, 'action is', 'actions are')} new."),
    ]
    return [sentence for count, sentence in told if count]


# --- who is silent ----------------------------------------------------------------------------


def silent(
    group: Mapping[str, int], spoke: Collection[str], offered: Iterable[Perspective], *, merge: bool
) -> tuple[Perspective, ...]:
    """The perspectives of which nobody has answered, in the order of `offered`.

    `group`: how many people hold each, by key; `spoke`: the keys of those who answered. With
    `merge` those of one or two people count together, and are left out where they are too few.
    """
    held = [each for each in offered if group.get(each.key)]
    alone = [each for each in held if not merge or group[each.key] >= SMALLEST]
    found = tuple(each for each in alone if each.key not in spoke)
    small = [each.key for each in held if each not in alone]
    is_silent = sum(group[key] for key in small) >= SMALLEST and not set(small) & set(spoke)
    return (*found, _MERGED) if is_silent else found


_MERGED = Perspective("", OTHERS, OTHERS, Voice.NEITHER, ours=True)


# --- what did not arrive ----------------------------------------------------------------------

UNKNOWN = "We do not know whether it arrived."
"""Why a digest is shown as undelivered that will not be sent again."""

_ADD = "Ask them to add the app in Teams, or ask your Teams administrator to add it for them."
_WRITE = "Ask them to open the app in Teams and type “help”."
_UNBLOCK = "Ask them to unblock it, or speak to them yourself."
_ADMINISTRATOR = "Ask your Teams administrator to let the app write to them."
WHAT_TO_DO: Mapping[str, str] = {
    "They have not added the app in Teams yet.": _ADD,
    "They have never used the app in Teams.": _WRITE,
    "They have blocked the app in Teams.": _UNBLOCK,
    "They have blocked or removed the app in Teams.": _ADD,
    "They removed the app from their Teams.": _ADD,
    "Their administrator has switched the app off.": _ADMINISTRATOR,
    "Teams does not let the app write to them.": _ADMINISTRATOR,
    "Their chat with the app is no longer there.": _WRITE,
    UNKNOWN: "They can type “digest” at any time to see it.",
}  # fmt: skip
"""By the reason as `eocif.outbox` words it."""

OTHERWISE = "We will try the next message. If this comes again, tell whoever looks after this app."


def what_to_do(reason: str) -> str:
    """What a lead can do about a message that did not arrive for this reason."""
    return WHAT_TO_DO.get(reason, OTHERWISE)
