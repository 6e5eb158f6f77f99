"""How areas were rated in the rounds that have closed: spread, groups, gap, movement, verdict.

A round that is still open is never counted, whoever asks: round 1 is blind, and what changes in
round 2 is for its close. Everyone counts alike, also who has left the group since. However many
areas are asked for, there are five queries.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select as columns
from sqlmodel import Session, col, func, or_, select

from eocif import rounds
from eocif.local_edition import every_perspective_of, rule_of, statements_of
from eocif.models import Evidence, Member, Rating, Response, Review, ReviewArea, View
from eocif.people import known
from eocif.round_summaries import AreaResult, StatementResult
from eocif.rules import agreement, spread
from eocif.rules.answers import WORDS
from eocif.rules.framework import LEVEL_KEYS
from eocif.rules.perspectives import Perspective, Voice
from eocif.rules.progress import AreaState
from eocif.rules.spread import Partition, Rated
from eocif.rules.statements import Statement
from eocif.rules.visibility import is_blind

Choices = dict[int, dict[str, str]]
"""By member id, what they chose by a statement's code."""


@dataclass(frozen=True)
class TakingPart:
    """Who took part in an area, and in which groups they are shown: the same in all its tables.

    `voices` maps a member's id to the perspective they speak from. `asked` counts the group, and
    who took part and has left it. `contributed` and `silent` are the perspectives of those asked.
    """

    asked: int
    voices: Mapping[int, Perspective]
    cut: Partition
    contributed: tuple[Perspective, ...]
    silent: tuple[Perspective, ...]

    def group(self, member_id: int) -> str:
        """The group that one of them is shown in."""
        return self.cut.group_of[self.voices[member_id].key]

    def as_shown(self, perspectives: Iterable[Perspective]) -> tuple[Perspective, ...]:
        """Perspectives of theirs as the tables name them: those of one or two by their group."""
        found = (_as_grouped(each, self.cut.group_of[each.key]) for each in perspectives)
        return tuple(dict.fromkeys(found))


def _as_grouped(perspective: Perspective, group: str) -> Perspective:
    if perspective.name == group:
        return perspective
    return Perspective("", group, group, Voice.NEITHER, ours=True)


def closed_round(area: ReviewArea) -> int:
    """The latest round of an area that has closed; 0 before its first has."""
    state = rounds.state_for_seeing(area)
    if is_blind(state):
        return 0
    return area.round - 1 if state is AreaState.ROUND_2 else area.round


def area_result(session: Session, *, review: Review, area: ReviewArea, round: int) -> AreaResult:
    """An area's ratings after a round; after its last closed one, where that is earlier."""
    return results(session, review=review, areas=[area], round=round)[area.number]


def results(
    session: Session, *, review: Review, areas: Iterable[ReviewArea], round: int | None = None
) -> dict[int, AreaResult]:
    """Many areas' results by area number, each after its last closed round or an earlier one."""
    wanted = list(areas)
    people = taking_part(session, review=review, areas=wanted)
    given = _ratings(session, [known(area.id) for area in wanted])
    found = {}
    for area in wanted:
        closed = closed_round(area)
        after = closed if round is None else min(round, closed)
        rows = given[known(area.id)]
        found[area.number] = _result(review, area, people[area.number], rows, after)
    return found


def choices(session: Session, *, area_id: int, up_to: int) -> Choices:
    """What each member chose in an area: in the last round they chose in, up to this one.

    Of open rounds too: callers ask first whether the reader may see them.
    """
    return _in_force(_ratings(session, [area_id])[area_id], up_to)


class _Rating(NamedTuple):
    round: int
    member_id: int
    code: str
    choice: str


def _ratings(session: Session, area_ids: Collection[int]) -> dict[int, list[_Rating]]:
    """Every rating of some areas, by area id, round by round."""
    wanted = (Rating.area_id, Rating.round, Rating.member_id, Rating.code, Rating.choice)
    rows = session.execute(
        columns(*map(col, wanted))
        .where(col(Rating.area_id).in_(area_ids))
        .order_by(col(Rating.round))
    )
    found: dict[int, list[_Rating]] = defaultdict(list)
    for area_id, *rating in rows:
        found[area_id].append(_Rating(*rating))
    return found


def _in_force(ratings: Iterable[_Rating], up_to: int) -> Choices:
    found: Choices = defaultdict(dict)
    for each in ratings:
        if each.round <= up_to:
            found[each.member_id][each.code] = each.choice  # a later round's comes later
    return dict(found)


# --- one area -----------------------------------------------------------------------------


def _result(
    review: Review, area: ReviewArea, people: TakingPart, ratings: Iterable[_Rating], round: int
) -> AreaResult:
    rows = list(ratings)
    before, after = _in_force(rows, 1), _in_force(rows, round)
    return AreaResult(
        round=round, asked=people.asked, people=len(people.voices),
        statements=tuple(
            _statement(review, each, people, before if round > 1 else None, after)
            for each in statements_of(review, area.number)
        ),
        contributed=people.contributed, silent=people.silent,
    )  # fmt: skip


def _statement(
    review: Review,
    statement: Statement,
    people: TakingPart,
    before: Choices | None,
    after: Choices,
) -> StatementResult:
    def chosen(choices: Choices) -> dict[int, str]:
        return {each: choices.get(each, {}).get(statement.code, "") for each in people.voices}

    now = chosen(after)
    rated = [Rated(people.voices[member_id], choice) for member_id, choice in now.items()]
    moved, of = (0, 0) if before is None else spread.movement(chosen(before), now)
    whole = spread.spread_of(now.values())
    speaking = [each.perspective for each in rated if each.choice in LEVEL_KEYS]
    verdict = agreement.verdict(
        whole.counts, perspectives=len({each.key for each in speaking}),
        lived_experience=sum(each.voice is Voice.LIVED_EXPERIENCE for each in speaking),
        settings=rule_of(review),
    )  # fmt: skip
    return StatementResult(
        statement, verdict, whole, spread.groups(rated, people.cut), spread.gap(rated), moved, of
    )


# --- who took part ------------------------------------------------------------------------


def taking_part(
    session: Session, *, review: Review, areas: Iterable[ReviewArea]
) -> dict[int, TakingPart]:
    """By area number, who gave a level, words or evidence, or answered a draft, once it closed."""
    wanted = list(areas)
    members = {
        known(each.id): each
        for each in session.exec(select(Member).where(Member.review_id == review.id))
    }
    speaking = {member_id: each.perspectives[0] for member_id, each in members.items()}
    active = {member_id for member_id, each in members.items() if not each.removed_at}
    offered = every_perspective_of(review)
    since = _first_rounds(session, [known(area.id) for area in wanted])
    found = {}
    for area in wanted:
        closed, first = closed_round(area), since[known(area.id)]
        took = {member_id: round_ for member_id, round_ in first.items() if round_ <= closed}
        asked = {member_id: speaking[member_id] for member_id in sorted(active | took.keys())}
        found[area.number] = _taking_part(asked, took, offered, closed)
    return found


def _taking_part(
    asked: Mapping[int, str], took: Mapping[int, int], offered: Iterable[Perspective], closed: int
) -> TakingPart:
    """Of the members asked, by id, the keys of the perspectives they speak from.

    `took` maps those who took part to the round in which they first did, up to the `closed` one.
    """
    held = {each.key: each for each in offered if each.key in asked.values()}
    voices = {member_id: held[key] for member_id, key in asked.items() if member_id in took}
    rounds_ = [
        Counter(voice.key for member_id, voice in voices.items() if took[member_id] <= number)
        for number in range(1, closed + 1)
    ]
    spoke = {each.key for each in voices.values()}
    return TakingPart(
        len(asked), voices, spread.partition_by_round(rounds_, held.values()),
        contributed=tuple(each for each in held.values() if each.key in spoke),
        silent=tuple(each for each in held.values() if each.key not in spoke),
    )  # fmt: skip


def _first_rounds(session: Session, area_ids: Collection[int]) -> dict[int, dict[int, int]]:
    """By area and member id, the round in which each first said anything."""
    rated = (
        select(Rating.area_id, Rating.member_id, func.min(Rating.round))
        .where(col(Rating.area_id).in_(area_ids))
        .group_by(col(Rating.area_id), col(Rating.member_id))
    )
    has_evidence = select(Evidence.id).where(Evidence.view_id == View.id).exists()
    has_words = or_(has_evidence, *(col(getattr(View, field)) != "" for field in WORDS))
    written = select(View.area_id, View.member_id).where(col(View.area_id).in_(area_ids), has_words)
    answered = (
        select(Response.area_id, Response.member_id, func.min(Response.round))
        .where(col(Response.area_id).in_(area_ids), Response.answer != "")
        .group_by(col(Response.area_id), col(Response.member_id))
    )
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for area_id, member_id, round_ in (*session.exec(rated), *session.exec(answered)):
        found[area_id][member_id] = min(round_, found[area_id].get(member_id, round_))
    for area_id, member_id in session.exec(written):
        found[area_id][member_id] = 1
    return found
