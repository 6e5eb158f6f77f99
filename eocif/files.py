"""Reports handed over in Teams: asked for, offered in the personal chat, taken or declined.

A file is made when it is offered, to say how large it is, and again when it is taken, so that what
is saved is what holds then. Nothing of it is stored. Whoever asked is checked each time.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from eocif import audit, deliveries, outbox, people
from eocif.access import enter
from eocif.errors import NotFound
from eocif.models import Delivery
from eocif.outbox import Claimed
from eocif.people import Actor
from eocif.rules.authorisation import Act
from eocif.rules.merging import digest

OFFER, UPLOAD, SAVED = "file", "upload", "file_saved"
_TWICE = timedelta(minutes=1)
LINK_HAS_EXPIRED = frozenset({401, 403, 404, 410})


@dataclass(frozen=True)
class Wanted:
    """Which file: as the card's button and the delivery hold it."""

    review: int
    format: str
    version: str
    member: int = 0


@dataclass(frozen=True)
class Place:
    """Where Teams wants a file that was taken, as it said itself."""

    upload_url: str
    content_url: str
    name: str
    unique_id: str
    file_type: str


def check(session: Session, *, actor: Actor, wanted: Wanted) -> None:
    """Whether someone may have this file now. Raises NotFound, NotYours or NotNow.

    The worksheet in every format is for the whole group; a pack for who records its answers; all
    other reports for the review's lead.
    """
    act = Act.REPORT
    if wanted.version == "group":
        act = Act.SEE_WORKSHEET
    elif wanted.version == "member":
        act = Act.RECORD
    enter(session, actor=actor, review_id=wanted.review, act=act)


def ask(session: Session, *, actor: Actor, wanted: Wanted, now: datetime) -> None:
    """Queue the offer of a file; pressed twice within a minute it is one, until it is answered."""
    check(session, actor=actor, wanted=wanted)
    subject = f"review:{wanted.review} {wanted.format}:{wanted.version}:{wanted.member}"
    last = _newest_offer(session, actor, subject)
    if last and now - last.created_at < _TWICE and not deliveries.is_updated(session, message=last):
        return
    deliveries.to_person(
        session, kind=OFFER, person_id=actor.person_id, tenant_id=actor.tenant_id,
        subject=subject, slot=f"after:{last.id if last else 0}", review_id=wanted.review, now=now,
        **asdict(wanted),
    )  # fmt: skip


def _newest_offer(session: Session, actor: Actor, subject: str) -> Delivery | None:
    return session.exec(
        select(Delivery)
        .where(
            Delivery.kind == OFFER, Delivery.person_id == actor.person_id,
            Delivery.subject == subject,
        )
        .order_by(col(Delivery.id).desc())
    ).first()  # fmt: skip


def allowed(
    session: Session, *, claimed: Claimed, leads: frozenset[str]
) -> tuple[Wanted, Actor]:  # fmt: skip
    """The file of a claimed delivery and who asked for it, if they may still have it."""
    wanted = wanted_of(claimed.params)
    reader = people.actor_of(session, person_id=people.known(claimed.person_id), leads=leads)
    check(session, actor=reader, wanted=wanted)
    return wanted, reader


def wanted_of(params: Mapping[str, Any]) -> Wanted:
    """Which file a delivery is about."""
    return Wanted(
        int(params["review"]), str(params["format"]), str(params["version"]),
        int(params.get("member", 0)),
    )  # fmt: skip


def accept(session: Session, *, actor: Actor, offer_id: int, place: Place, now: datetime) -> None:
    """Queue the upload of an offered file to where Teams wants it; twice is once."""
    offer = _offer(session, actor, offer_id)
    deliveries.to_person(
        session, kind=UPLOAD, person_id=actor.person_id, tenant_id=actor.tenant_id,
        subject=f"offer:{offer_id}", slot=digest(place.unique_id), now=now,
        review_id=offer.review_id, offer=offer_id, place=asdict(place),
        **asdict(wanted_of(offer.params)),
    )  # fmt: skip


def decline(session: Session, *, actor: Actor, offer_id: int, now: datetime) -> None:
    """Say on the offer that nothing was saved, and how to ask again."""
    _answered(session, _offer(session, actor, offer_id), "declined", now)


def _offer(session: Session, actor: Actor, offer_id: int) -> Delivery:
    """An offer made to this person. Raises NotFound for anyone else's."""
    row = session.get(Delivery, offer_id)
    if row is None or row.kind != OFFER or row.person_id != actor.person_id:
        raise NotFound
    return row


def _answered(session: Session, offer: Delivery, what: str, now: datetime) -> None:
    params = {"card": "file", "what": what, **asdict(wanted_of(offer.params))}
    deliveries.update_message(session, message=offer, now=now, due=now, params=params)


def saved(session: Session, *, claimed: Claimed, now: datetime) -> None:
    """The file is where Teams wanted it: say so, with a card that opens it."""
    outbox.sent(
        session, claimed=claimed, conversation_id=claimed.conversation_id, activity_id="", now=now
    )
    place, offer = claimed.params["place"], int(claimed.params["offer"])
    deliveries.to_person(
        session, kind=SAVED, person_id=people.known(claimed.person_id),
        tenant_id=claimed.tenant_id, subject=f"offer:{offer}", now=now,
        slot=digest(place["unique_id"]),
        **{key: place[key] for key in ("content_url", "name", "unique_id", "file_type")},
    )  # fmt: skip
    _answered(session, session.get_one(Delivery, offer), "saved", now)
    exported(
        session, tenant_id=claimed.tenant_id, wanted=wanted_of(claimed.params),
        who=claimed.person_id, now=now,
    )  # fmt: skip


def exported(
    session: Session, *, tenant_id: str, wanted: Wanted, now: datetime, who: int | None = None
) -> None:
    """Record that a file left: which, and who took it; nobody where an administrator did."""
    audit.record(
        session, "file exported", tenant_id=tenant_id, now=now, who=who, review_id=wanted.review,
        subject=f"member:{wanted.member}" if wanted.member else "",
        format=wanted.format, version=wanted.version,
    )  # fmt: skip


def not_saved(session: Session, *, claimed: Claimed, status: int | None, now: datetime) -> None:
    """It could not be put there: say why on the offer, and how to ask again."""
    if outbox.dropped(session, claimed=claimed, error="the file could not be saved", now=now):
        offer = session.get_one(Delivery, int(claimed.params["offer"]))
        _answered(session, offer, _what_happened(claimed, status), now)


def _what_happened(claimed: Claimed, status: int | None) -> str:
    """An earlier attempt may have put it there, with nobody left to hear of it."""
    if claimed.attempts > 1:
        return "unsure"
    return "expired" if status in LINK_HAS_EXPIRED else "not_saved"
