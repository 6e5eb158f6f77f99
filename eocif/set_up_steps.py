"""What each step of the set-up shows."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from eocif import (
    readiness,
    review_groups,
    reviews,
    set_up,
    set_up_local,
    set_up_perspectives,
    set_up_rules,
)
from eocif.access import areas_of, enter
from eocif.errors import NotFound
from eocif.local_edition import (
    edition_of,
    not_applicable_of,
    perspective_of,
    perspectives_of,
    rule_of,
)
from eocif.models import Person, Review
from eocif.people import Actor, known, team_people
from eocif.rules.authorisation import Act
from eocif.rules.due import earliest_start, timetable
from eocif.rules.framework import Area
from eocif.rules.perspectives import Perspective, UnknownPerspective, missing
from eocif.rules.scope import scope_in_words
from eocif.rules.statements import asked, minutes, statement
from eocif.set_up_saving import digests
from eocif.set_up_summaries import (
    CheckStep,
    DetailsStep,
    GroupStep,
    LeadsStep,
    LocalHelpStep,
    LocalStatementStep,
    LocalStep,
    MemberStep,
    NotProvidedStep,
    PaceStep,
    PerspectiveAddStep,
    PerspectiveChangeStep,
    PerspectivesStep,
    PerspectiveStep,
    RosterStep,
    RulesStep,
    ScopeStep,
    TimetableRow,
    WithoutTeamsStep,
)
from eocif.summaries import GroupMember, PersonName

ROSTER_PAGE = 15  # people on one card

Step = (
    DetailsStep | ScopeStep | PaceStep | GroupStep | PerspectiveStep | RosterStep | MemberStep
    | WithoutTeamsStep | LeadsStep | CheckStep | RulesStep | LocalStep | LocalStatementStep
    | LocalHelpStep | NotProvidedStep | PerspectivesStep | PerspectiveChangeStep
    | PerspectiveAddStep
)  # fmt: skip

_ACTS: Mapping[str, Act] = {
    **dict.fromkeys(("details", "scope", "pace", "check", "rules"), Act.SET_UP),
    **dict.fromkeys(("local", "local_statement", "local_help", "not_provided"), Act.SET_UP),
    "started": Act.SEE_REVIEW,
}


def show(
    session: Session, *, actor: Actor, review_id: int, step: str, perspective_key: str = "",
    member_id: int = 0, page: int = 1, area: int = 0, service: str = "", now: datetime,
) -> Step:  # fmt: skip
    """One step as it is stored. The group and its leads may change while a review runs too."""
    act = _ACTS.get(step, Act.CHANGE_GROUP)
    review = enter(session, actor=actor, review_id=review_id, act=act).review
    match step:
        case "perspective":
            return _perspective(session, review, perspective_key)
        case "roster":
            return _roster(session, review, perspective_key, page)
        case "member":
            return _member(session, review, member_id)
        case "local_help":
            return set_up_local.local_help_step(session, review, area)
        case "not_provided":
            return set_up_local.not_provided_step(session, review, service)
        case "perspective_change":
            return set_up_perspectives.change_step(session, review, perspective_key)
    return _STEPS[step](session, review, now)


def _details(session: Session, review: Review, now: datetime) -> DetailsStep:
    values = set_up.details_of(review)
    return DetailsStep(reviews.head(session, review), values, digests(values))


def _scope(session: Session, review: Review, now: datetime) -> ScopeStep:
    stored = set_up.scope_of(session, review)
    chosen = frozenset(area.number for area in areas_of(session, review_id=known(review.id)))
    return ScopeStep(
        reviews.head(session, review), edition_of(review), chosen,
        digests(stored, "section_"),
    )  # fmt: skip


def _pace(session: Session, review: Review, now: datetime) -> PaceStep:
    values = set_up.pace_of(review)
    return PaceStep(
        reviews.head(session, review), values, digests(values), _timetable(session, review),
        earliest_start(now),
    )  # fmt: skip


def _timetable(session: Session, review: Review) -> tuple[TimetableRow, ...]:
    if review.start_on is None:
        return ()
    edition = edition_of(review)
    numbers = [area.number for area in areas_of(session, review_id=known(review.id))]
    batches = timetable(
        numbers, start_on=review.start_on, pace=review.pace, answer_days=review.answer_days
    )
    return tuple(
        TimetableRow(each.opens_on, each.closes_on, tuple(edition.area(n) for n in each.areas))
        for each in batches
    )


def _group(session: Session, review: Review, now: datetime) -> GroupStep:
    members = review_groups.listing(session, review_id=known(review.id))
    return GroupStep(
        reviews.head(session, review), members, _missing(review, members), perspectives_of(review)
    )


def _missing(review: Review, members: tuple[GroupMember, ...]) -> tuple[Perspective, ...]:
    held = (each.key for member in members for each in member.perspectives)
    return missing(held, perspectives_of(review))


def _perspective(session: Session, review: Review, key: str) -> PerspectiveStep:
    wanted = _known_perspective(review, key)
    members = review_groups.listing(session, review_id=known(review.id))
    speaking = tuple(member for member in members if wanted in member.perspectives)
    is_offered = wanted in perspectives_of(review)
    return PerspectiveStep(reviews.head(session, review), wanted, speaking, is_offered)


def _known_perspective(review: Review, key: str) -> Perspective:
    try:
        return perspective_of(review, key)
    except UnknownPerspective as unknown:
        raise NotFound from unknown


def _roster(session: Session, review: Review, key: str, page: int) -> RosterStep:
    wanted = _known_perspective(review, key)
    everyone = team_people(session, tenant_id=review.tenant_id)
    pages = max(1, -(-len(everyone) // ROSTER_PAGE))
    page = min(max(page, 1), pages)
    here = everyone[(page - 1) * ROSTER_PAGE : page * ROSTER_PAGE]
    holding = {
        member.person_id
        for member in review_groups.active(session, review_id=known(review.id))
        if key in member.perspectives
    }
    return RosterStep(
        reviews.head(session, review), wanted, tuple(_named(person) for person in here),
        frozenset(known(person.id) for person in here if person.id in holding), page, pages,
    )  # fmt: skip


def _named(person: Person) -> PersonName:
    return PersonName(known(person.id), person.name, "guest" if person.is_guest else "")


def _member(session: Session, review: Review, member_id: int) -> MemberStep:
    row = review_groups.member_of(session, review_id=known(review.id), member_id=member_id)
    member = review_groups.described(review, row, session.get_one(Person, row.person_id))
    may_hold = dict.fromkeys((*perspectives_of(review), *member.perspectives))
    return MemberStep(reviews.head(session, review), member, tuple(may_hold))


def _without_teams(session: Session, review: Review, now: datetime) -> WithoutTeamsStep:
    return WithoutTeamsStep(
        reviews.head(session, review), secrets.token_hex(8), perspectives_of(review)
    )


def _leads(session: Session, review: Review, now: datetime) -> LeadsStep:
    edition, stored = edition_of(review), set_up.leads_of(session, review)
    return LeadsStep(
        head=reviews.head(session, review), edition=edition,
        sections=tuple(each for each in edition.sections if str(each.number) in stored),
        candidates=tuple(
            _named(person)
            for person in review_groups.may_lead(session, review_id=known(review.id))
            if person.id != review.lead_id  # offered already, as the one who leads by default
        ),
        leads={int(section): int(lead or 0) for section, lead in stored.items()},
        mixed=frozenset(int(section) for section, lead in stored.items() if not lead),
        shown=digests(stored, "lead_"),
    )  # fmt: skip


def _check(session: Session, review: Review, now: datetime) -> CheckStep:
    review_id = known(review.id)
    members = review_groups.listing(session, review_id=review_id)
    rows, edition, unit = _timetable(session, review), edition_of(review), review.rating_unit
    areas = [edition.area(row.number) for row in areas_of(session, review_id=review_id)]
    weekly = [sum(minutes(area, unit) for area in row.areas) for row in rows]
    return CheckStep(
        head=reviews.head(session, review), missing=_missing(review, members), timetable=rows,
        members=len(members),
        without_teams=tuple(member.name for member in members if not member.has_teams),
        statements=asked(areas, unit), minutes_in_all=sum(minutes(area, unit) for area in areas),
        minutes_a_week=max(weekly, default=0),
        area_leads_see_names=review.area_leads_see_names,
        scope=scope_in_words(edition, [area.number for area in areas]),
        blockers=tuple(readiness.blockers(session, review=review, earliest=earliest_start(now))),
        warnings=tuple(readiness.warnings(session, review=review)), unit=unit,
        rule=rule_of(review), confirm_days=review.confirm_days, **_local(review, areas),
    )  # fmt: skip


def _local(review: Review, areas: list[Area]) -> dict[str, Any]:
    """What the check says of local words, as far as they are in scope."""
    numbers = {area.number for area in areas}
    return {
        "local": tuple(
            statement(each) for area in areas for each in area.indicators if each.is_local
        ),
        "not_applicable": tuple(
            each for number in sorted(numbers) for each in not_applicable_of(review, number)
        ),
        "changed_words": sum(area.label_is_local for area in areas)
        + sum(
            each.help_is_local and not each.is_local for area in areas for each in area.indicators
        ),
    }


_STEPS: Mapping[str, Callable[[Session, Review, datetime], Step]] = {
    "details": _details,
    "scope": _scope,
    "pace": _pace,
    "group": _group,
    "without_teams": _without_teams,
    "leads": _leads,
    "check": _check,
    "started": _check,
    "rules": set_up_rules.rules_step,
    "local": set_up_local.local_step,
    "local_statement": set_up_local.local_statement_step,
    "perspectives": set_up_perspectives.perspectives_step,
    "perspective_add": set_up_perspectives.add_step,
}
