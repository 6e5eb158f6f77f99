"""Whether a review can start, and what the lead should know before it does."""

from datetime import date

from sqlmodel import Session

from eocif import review_groups
from eocif.access import areas_of
from eocif.models import Member, Review
from eocif.people import known
from eocif.rules import agreement
from eocif.rules.perspectives import Voice, perspective
from eocif.rules.set_up import finish_problem


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


def warnings(members: list[Member]) -> list[str]:
    """What does not stop a start, but will make areas impossible to agree."""
    spoken = {member.perspectives[0] for member in members if member.perspectives}
    lived = [
        member
        for member in members
        if member.perspectives
        and perspective(member.perspectives[0]).voice is Voice.LIVED_EXPERIENCE
    ]
    least = agreement.DEFAULT
    if agreement.is_enough(len(members), perspectives=len(spoken), lived_experience=len(lived)):
        return []
    return [
        f"An area can be agreed only if {least.people} people from {least.perspectives} "
        "perspectives rate it, at least one with lived experience. "
        "Your group is too small for that so far."
    ]
