"""Files: asked for on a card, then taken or declined on Teams' own card for them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlmodel import Session

from bot.press import Turn, Where
from cards import worksheet_shapes as posted
from cards.shapes import LARGEST_ID
from eocif import files, people
from eocif.errors import EocifError
from eocif.files import Place, Wanted
from eocif.people import Seen
from eocif.summaries import Feedback

CONSENT = "fileConsent/invoke"
_COMING = "Your file comes in this chat in a moment. Teams asks you before it saves it."


def show(session: Session, turn: Turn, submission: posted.ReportShow) -> Where:
    """Which reports there are."""
    return Where("reports", {"review": submission.review})


def make(session: Session, turn: Turn, submission: posted.ReportMake) -> Where:
    """Ask for a file."""
    wanted = Wanted(submission.review, submission.format, submission.version, submission.member)
    files.ask(session, actor=turn.actor, wanted=wanted, now=turn.now)
    return Where("reports", {"review": submission.review}, Feedback(_COMING))


HANDLERS: Mapping[str, Callable[[Session, Turn, Any], Where]] = {
    "report.show": show,
    "report.make": make,
}
HOMES: Mapping[str, Callable[[Any], Where]] = {
    "report.make": lambda submission: Where("reports", {"review": submission.review}),
}


# --- Teams' own card --------------------------------------------------------------------


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, str_max_length=4096)


class _Offered(_Part):
    offer: int = Field(gt=0, le=LARGEST_ID)


class _Upload(_Part):
    upload_url: str = Field(alias="uploadUrl", min_length=1)
    content_url: str = Field("", alias="contentUrl")
    name: str = ""
    unique_id: str = Field(alias="uniqueId", min_length=1)
    file_type: str = Field("", alias="fileType")


class _Consent(_Part):
    action: Literal["accept", "decline"]
    context: _Offered
    upload: _Upload | None = Field(None, alias="uploadInfo")


def answer(
    session: Session, *, seen: Seen, value: Mapping[str, Any], leads: frozenset[str], now: datetime
) -> bool:
    """Take or decline a file; False where the answer cannot be read or is not theirs to give."""
    try:
        consent = _Consent.model_validate(dict(value))
    except ValidationError:
        return False
    actor = people.recognise(session, seen=seen, leads=leads, now=now)
    offer_id = consent.context.offer
    try:
        if consent.action == "decline" or consent.upload is None:
            files.decline(session, actor=actor, offer_id=offer_id, now=now)
        else:
            place = Place(**consent.upload.model_dump())
            files.accept(session, actor=actor, offer_id=offer_id, place=place, now=now)
    except EocifError:
        return False
    return True
