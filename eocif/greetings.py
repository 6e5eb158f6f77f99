"""What the welcome and the help say to a person."""

from sqlmodel import Session, col, select

from eocif import reviews
from eocif.access import name_of
from eocif.models import Member, Review
from eocif.people import Actor
from eocif.rules import framework
from eocif.rules.progress import ReviewState
from eocif.rules.said import IN_A_CHANNEL, IN_A_CHAT
from eocif.summaries import Help, Welcome


def _taking_part(session: Session, actor: Actor) -> list[Review]:
    mine = select(Member.review_id).where(
        Member.person_id == actor.person_id, col(Member.removed_at).is_(None)
    )
    wanted = select(Review).where(
        Review.tenant_id == actor.tenant_id, Review.state == ReviewState.COLLECTING,
        col(Review.id).in_(mine),
    )  # fmt: skip
    return list(session.exec(wanted.order_by(col(Review.id).desc())))


def welcome_for(session: Session, *, actor: Actor) -> Welcome:
    """A person's first message: which reviews they are part of, and whether they may start one."""
    running = _taking_part(session, actor)
    return Welcome(
        actor.first_name, actor.may_start, tuple(reviews.head(session, each) for each in running)
    )


def help_for(
    session: Session, *, actor: Actor, commands: tuple[str, ...], understood: bool, channel: bool
) -> Help:
    """What can be typed here, and whom to ask: the local lead and the framework's own contact.

    `commands` come likeliest first; without any, they are all that this place knows.
    """
    running = _taking_part(session, actor)
    commands = commands or (IN_A_CHANNEL if channel else IN_A_CHAT)
    return Help(
        first_name=actor.first_name, commands=commands, understood=understood, channel=channel,
        lead_name=name_of(session, running[0].lead_id) if running else "",
        may_start=actor.may_start, contact=framework.edition().contact,
    )  # fmt: skip
