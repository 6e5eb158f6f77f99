"""Cards about files as they go out: Teams' own for the offer and the saved file, or why not.

Their shapes: Microsoft's page on sending and receiving files through a bot.
"""

from collections.abc import Mapping
from typing import Any

from eocif.errors import EocifError
from eocif.exports import File
from scheduler import faces
from scheduler.sender import Message

CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"


def offer(offer_id: int, file: File) -> Message:
    """Asks whether to save a file; the answer names the offer and nothing more."""
    context = {"offer": offer_id}
    card = {
        "description": file.description,
        "sizeInBytes": len(file.content),
        "acceptContext": context,
        "declineContext": context,
    }
    return Message(card, "A report you asked for is ready", kind=CONSENT, name=file.name)


def refused(error: EocifError) -> Message:
    """Says why there is no file to offer after all."""
    face = faces.trouble(error.sentence)
    return Message(face.content, face.preview)


def saved(params: Mapping[str, Any]) -> Message:
    """Opens a file that was saved."""
    card = {"uniqueId": params["unique_id"], "fileType": params["file_type"]}
    return Message(
        card, "Your report is saved", kind=INFO, name=str(params["name"]),
        url=str(params["content_url"]),
    )  # fmt: skip
