"""A page of a team's members as Teams lists them, in our own words."""

import re
from typing import Any

from scheduler.sender import RosterEntry, RosterPage

_TEAMS_ID = re.compile(r"29:[A-Za-z0-9_-]{1,250}")
_ENTRA_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def roster_page(body: dict[str, Any], tenant_id: str) -> RosterPage:
    """The people on a page whose ids are sound, and where the next page starts.

    Someone without an Entra id (an anonymous guest of a meeting) cannot press a card as anyone we
    know, and is left out.
    """
    members = [member for member in body["members"] if isinstance(member, dict)]
    people = (_entry(member, tenant_id) for member in members)
    continuation = body.get("continuationToken")
    return RosterPage(
        people=tuple(person for person in people if person is not None),
        continuation=continuation if isinstance(continuation, str) else "",
    )


def _entry(member: dict[str, Any], tenant_id: str) -> RosterEntry | None:
    teams_id, name = str(member.get("id", "")), member.get("name")
    entra_id = str(member.get("aadObjectId") or member.get("objectId") or "").lower()
    if not (_TEAMS_ID.fullmatch(teams_id) and _ENTRA_ID.fullmatch(entra_id)):
        return None
    return RosterEntry(
        teams_id=teams_id,
        entra_id=entra_id,
        name=name if isinstance(name, str) else "",
        is_guest=_is_guest(member, tenant_id),
    )


def _is_guest(member: dict[str, Any], tenant_id: str) -> bool:
    """Unknown counts as guest. Teams calls people of the tenant "user"; a home tenant that is not
    this one, or the mark that Entra puts into guests' sign-in names, says guest as well."""
    home = str(member.get("tenantId") or tenant_id).lower()
    return (
        member.get("userRole") != "user"
        or home != tenant_id.lower()
        or "#ext#" in str(member.get("userPrincipalName", "")).lower()
    )
