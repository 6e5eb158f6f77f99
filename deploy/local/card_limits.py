"""What Teams asks of a message before it takes it: its kind, its size, its cards' version."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from deploy.local.refusals import Refusal, bad_argument, too_big

CARD_TYPE: Final = "application/vnd.microsoft.card.adaptive"
CONSENT: Final = "application/vnd.microsoft.teams.card.file.consent"
INFO: Final = "application/vnd.microsoft.teams.card.file.info"
LARGEST: Final = 100 * 1024
"""Bytes of text, cards and mentions, counted as UTF-16."""
NEWEST_VERSION: Final = (1, 5)


def cards_of(activity: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The adaptive cards attached to a message, in order."""
    for attachment in activity.get("attachments") or []:
        if isinstance(attachment, dict) and attachment.get("contentType") == CARD_TYPE:
            content = attachment.get("content")
            yield content if isinstance(content, dict) else {}


def files_of(activity: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The file cards attached to a message: offers of a file, and saved ones."""
    for attachment in activity.get("attachments") or []:
        if isinstance(attachment, dict) and attachment.get("contentType") in {CONSENT, INFO}:
            yield attachment


def check_message(activity: Mapping[str, Any], service_url: str) -> None:
    """Raise Refusal where Teams would not take this message."""
    if activity.get("type") not in {"message", "typing"}:
        raise bad_argument("Unknown activity type.")
    _check_service(activity, service_url)
    _check_size(activity)
    for card in cards_of(activity):
        check_card(card)
    for file in files_of(activity):
        _check_file(file)


def _check_service(activity: Mapping[str, Any], service_url: str) -> None:
    """A message that names a service names this one."""
    named = activity.get("serviceUrl") or service_url
    if activity.get("channelId") not in {None, "", "msteams"} or named != service_url:
        raise bad_argument("Unknown service.")


def _check_size(activity: Mapping[str, Any]) -> None:
    counted = {name: activity.get(name) for name in ("text", "attachments", "entities", "summary")}
    if _utf16_bytes(counted) > LARGEST:
        raise too_big()


def _check_file(file: Mapping[str, Any]) -> None:
    """A file has a name; an offer says how large it is, a saved file where it is."""
    content = file.get("content")
    wanted = "sizeInBytes" if file.get("contentType") == CONSENT else "uniqueId"
    if not file.get("name") or not isinstance(content, dict) or wanted not in content:
        raise bad_argument("The file card is not complete.")
    if file.get("contentType") == INFO and not file.get("contentUrl"):
        raise bad_argument("The file card does not say where the file is.")


def _utf16_bytes(value: object) -> int:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return len(text.encode("utf-16-le", "surrogatepass"))


def check_card(card: Mapping[str, Any]) -> None:
    """Raise Refusal for a card that Teams does not draw."""
    if card.get("type") != "AdaptiveCard":
        raise bad_argument("The card has no type, or it is not AdaptiveCard.")
    version = _version(card.get("version"))
    if version is None or version > NEWEST_VERSION:
        raise bad_argument("Teams draws cards of version 1.0 to 1.5.")


def refuses(card: Mapping[str, Any]) -> bool:
    """Whether a card given in answer to a press could not be shown."""
    try:
        check_card(card)
    except Refusal:
        return True
    return _utf16_bytes(card) > LARGEST


def _version(value: object) -> tuple[int, int] | None:
    """`"1.5"` as (1, 5); None where it cannot be read."""
    major, _, minor = str(value).partition(".")
    return (int(major), int(minor)) if major.isdigit() and minor.isdigit() else None
