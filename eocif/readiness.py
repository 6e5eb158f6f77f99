"""Whether a review can start, and what the lead should know before it does."""

from datetime import date

from sqlmodel import Session

from eocif import review_groups
from eocif.access import areas_of
from eocif.local_edition import adaptation_of, every_perspective_of, rule_of
from eocif.models import Member, Review
from eocif.people import known
from eocif.rules import agreement
from eocif.rules.perspectives import Voice
from eocif.rules.rule_words import take_part_in_words
from eocif.rules.set_up import finish_problem
from eocif.rules.statements import name_of


def blockers(session: Session, *, review: Review, earliest: date) -> list[str]:
    """Every reason why the review cannot start, as sentences of ours."""
    review_id = known(review.id)
    members = review_groups.active(session, review_id=review_id)
    areas = len(areas_of(session, review_id=review_id))
    found = [
        (not review.title or not review.provider, "The review needs a name and a provider."),
        (not areas, "No area is in scope. Choose at least one."),
        (not members, "Nobody is in the review group. Add at least one person."),
        (
            any(_unnamed(member) for member in members),
            "Someone speaks for a named function, but which one is not set. Open the group.",
        ),
        (review.start_on is None, "Choose the first day."),
        (
            bool(review.start_on and review.start_on < earliest),
            "The first day has passed. Choose a later one.",
        ),
    ]
    standing = [sentence for is_so, sentence in found if is_so]
    wanted = {
        "start_on": str(review.start_on or ""), "pace": str(review.pace),
        "answer_days": str(review.answer_days), "finish_by": str(review.finish_by or ""),
    }  # fmt: skip
    late = finish_problem(wanted, areas=areas)
    return [*standing, late] if late else standing


def _unnamed(member: Member) -> bool:
    return member.perspectives[:1] == ["named_functions"] and not member.named_function


def warnings(session: Session, *, review: Review) -> list[str]:
    """What does not stop a start, but the lead should know before it."""
    members = review_groups.active(session, review_id=known(review.id))
    return [*too_small(review, members), *_out_of_scope(session, review)]


def too_small(review: Review, members: list[Member]) -> list[str]:
    """A group that cannot reach the thresholds makes areas impossible to agree."""
    voices = {each.key: each.voice for each in every_perspective_of(review)}
    spoken = [member.perspectives[0] for member in members if member.perspectives]
    lived = [key for key in spoken if voices[key] is Voice.LIVED_EXPERIENCE]
    rule = rule_of(review)
    if agreement.is_enough(
        len(members), perspectives=len(set(spoken)), lived_experience=len(lived), settings=rule
    ):
        return []
    return [f"{take_part_in_words(rule)} Your group is too small for that so far."]


def _out_of_scope(session: Session, review: Review) -> list[str]:
    """Local statements whose area was taken out of scope after they were added."""
    inside = {area.number for area in areas_of(session, review_id=known(review.id))}
    return [
        f"{name_of(each.code)} will not be asked: area {each.area} is not in scope."
        for each in adaptation_of(review).added
        if each.area not in inside
    ]
