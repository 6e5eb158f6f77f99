"""Who may see what, written out: the tables that the walk through everything is held against.

After what people were promised, and for nothing else: nothing here is computed by the software that
it judges.
"""

from collections.abc import Mapping

from tests.builders import World
from tests.scenarios.planted_actions import ASKED_BEFORE, AWAY, DEPUTY, OUTSIDER, OWNER, READER
from tests.scenarios.planted_areas import (
    AREA_LEAD,
    ASIDE,
    FORMER,
    RECORDER,
    ROUND_3,
    STATE_OF,
    planted,
)
from tests.scenarios.the_walk import NAMES, everything_said

States = frozenset[str]
Rows = Mapping[str, States]


def _of(*states: str) -> States:
    return frozenset(states)


REVIEW = _of("review")
CONCLUDED = _of("concluded")
WITH_GROUP = _of("round 2", "round 3")
WENT_ROUND = WITH_GROUP | _of("reopened", "concluding", "concluded")
CLOSED = WENT_ROUND | _of("drafting", "set aside")
ANSWERED = CLOSED | _of("round 1", "set aside blind")
FIRST_DRAFT = CLOSED - _of("round 3", "concluding")  # elsewhere this answer was changed since

LEADS = ("lead", "area lead")
LEADERS = ("amina", "tom", "kasia")
ACTION_WORDS = (
    *("measure", "looked", "moved", "refusal", "actnote", "leadnote", "actevid", "acthost"),
    *("wanted", "datekept", "changed", "resumed", "actgone"),
)
OWN = ("author", "recorder")
GROUP = (*LEADS, "member")


def _to(who: tuple[str, ...], states: States) -> dict[str, States]:
    return dict.fromkeys(who, states)


# What someone said, to whom it is shown, in which states of its area. `member` is everyone else in
# the group, `former` who has left it, `taker` the review's lead, who may take over recording for
# someone without Teams, and `asker` who still has to ask that person something.
WORDS = {**_to(OWN, ANSWERED), **_to(LEADS, CLOSED), "member": WITH_GROUP}
DRAFT = {**_to(LEADS, CLOSED), "member": WITH_GROUP | CONCLUDED, "former": CONCLUDED}
_CARDS: Mapping[str, Rows] = {
    **{f"word{place}": WORDS for place in range(6)},
    **{kind: WORDS for kind in ("evidence", "host", "told", "untold")},
    "path": {},  # a link is shown by its host
    "hidden": _to(OWN, ANSWERED),
    "kept": _to(OWN, ANSWERED),
    "because": _to((*LEADS, *OWN), CLOSED),
    "consent": _to(LEADS, CLOSED),
    "said": {
        **_to(OWN, WENT_ROUND - _of("round 3")), **_to(LEADS, WENT_ROUND - _of("round 2")),
        "member": _of("round 3"), "taker": _of("round 2"),
    },
    "saidkept": _to((*OWN, "taker"), WENT_ROUND - _of("round 3")),
    "reply": {**_to(LEADS, WENT_ROUND - _of("round 2")), **_to(OWN, CONCLUDED)},
    **{kind: DRAFT for kind in ("draftnow", "draftgood", "draftgap", "reason")},
    "draftdo": {relation: states & FIRST_DRAFT for relation, states in DRAFT.items()},
    "draftthird": _to(GROUP, _of("round 3")),
    "heard": _to((*GROUP, "former"), CONCLUDED),
    "unsent": _to(LEADS, _of("concluding")),
    "draftkept": _to(LEADS, _of("drafting", "concluding")),
    "aside": _to(GROUP, _of("set aside", "set aside blind")),
    "again": {},
    **{kind: {"tenant": REVIEW} for kind in ("title", "provider", "division")},
    **{kind: {"member": REVIEW} for kind in ("exec", "forum")},
    **{kind: {"lead": REVIEW} for kind in ("safety", "effects", "predecessor")},
    **{kind: {} for kind in ("segment", "sooner", "cancelled")},
    "needs": _to(("lead", "asker"), REVIEW),
}  # fmt: skip

# What is said of an area's action, to whom: in every state of the area, for it is the plan's and
# nobody's answer. `deputy` stands in for its owner, who is away; `owner before` had it once, and
# `reader` gets the digest, with what is open still. Other members learn of it in reports alone.
ANY_STATE = frozenset(STATE_OF.values())
OPEN = ANY_STATE - _of("waiting", "drafting", "set aside blind")
ON_ACTIONS = _to((*LEADS, "owner", "deputy"), ANY_STATE)
ACTIONS: Mapping[str, Rows] = {
    **dict.fromkeys(ACTION_WORDS, ON_ACTIONS),
    "actitle": {**ON_ACTIONS, "owner before": ANY_STATE, "reader": OPEN},
    "actkept": _to(("still writes",), ANY_STATE),
    "actpath": {},
    "ownername": _to(("leads",), ANY_STATE),  # any of them may choose the same person again
    "meeting": _to(("leads", "reader"), REVIEW),  # on the digest: a forum, and nobody's words
}
CARDS: Mapping[str, Rows] = {**_CARDS, **ACTIONS}

# A signed-off review: all areas but one were set aside first. States are those of before.
_OVER = {
    **{kind: _to(("member", "former"), REVIEW) for kind in ("title", "provider", "division")},
    "needs": {"lead": REVIEW},
}
SIGNED_OFF: Mapping[str, Rows] = {
    **{
        kind: {
            relation: states & CONCLUDED if relation in ("member", "former", "recorder") else states
            for relation, states in rows.items()
            if relation != "taker"
        }
        for kind, rows in CARDS.items()
    },
    **{kind: CARDS[kind] for kind in ("exec", "forum")}, **_OVER,
    "said": {**_to(LEADS, WENT_ROUND), "author": WENT_ROUND - _of("round 3")},
    "kept": {"author": ANSWERED},
    "saidkept": {"author": WENT_ROUND - _of("round 3")},
    "draftthird": _to(LEADS, _of("round 3")),
    "aside": _to(GROUP, frozenset(STATE_OF.values()) - CONCLUDED),
}  # fmt: skip
# A cancelled review shows everyone their own answer, and nobody anyone else's.
_KEPT_FOR_THEM = ("evidence", "host", "told", "untold", "hidden", "kept")
CANCELLED: Mapping[str, Rows] = {
    **{kind: {"author": ANSWERED} for kind in (*_KEPT_FOR_THEM, *(f"word{n}" for n in range(6)))},
    **_to(("said", "saidkept"), frozenset()),  # type: ignore[dict-item]
    **{kind: {"author": WENT_ROUND - _of("round 3")} for kind in ("said", "saidkept")},
    "because": {"author": CLOSED},
    **{kind: CARDS[kind] for kind in ("aside", "exec", "forum")}, **_OVER,
    **{kind: ON_ACTIONS for kind in (*ACTION_WORDS, "actitle")},
    "actkept": ACTIONS["actkept"], "meeting": {"lead": REVIEW},
}  # fmt: skip

# Once nobody is away any more, a deputy keeps what they were reminded of: a title.
AFTER_LEAVE: Mapping[str, Rows] = {
    kind: {relation: states for relation, states in rows.items() if relation != "deputy"}
    for kind, rows in CARDS.items()
} | {"actitle": {"deputy": _of("reopened", "round 1")}}

# Each file, what it holds and whose names. What areas say is in it once they are concluded.
_TITLE, _TEXT = {"title", "provider", "division"}, {"draftnow", "draftgood", "draftdo", "draftgap"}
_BESIDE, _EVIDENCE = {"forum", "segment", "safety", "effects"}, {"evidence", "host", "path"}
_LEADS_WORDS = {"reason", "heard", "reply", "said", "aside", "again"}
_STORY, _WHOSE = {"told", "consent"}, {"exec", "predecessor"}
# Of actions: what will be done is everybody's; whose it is and what was written is the group's and
# the board's. What owners and leads said to each other about dates and owners is in no file.
_ACTIONS, _WHO_ACTS = {"actitle"}, {"actitle", "ownername"}
_SAID_TO_EACH_OTHER = {"refusal", "wanted", "datekept", "actkept"}
_PLAN = (set(ACTIONS) | {"ownername"}) - _SAID_TO_EACH_OTHER - {"meeting"}
_WORKBOOK = _TITLE | _TEXT | _BESIDE | _EVIDENCE | _LEADS_WORDS | _WHOSE | _PLAN
_EVERYONES = {f"word{n}" for n in range(6)}
FILES: Mapping[tuple[str, str], set[str]] = {
    ("docx", "group"): (_TITLE | _TEXT | _EVIDENCE | _LEADS_WORDS) - {"draftgap"}
    | _WHO_ACTS | {"measure", "changed", "actgone"},
    ("docx", "board"): _TITLE | _BESIDE | _LEADS_WORDS | _WHOSE | _STORY | _WHO_ACTS,
    ("docx", "icb"): _TITLE | _BESIDE | _ACTIONS,
    ("docx", "public"): _TITLE | _ACTIONS,
    ("xlsx", "group"): _WORKBOOK,
    ("xlsx", "board"): _WORKBOOK | _STORY,
    ("xlsx", "icb"): _TITLE | _TEXT | _BESIDE | _ACTIONS,
    ("xlsx", "lead"): _WORKBOOK | _STORY | _EVERYONES,
    ("csv", "group"): _TITLE | {"reason"},
    ("csv", "board"): _TITLE | {"reason"},
    ("csv", "icb"): _TITLE,
    ("csv", "public"): _TITLE,
    ("json", "group"): _WORKBOOK,
    ("json", "board"): _WORKBOOK | _STORY,
    ("json", "icb"): _TITLE | _TEXT | _BESIDE | _ACTIONS,
    ("json", "public"): _TITLE | _TEXT | _ACTIONS,
    ("docx", "plan"): _TITLE | {"exec", "forum"} | _PLAN,
    ("xlsx", "plan"): _TITLE | _BESIDE | {"exec"} | _PLAN,
    ("csv", "plan"): _TITLE | _PLAN,
    ("json", "plan"): _TITLE | _BESIDE | {"exec"} | _PLAN,
}  # fmt: skip
IN_FILES: Mapping[str, States] = {
    **dict.fromkeys(("aside",), _of("set aside", "set aside blind")),
    "again": _of("reopened", "waiting"),
    **dict.fromkeys(ACTIONS, ANY_STATE),
    "changed": _of("drafting"),
    "actgone": _of("set aside blind"),  # where it ended so
    "meeting": frozenset(),
    **dict.fromkeys(_EVERYONES, CLOSED),  # in the lead's workbook alone
}
# Who leads the review and who confirmed levels; who owns actions, and who wrote of them.
_LEADS_ON_FILES = {"amina", "tom"}
_OWNERS = {"grace", "joan", "des", "tom", "doris"}
_WRITERS = _OWNERS | {"kasia", "sunil"}
_SHORTER = {
    ("docx", "group"): _OWNERS, ("docx", "board"): _OWNERS | _LEADS_ON_FILES,
    ("csv", "plan"): _WRITERS,
    ("csv", "group"): {"tom"}, ("csv", "board"): {"tom"},
}  # fmt: skip
NAMES_ON: Mapping[tuple[str, str], set[str]] = {
    **dict.fromkeys(FILES, _LEADS_ON_FILES | _WRITERS), **_SHORTER,
    ("xlsx", "lead"): set(NAMES) - {READER},
    **{kind: set() for kind in FILES if kind[1] in ("icb", "public")},
}  # fmt: skip

# Why a signed-off review is to be assessed again sooner: those who read its leads' words.
WITH_SOONER = {"group", "board", "lead"}

# Who may be named to whom, wherever: the leads to the group, who has not answered to their leads.
_LED = set(LEADERS)
NAMED: Mapping[str, set[str]] = {
    "amina": set(NAMES), "tom": {*_LED, "doris", "peter"},
    "kasia": set(NAMES) - {FORMER, "joan", "ruth"}, "grace": _LED, "sunil": _LED, FORMER: {"tom"},
    OUTSIDER: set(), READER: set(), "stranger": set(), "other": set(),
}  # fmt: skip
EVERYBODY = tuple(NAMED)
# On cards of actions, reminders and leave, and in digests: who leads an action, owns it, owned it
# or stands in; to leads also whom their digest waits for. Help names the lead to their group.
NAMED_IN_TIME: Mapping[str, set[str]] = {
    "amina": set(NAMES) - {READER}, "tom": set(NAMES) - {READER, "amina"},
    "kasia": {"kasia", "amina", "grace", "doris"}, "grace": {"grace", "tom", "amina"},
    "sunil": {"amina"}, FORMER: {FORMER, "tom"}, OUTSIDER: {OUTSIDER, "tom"},
    DEPUTY: {DEPUTY, OUTSIDER, "tom", "amina"}, READER: set(), "stranger": set(), "other": set(),
}  # fmt: skip
# Whom they can choose as a deputy: who is in their team, has Teams and is no guest. As an owner of
# an action leads can choose anybody there.
_TEAM = set(NAMES) - {"doris", "sunil"}
OFFERED: Mapping[str, set[str]] = {
    **{viewer: _TEAM - {viewer} for viewer in NAMED_IN_TIME},
    **{viewer: set(NAMES) for viewer in LEADERS}, "stranger": set(), "other": set(),
}  # fmt: skip
# The files that someone gets who asks for each of them.
_FOR_GROUP = {(format, version) for format, version in FILES if version == "group"}
PACKS = {("docx", "member"), ("xlsx", "member")}
MAY_HAVE: Mapping[str, set[tuple[str, str]]] = {
    "amina": {*FILES, *PACKS}, "tom": _FOR_GROUP | PACKS, "kasia": _FOR_GROUP | PACKS,
    "grace": _FOR_GROUP, "sunil": _FOR_GROUP, FORMER: set(), OUTSIDER: set(), READER: set(),
    "stranger": set(), "other": set(),
}  # fmt: skip


def relations(viewer: str, area: int, who: str) -> set[str]:
    """What a viewer is to something that someone said of an area; area 0 is the whole review."""
    had_it = area == ASIDE and viewer == ASKED_BEFORE
    found = {
        "tenant": viewer != "other",
        "member": viewer in NAMES and viewer not in (FORMER, OUTSIDER, READER),
        "former": viewer == FORMER,
        "lead": viewer == "amina",
        "area lead": AREA_LEAD.get(area) == viewer,
        "author": who == viewer,
        "recorder": who == "doris" and RECORDER.get(area) == viewer,
        "taker": who == "doris" and viewer == "amina",
        "asker": who == "doris" and viewer == AREA_LEAD[ROUND_3],
        "leads": viewer in LEADERS,
        "owner": OWNER.get(area) == viewer,
        "owner before": had_it,
        "still writes": who == viewer and not had_it,
        "deputy": viewer == DEPUTY and OWNER.get(area) in AWAY,
        "reader": viewer == READER,
    }
    return {relation for relation, is_so in found.items() if is_so}


def state_of(area: int) -> str:
    """The state that an area is in; area 0 is the whole review."""
    return STATE_OF.get(area, "review")


def expected(world: World, viewer: str, table: Mapping[str, Rows] = CARDS) -> set[str]:
    """Every word that a table shows to a viewer."""
    return {
        planted(kind, area, who)
        for kind, area, who in everything_said(world)
        if any(
            state_of(area) in table.get(kind, {}).get(relation, ())
            for relation in relations(viewer, area, who)
        )
    }


# --- files ----------------------------------------------------------------------------------------


def in_a_file(format: str, version: str, kind: str, area: int) -> bool:
    """Whether a file holds what was said of an area, in the state that it is in."""
    if kind not in FILES[format, version]:
        return False
    if version == "lead" and kind == "said":
        return state_of(area) in WENT_ROUND - _of("round 2")
    return state_of(area) in IN_FILES.get(kind, CONCLUDED | REVIEW)


# What a pack for Doris holds, through whose hands it goes: the drafts that its reader records for,
# with what the others in the group said. Never what she wrote herself.
IN_PACKS = {"amina": WITH_GROUP, "tom": _of("round 2"), "kasia": _of("round 3")}
_IN_PACK = {*_EVERYONES, *_EVIDENCE, "told", "untold", "said", *_TEXT, "reason", "draftthird"}


def in_a_pack(reader: str, kind: str, area: int, who: str) -> bool:
    """Whether a pack for Doris that goes through someone's hands holds what was said of an area."""
    if not area:
        return kind in ("title", "provider", "needs")
    states = WITH_GROUP if kind == "path" else CARDS[kind].get("member", frozenset())
    return kind in _IN_PACK and who != "doris" and state_of(area) in states & IN_PACKS[reader]
