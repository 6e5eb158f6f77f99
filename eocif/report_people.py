"""Each member's answer to each area, for the lead's workbook alone."""

from collections import defaultdict
from collections.abc import Mapping

from sqlmodel import Session, col, select

from eocif.models import Rating, ReviewArea
from eocif.people import known
from eocif.report_areas import last_responses
from eocif.report_rows import Rows
from eocif.report_summaries import PersonView
from eocif.results import closed_round
from eocif.rules.answers import WORDS
from eocif.rules.visibility import Fact
from eocif.spoken import COMMENT

Choices = dict[int, dict[str, str]]
"""By round, what someone chose by a statement's code."""


def people(session: Session, rows: Rows) -> tuple[PersonView, ...]:
    """Who took part in each area that this version may show by name, with what they said."""
    areas = {known(area.id): area for area in rows.areas if rows.may(Fact.AUTHORS_NAME, area)}
    chosen = _chosen(session, areas) if areas else {}
    return tuple(
        _view(rows, area, member_id, chosen.get((area_id, member_id), {}))
        for area_id, area in areas.items()
        for member_id in rows.taking[area.number].voices
    )


def _chosen(session: Session, areas: Mapping[int, ReviewArea]) -> Mapping[tuple[int, int], Choices]:
    """By area and member id, what was chosen in the rounds that have closed."""
    wanted = (Rating.area_id, Rating.member_id, Rating.round, Rating.code, Rating.choice)
    found: dict[tuple[int, int], Choices] = defaultdict(lambda: defaultdict(dict))
    for area_id, member_id, round_, code, choice in session.exec(
        select(*wanted).where(col(Rating.area_id).in_(areas))  # type: ignore[call-overload]
    ):
        if round_ <= closed_round(areas[area_id]):
            found[area_id, member_id][round_][code] = choice
    return found


def _view(rows: Rows, area: ReviewArea, member_id: int, choices: Choices) -> PersonView:
    said = [each for each in rows.said[area.number] if each.key.startswith(f"{member_id}:")]
    last = last_responses(rows, area).get(member_id)
    comment = f"{member_id}:{COMMENT}_{last.round}" if last else ""
    member = rows.members[member_id]
    return PersonView(
        area=area.number, name=rows.names[member.person_id],
        perspective=rows.taking[area.number].voices[member_id].name,
        on_behalf=member_id in rows.recorded.get(known(area.id), ()),
        choices={number: dict(by_code) for number, by_code in sorted(choices.items())},
        words={each.field: each.text for each in said if each.field in WORDS},
        answer=last.answer if last else "",
        comment="".join(each.text for each in said if each.key == comment),
    )  # fmt: skip
