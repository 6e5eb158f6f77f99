"""Teams' own cards for files: the offer that a person takes or declines, and the saved file.

Their shapes: Microsoft's page on sending and receiving files through a bot.
"""

from collections.abc import Mapping
from typing import Any

from eocif.exports import File
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


def saved(params: Mapping[str, Any]) -> Message:
    """Opens a file that was saved."""
    card = {"uniqueId": params["unique_id"], "fileType": params["file_type"]}
    return Message(
        card, "Your report is saved", kind=INFO, name=str(params["name"]),
        url=str(params["content_url"]),
    )  # fmt: skip
