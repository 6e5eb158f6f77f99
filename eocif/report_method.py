"""How a review was done, after the items of ACCORD, the guideline for reporting consensus work.

Who took part, in how many rounds, by which rule set beforehand, who did not answer, and what
differed from the plan. Only of areas whose outcome a report may show.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from eocif.local_edition import every_perspective_of, perspectives_of, rule_of
from eocif.models import AuditEvent, ReviewArea
from eocif.people import known
from eocif.report_areas import in_group
from eocif.report_rows import CLOSED, EARLY, EXTENDED, OPENED, SENT, Rows
from eocif.report_summaries import Method, Round
from eocif.rules import phrases
from eocif.rules.dates import day_in_words, london_day
from eocif.rules.perspectives import Perspective, Voice
from eocif.rules.progress import MOST_TIMES_ROUND, AreaState, times_round
from eocif.rules.spread import SMALLEST, Partition, partition
from eocif.rules.visibility import Fact


def method(rows: Rows) -> Method:
    """The method statement. No perspective of one or two people is named with its number."""
    voices = _voices(rows)
    cut = _cut(rows, voices.values())
    without = len(_recorded(rows) & voices.keys())
    return Method(
        participants=_participants(cut, voices.values()),
        lived_experience=_lived(cut, voices.values()),
        without_teams=_shown(without, len(voices)), missing=_missing(rows), silent=_silent(rows),
        rule=rule_of(rows.review), rounds=tuple(_rounds(rows)), changes=tuple(_changes(rows)),
    )  # fmt: skip


def _shown(people: int, of: int) -> int:
    """A number of people, or 0 where they, or all the others, are so few that it points at them."""
    return people if people >= SMALLEST and of - people not in range(1, SMALLEST) else 0


# --- who took part --------------------------------------------------------------------------


def _voices(rows: Rows) -> dict[int, Perspective]:
    """Who took part in an area whose outcome is shown, by member id."""
    found: dict[int, Perspective] = {}
    for area in _areas(rows, Fact.OUTCOME):
        found |= rows.taking[area.number].voices
    return found


def _areas(rows: Rows, fact: Fact) -> list[ReviewArea]:
    return [area for area in rows.areas if rows.may(fact, area)]


def _cut(rows: Rows, voices: Iterable[Perspective]) -> Partition:
    people = Counter(each.key for each in voices)
    return partition(people, every_perspective_of(rows.review))


def _participants(cut: Partition, voices: Iterable[Perspective]) -> tuple[tuple[str, int], ...]:
    people = Counter(cut.group_of[each.key] for each in voices)
    return tuple((name, people[name]) for name in cut.names)


def _lived(cut: Partition, voices: Iterable[Perspective]) -> int:
    """How many with lived experience; 0 where less the groups beside it that is one or two."""
    spoke = list(voices)
    people = Counter(cut.group_of[each.key] for each in spoke)
    lived = Counter(
        cut.group_of[each.key] for each in spoke if each.voice is Voice.LIVED_EXPERIENCE
    )
    if any(_shown(count, people[name]) != count for name, count in lived.items()):
        return 0
    return lived.total()


def _recorded(rows: Rows) -> set[int]:
    """Whose answers somebody typed for them."""
    areas = (known(area.id) for area in _areas(rows, Fact.OUTCOME))
    return {member_id for area_id in areas for member_id in rows.recorded.get(area_id, ())}


def _missing(rows: Rows) -> tuple[Perspective, ...]:
    """The perspectives that nobody in the group holds, nor held while they took part."""
    held = {
        key
        for member in rows.members.values()
        if member.removed_at is None
        for key in member.perspectives
    } | {each.key for each in _voices(rows).values()}
    return tuple(each for each in perspectives_of(rows.review) if each.key not in held)


def _silent(rows: Rows) -> tuple[Perspective, ...]:
    """Those in the group from whom no answer came; one or two people would be named by it."""
    spoke = set(_voices(rows).values())
    return tuple(
        each
        for each in perspectives_of(rows.review)
        if spoke and each not in spoke and in_group(rows, each) >= SMALLEST
    )


# --- rounds ---------------------------------------------------------------------------------


def _rounds(rows: Rows) -> Iterator[Round]:
    areas = _areas(rows, Fact.HOW_MANY)
    for number in range(1, max((area.round for area in areas), default=0) + 1):
        inside = [area for area in areas if area.round >= number]
        days = _days(rows, inside, number)
        yield Round(
            f"Round {number}", min(days[0], default=None), max(days[1], default=None),
            sum(rows.taking[area.number].asked for area in inside),
            sum(_answered(rows, area, number) for area in inside),
        )  # fmt: skip


def _days(rows: Rows, areas: Iterable[ReviewArea], number: int) -> tuple[list[date], list[date]]:
    """The days on which rounds of this number began in these areas, and those of their closes."""
    subjects = {f"area:{area.number}" for area in areas}
    began, closed = [], []
    for event in rows.events:
        if event.subject in subjects and _round_of(event) == number:
            if event.event in (OPENED, SENT):
                began.append(london_day(event.at))
            elif event.event == CLOSED:
                closed.append(london_day(event.at))
    return began, closed


def _round_of(event: AuditEvent) -> int:
    return int(event.detail.get("round", 1))


def _answered(rows: Rows, area: ReviewArea, number: int) -> int:
    if number == 1:
        return len(rows.answered.get(known(area.id), ()))
    return sum(row.round == number for row in rows.responses.get(known(area.id), ()))


# --- what differed from the plan --------------------------------------------------------------


def _changes(rows: Rows) -> Iterator[str]:
    """A sentence each: rounds extended or closed early, drafts once more, areas again or aside."""
    for (event, number, day), areas in _moved_closings(rows).items():
        what = "was extended to" if event == EXTENDED else "was closed early, on"
        named = phrases.areas(areas, opening=False)
        yield f"Round {number} of {named} {what} {day_in_words(date.fromisoformat(day))}."
    again = [
        area.number
        for area in rows.areas
        if times_round(area.round, area.reopened) >= MOST_TIMES_ROUND
    ]
    if again:
        yield f"The draft of {phrases.areas(again, opening=False)} went round once more."
    for area in rows.areas:
        for each in area.reopened:
            day = day_in_words(london_day(datetime.fromisoformat(each["at"])))
            yield f"Area {area.number} was opened again on {day}."
    aside = [area.number for area in rows.areas if area.state == AreaState.SET_ASIDE]
    if aside:
        yield f"{phrases.areas(aside)} {'was' if len(aside) == 1 else 'were'} set aside."


Moved = tuple[str, int, str]


def _moved_closings(rows: Rows) -> Mapping[Moved, list[int]]:
    """The areas whose rounds got another closing day, by what was done, which round and the day.

    Of several days given to one round the last counts.
    """
    last: dict[tuple[str, int], tuple[str, str]] = {}
    for event in rows.events:
        if event.event in (EXTENDED, EARLY):
            day = event.detail["until" if event.event == EXTENDED else "on"]
            last[event.subject, _round_of(event)] = (event.event, day)
    found: dict[Moved, list[int]] = defaultdict(list)
    for (subject, number), (event_name, day) in last.items():
        found[event_name, number, day].append(int(subject.removeprefix("area:")))
    return found
