"""A review in which everything that anyone can type is hostile, signed off.

Words arrive cleaned, as posted shapes clean them.
"""

from datetime import date, datetime

from eocif import conclusions, drafts, report_facts, reviews, set_up, sign_off, voices
from eocif.database import Database
from eocif.models import Evidence, Response
from eocif.rules.answers import Offered
from eocif.rules.dates import at
from tests import builders
from tests.after_the_close import ANSWERED_AT, CLOSED_ON, NEXT_MORNING, sent
from tests.builders import World, codes
from tests.confirming import TUESDAY, respond
from tests.eocif import hostile_actions
from tests.eocif.hostile_words import line, nasty
from tests.kept import kept
from tests.to_the_end import CONCLUDED_AT, SENT_ROUND, SIGNED_OFF_AT, conclude

SCOPE = {"1": "2,3,4"}


@kept
def signed_off(database: Database, now: datetime) -> World:
    """Areas 2 and 3 are concluded, area 4 is set aside, and area 2 has actions."""
    world = _answered(database, now)
    for area in (2, 3):
        _sent(world, area)
    _responses(world)
    world.tick(at(SENT_ROUND, 17, 15))
    _replies(world)
    for area in (2, 3):
        conclude(world, area)
    _facts(world)
    hostile_actions.planned(world)
    wanted = {"reassess_on": "2029-01-01", "reassess_because": nasty("sooner")}
    world.on_review(sign_off.sign_off, now=SIGNED_OFF_AT, **wanted)
    hostile_actions.moved(world)
    return world


def asked(database: Database, now: datetime) -> World:
    """Everyone is asked, one of them by a hostile name."""
    world = builders.drafted(database, now, scope=SCOPE)
    hostile_actions.renamed(world, "des")
    details = {
        field: line(field)
        for field in ("title", "provider", "division", "executive_lead", "forum", "segment")
    }
    with database.transaction() as session:
        review = session.get_one(reviews.Review, world.review_id)
        shown = builders.digests(set_up.details_of(review))
    said = world.on_review(set_up.save_details, posted=details, shown=shown, now=now)
    assert not said.is_problem, said
    world.on_review(reviews.start, now=now)
    world.live(at(builders.MONDAY, 9))
    return world


def _answered(database: Database, now: datetime) -> World:
    world = asked(database, now)
    for area in (2, 3, 4):
        for who in world.members:
            _answers(world, who, area)
    world.live(at(CLOSED_ON, 17, 15))
    world.live(NEXT_MORNING)
    _hides(world)
    world.on_review(drafts.set_aside, number=4, reason=nasty("aside"), now=NEXT_MORNING)
    return world


def _answers(world: World, who: str, area: int) -> None:
    recorder, for_ = (who, "") if who in world.actors else ("tom", who)
    apart = "progressing" if who in ("grace", "sunil", "doris") else "excelling"
    level = apart if area == 2 else "achieving"
    world.rate(recorder, area, dict.fromkeys(codes(area), level), ANSWERED_AT, for_=for_)
    words = {
        field: nasty(f"{field}{area}{who}")
        for field in ("where_now", "what_good", "what_do", "excelling", "achieving")
    }
    story = Offered("n" * 8, "story", "qualitative", nasty(f"evidence{area}{who}"), "")
    world.write(recorder, area, ANSWERED_AT, for_=for_, offered=story, **words)


def _hides(world: World) -> None:
    grace = world.members["grace"]
    world.on_review(
        voices.hide, number=2, key=f"{grace}:where_now", words="evil.example",
        reason=nasty("hiding"), now=NEXT_MORNING,
    )  # fmt: skip
    story = world.rows(Evidence)[0]
    member = world.members[next(iter(world.members))]
    world.on_review(
        voices.record_consent, number=2, key=f"{member}:evidence_{story.id}",
        how=nasty("consent"), now=NEXT_MORNING,
    )  # fmt: skip


def _sent(world: World, area: int) -> None:
    fields = {
        field: nasty(f"{field}{area}") for field in ("where_now", "what_good", "what_do", "gap")
    }
    for code in codes(area):
        fields |= {f"reason_{code}": nasty(f"reason{code}"), f"heard_{code}": nasty(f"heard{code}")}
        fields[f"level_{code}"] = "excelling" if area == 2 else "achieving"
    sent(world, area, NEXT_MORNING, **fields)


def _responses(world: World) -> None:
    for who, answer in (("des", "concern"), ("ruth", "agree_with_comment"), ("tom", "concern")):
        said = respond(world, who, 2, answer, TUESDAY, comment=nasty(f"comment{who}"))
        assert not said.is_problem, said


def _replies(world: World) -> None:
    kinds = {"concern": "stands", "agree_with_comment": "answered"}
    for row in world.rows(Response, Response.answer != "agree"):
        world.on_review(
            conclusions.reply, number=2, response_id=row.id, reply=nasty(f"reply{row.id}"),
            kind=kinds[row.answer], now=CONCLUDED_AT,
        )  # fmt: skip


def _facts(world: World) -> None:
    fields = ("safety_reference", "effectiveness_reference", "predecessor_1", "predecessor_5")
    posted = {field: nasty(field) for field in fields}
    said = world.on_review(report_facts.save, posted=posted, shown={}, now=CONCLUDED_AT)
    assert not said.is_problem, said


def reopened(world: World) -> None:
    """Area 3 is opened again, for a hostile reason."""
    later = at(date(2027, 2, 11), 11)
    world.on_review(sign_off.reopen, number=3, reason=nasty("reopening"), now=later)
