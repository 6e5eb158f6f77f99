"""A world with everything that a report can show: blind, close, agreed and set aside areas."""

from datetime import UTC, date, datetime

from eocif import conclusions, drafts, reporting, rounds, voices
from eocif.database import Database
from eocif.models import Evidence, Rating, Response, Review
from eocif.report_summaries import AreaReport, Report
from eocif.rules.answers import Offered
from eocif.rules.dates import at
from eocif.rules.visibility import Version
from tests.after_the_close import ANSWERED_AT, CLOSED_ON, MIXED, NEXT_MORNING, sent
from tests.builders import World, codes, opened
from tests.to_the_end import CONCLUDING_AT, SENT_ROUND, conclude, respond

EXTENDED_TO = date(2027, 2, 26)
MADE_AT = at(date(2027, 1, 27), 12)


def everything(database: Database) -> World:
    """Four areas: 1 is still blind, 2 ended close, 3 agreed, 4 is set aside."""
    world = opened(database, datetime(2027, 1, 7, 10, tzinfo=UTC), scope={"1": "1,2,3,4"})
    world.write("grace", 1, ANSWERED_AT, where_now="Zimtstern in a blind round")
    world.rate("grace", 1, "excelling", ANSWERED_AT)
    _answer(world)
    world.on_review(rounds.extend, number=1, until=EXTENDED_TO.isoformat(), now=at(CLOSED_ON, 10))
    reason = {"reason": "Zimtstern set aside", "now": at(CLOSED_ON, 10)}
    world.on_review(drafts.set_aside, number=4, **reason)
    world.live(at(CLOSED_ON, 17, 15))
    _draft(world)
    _second_round(world)
    world.tick(at(SENT_ROUND, 17, 15))
    _conclude(world)
    _governance(world)
    return world


def _answer(world: World) -> None:
    """Everyone answers areas 2 and 3; Grace gives evidence and two stories."""
    for area, choices in ((2, MIXED), (3, dict.fromkeys(world.members, "achieving"))):
        for who in world.members:
            recorder, for_ = (who, "") if who in world.actors else ("tom", who)
            levels = dict.fromkeys(codes(area), choices[who])
            world.rate(recorder, area, levels, ANSWERED_AT, for_=for_)
    where = "Zimtstern in the where of area 2, Zimtstern that was hidden"
    world.write("kasia", 2, ANSWERED_AT, where_now=where)
    for place, (source, words, link) in enumerate((
        ("survey", "Zimtstern as evidence", "https://evidence.example.org/a"),
        ("story", "Zimtstern in a story told", ""),
        ("story", "Zimtstern in a story not told", ""),
    )):  # fmt: skip
        piece = Offered(f"{place}" * 16, source, "qualitative", words, link)
        world.write("grace", 2, ANSWERED_AT, offered=piece)


def _draft(world: World) -> None:
    told = world.rows(Evidence, Evidence.text == "Zimtstern in a story told")[0]
    grace, kasia = world.members["grace"], world.members["kasia"]
    here = {"number": 2, "now": NEXT_MORNING}
    world.on_review(voices.record_consent, key=f"{grace}:evidence_{told.id}",
                    how="Zimtstern by letter", **here)  # fmt: skip
    world.on_review(voices.hide, key=f"{kasia}:where_now", words="Zimtstern that was hidden",
                    reason="It names a ward.", **here)  # fmt: skip
    lead = {"level_2b": "progressing", "reason_2b": "Zimtstern as the reason"}
    sent(world, 2, NEXT_MORNING, where_now="Zimtstern as agreed",
         draws_on="clinical_leaders,healthwatch,people_and_carers", **lead)  # fmt: skip
    sent(world, 3, NEXT_MORNING)


def _second_round(world: World) -> None:
    """Des comes up a level on 2a; Sunil has a concern, Peter a comment, and Kasia agrees."""
    area = world.area(2)
    with world.database.transaction() as session:
        session.add(
            Rating(
                area_id=area.id or 0, member_id=world.members["des"], round=2, code="2a",
                tenant_id=area.tenant_id, choice="achieving", updated_at=NEXT_MORNING,
            )
        )  # fmt: skip
    respond(world, "sunil", 2, "concern", NEXT_MORNING, comment="Zimtstern as a concern")
    respond(world, "peter", 2, "agree_with_comment", NEXT_MORNING, comment="Zimtstern as a comment")
    respond(world, "kasia", 2, "agree", NEXT_MORNING)


def _conclude(world: World) -> None:
    rows = {row.answer: row.id for row in world.rows(Response)}
    said = {"who": "tom", "number": 2, "now": CONCLUDING_AT}
    world.on_review(conclusions.reply, response_id=rows["concern"], reply="", kind="stands", **said)
    world.on_review(
        conclusions.reply, response_id=rows["agree_with_comment"], kind="answered",
        reply="Zimtstern as a reply", **said,
    )  # fmt: skip
    for number in (2, 3):
        conclude(world, number)


def _governance(world: World) -> None:
    with world.database.transaction() as session:
        review = session.get_one(Review, world.review_id)
        review.forum, review.segment = "Zimtstern forum", "Zimtstern segment"
        review.safety_reference = "Zimtstern of safety"
        review.effectiveness_reference = "Zimtstern of effects"
        review.predecessor = {"Leadership": "Zimtstern of 2018"}


def report_of(world: World, version: Version = Version.GROUP) -> Report:
    """The review's report at `MADE_AT`."""
    return world.database.now(
        reporting.report, review_id=world.review_id, version=version, now=MADE_AT
    )


def area_of(report: Report, number: int) -> AreaReport:
    """An area of a report, by its number."""
    return next(each for each in report.areas if each.area.number == number)
