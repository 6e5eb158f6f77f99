"""Who may see what of an answer (PURE). Every card, export and log asks here.

Round 1 is blind: until an area's round closes nobody sees an answer but its author, and whoever
typed it on the author's behalf. The lead included.
"""

from dataclasses import dataclass
from enum import StrEnum

from eocif.rules.authorisation import Role
from eocif.rules.progress import AreaState


class Fact(StrEnum):
    """What of an answer might be shown."""

    WORDS_AND_RATINGS = "words and ratings"
    AUTHORS_NAME = "the author's name beside them"
    WHO_HAS_ANSWERED = "who has answered, by name"
    HOW_MANY = "how many have answered"


@dataclass(frozen=True)
class Viewer:
    """Someone looking: their roles, and whether the answer is theirs or typed by them."""

    roles: frozenset[Role]
    is_author: bool = False
    is_recorder: bool = False


_BLIND = frozenset({AreaState.WAITING, AreaState.ROUND_1})
_LEADS = frozenset({Role.LEAD, Role.AREA_LEAD})
_GROUP = _LEADS | {Role.MEMBER}


def may_see(fact: Fact, viewer: Viewer, state: AreaState, *, area_leads_see_names: bool) -> bool:
    """Whether this viewer may be shown this fact about an answer, in this state of its area.

    A set-aside area keeps what it had: it stays blind if its round never closed, which callers
    express by passing the state it had before.
    """
    if fact is Fact.HOW_MANY:
        return not _GROUP.isdisjoint(viewer.roles)
    if fact is Fact.WHO_HAS_ANSWERED:
        return not _LEADS.isdisjoint(viewer.roles)
    if viewer.is_author or viewer.is_recorder:
        return True
    if state in _BLIND:
        return False
    if fact is Fact.WORDS_AND_RATINGS:
        return not _GROUP.isdisjoint(viewer.roles)
    return Role.LEAD in viewer.roles or (area_leads_see_names and Role.AREA_LEAD in viewer.roles)
