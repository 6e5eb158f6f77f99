"""An action as a lead writes or changes it: a posted card merged with what is stored.

Fields are taken one by one. What cannot be taken stays on the card, and words that are too long
are kept beside the action for who typed them. An action is made as soon as it says what will be
done; the rest can follow.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session, select

from eocif import action_owners
from eocif.access import Access
from eocif.action_events import Detail, ask_owner, write
from eocif.action_steps import forget, keep
from eocif.database import insert_once
from eocif.models import Person, Review
from eocif.people import known
from eocif.rules import actions as rules
from eocif.rules.actions import LABELS, NO, YES, Event
from eocif.rules.dates import day_in_words, london_day
from eocif.rules.merging import Merged, digest, merge
from eocif.rules.set_up import NONE, typed_date
from eocif.rules.tags import in_order
from eocif.rules.text import over_by
from eocif.summaries import Differs, Feedback
from eocif.time_models import Action

_SAVED = "The action is saved."
_REST_SAVED = "The action is saved, but for what is named below."
_TOGETHER = (("owner", "owner_name"), ("deadline", "because"), ("collects_data", "looked_at"))


@dataclass(frozen=True)
class Posted:
    """A form as it came: fields by input id, and what stands beside owner and deadline."""

    fields: Mapping[str, str]
    owner_name: str = ""
    because: str = ""  # a deadline changes
    shown: Mapping[str, str] = field(default_factory=dict)

    @property
    def typed(self) -> dict[str, str]:
        """All that was filled in, by input id."""
        beside = {"owner_name": self.owner_name, "because": self.because}
        return {name: text for name, text in {**self.fields, **beside}.items() if text}


@dataclass(frozen=True)
class _Judged:
    """What of a form can be taken, and what is to be put right."""

    good: dict[str, str]
    problems: dict[str, str]
    merged: Merged
    owners: Mapping[int, Person]


def values_of(row: Action) -> dict[str, str]:
    """An action's fields as its form shows them, by input id."""
    return {
        "title": row.title, "owner": str(row.owner_id or ""),
        "deadline": row.deadline.isoformat() if row.deadline else "", "measure": row.measure,
        "tags": ",".join(row.tags), "collects_data": YES if row.collects_data else NO,
        "looked_at": row.looked_at,
    }  # fmt: skip


def blank(access: Access, area: int, nonce: str, now: datetime) -> Action:
    """A new action, before anything is said of it."""
    return Action(
        tenant_id=access.review.tenant_id, review_id=access.review_id, area=area, nonce=nonce,
        created_by=access.actor.person_id, created_at=now, since=london_day(now),
    )  # fmt: skip


def take(
    session: Session, access: Access, row: Action, posted: Posted, now: datetime
) -> tuple[int, Feedback]:
    """Take what can be taken of a form. `row` is locked, or new; the action's id, 0 if not made."""
    is_new = row.id is None
    judged = _judged(session, access, row, posted, london_day(now))
    if is_new and "title" not in judged.good:
        return 0, Feedback("", True, judged.problems, posted.typed)
    before = values_of(row)
    _set(session, access, row, judged.good, posted, now)
    _keep(access, row, posted, judged)
    session.add(row)
    session.flush()
    _write(session, access, row, before, posted.because, now, is_new=is_new)
    return row.id or 0, _feedback(judged, posted)


# --- what is wrong with it --------------------------------------------------------------------


def _judged(session: Session, access: Access, row: Action, posted: Posted, today: date) -> _Judged:
    owners, stored = action_owners.possible(session, access.review), values_of(row)
    # A new action has nothing to merge with: whatever the card came with is replaced.
    shown = posted.shown if row.id else {name: digest(text) for name, text in stored.items()}
    wanted, problems = _wanted(posted, owners)
    merged = merge(stored, _without_empty(stored, wanted, shown), shown)
    tried = merged.saved if row.id else {"title": "", **merged.saved}
    problems |= {
        name: sentence
        for name, value in tried.items()
        if (sentence := rules.problem(name, value, today=today))
    }
    if row.deadline and "deadline" in tried and (why := rules.reason_problem(posted.because)):
        problems["because"] = why
    refused = _with_pairs(problems, ("deadline", "because"))
    good = {name: value for name, value in merged.saved.items() if name not in refused}
    final = {**stored, **good}
    if why := rules.looked_at_problem(final["collects_data"], final["looked_at"]):
        problems = {"looked_at": why} | problems
        good = {name: good[name] for name in good if name not in ("collects_data", "looked_at")}
    return _Judged(good, problems, merged, owners)


def _with_pairs(names: Iterable[str], *pairs: tuple[str, str]) -> set[str]:
    """These fields, and those that come and go with them."""
    found = set(names)
    for pair in pairs:
        found |= set(pair) if found & set(pair) else set()
    return found


def _wanted(posted: Posted, owners: dict[int, Person]) -> tuple[dict[str, str], dict[str, str]]:
    """The fields as they are stored, and what is wrong with the owner."""
    fields = {name: posted.fields[name] for name in LABELS if posted.fields.get(name)}
    wanted = {name: rules.tidied(name, value) for name, value in fields.items()}
    chosen = action_owners.asked_for(
        wanted.get("owner", ""), posted.owner_name, posted.shown.get("owner", digest(None))
    )
    owner, problems = action_owners.resolved(owners, chosen, posted.owner_name)
    if problems:
        wanted.pop("owner", None)
    elif owner:
        wanted["owner"] = owner
    return wanted, problems


def _without_empty(
    stored: Mapping[str, str], wanted: Mapping[str, str], shown: Mapping[str, str]
) -> dict[str, str]:
    """“None” changes nothing where there is nothing, or where the card showed nothing."""
    nothing = digest(None)
    return {
        name: value
        for name, value in wanted.items()
        if name not in rules.OPTIONAL
        or value != NONE
        or (stored[name] and shown.get(name, nothing) != nothing)
    }


def _keep(access: Access, row: Action, posted: Posted, judged: _Judged) -> None:
    """Words that are too long stay beside the action, until the same field is taken."""
    who, typed = access.actor.person_id, posted.typed
    forget(row, who, typed)
    keep(row, who, {n: typed[n] for n in typed if n in judged.problems and over_by(typed[n])})


def _feedback(judged: _Judged, posted: Posted) -> Feedback:
    differs = tuple(
        Differs(each.field, LABELS[each.field], _in_words(each.field, each.stored, judged, posted),
                _in_words(each.field, each.posted, judged, posted))
        for each in judged.merged.differs
    )  # fmt: skip
    if not (judged.problems or differs):
        return Feedback(_SAVED)
    refused = _with_pairs({*judged.problems, *(each.field for each in differs)}, *_TOGETHER)
    typed = {name: text for name, text in posted.typed.items() if name in refused}
    return Feedback(_REST_SAVED, True, judged.problems, typed, differs)


def _in_words(name: str, value: str, judged: _Judged, posted: Posted) -> str:
    if name == "owner" and value.isdigit():
        person = judged.owners.get(int(value))
        return person.name if person else value
    if name == "owner":
        return posted.owner_name if value == rules.NEW else value
    if name == "deadline" and (day := typed_date(value)):
        return day_in_words(day)
    if name == "tags":
        return ", ".join(tag.name for tag in in_order(value.split(","))) or value
    return value


# --- taking it --------------------------------------------------------------------------------


def _set(
    session: Session, access: Access, row: Action, good: Mapping[str, str], posted: Posted,
    now: datetime,
) -> None:  # fmt: skip
    for name in rules.TEXTS:
        if name in good:
            setattr(row, name, "" if name in rules.OPTIONAL and good[name] == NONE else good[name])
    if "tags" in good:
        row.tags = [] if good["tags"] == NONE else good["tags"].split(",")
    if "collects_data" in good:
        row.collects_data = good["collects_data"] == YES
    if "deadline" in good:
        row.deadline = typed_date(good["deadline"])
        row.wanted_on, row.wanted_because, row.since = None, "", london_day(now)
    if "owner" in good:
        _set_owner(session, access, row, good["owner"], posted, now)


def _set_owner(
    session: Session, access: Access, row: Action, owner: str, posted: Posted, now: datetime
) -> None:
    """A new owner has not accepted, unless they are the one who says so."""
    if owner == rules.NEW:
        row.owner_id = action_owners.added(session, access.review, posted.owner_name)
    else:
        row.owner_id = None if owner == NONE else int(owner)
    row.accepted_at = now if row.owner_id == access.actor.person_id else None
    row.refused_because, row.wanted_on, row.wanted_because = "", None, ""
    row.since = london_day(now)


def _write(
    session: Session, access: Access, row: Action, before: Mapping[str, str], because: str,
    now: datetime, *, is_new: bool,
) -> None:  # fmt: skip
    who = access.actor.person_id
    after = values_of(row)
    changed = [name for name in LABELS if before[name] != after[name]]
    if is_new:
        detail: Detail = {"owner": row.owner_id, "deadline": after["deadline"] or None}
        event = write(session, row, Event.MADE, who=who, now=now, detail=detail)
        ask_owner(session, access.review, row, event, who=who, now=now)
        return
    if "owner" in changed:
        detail = {"from": int(before["owner"] or 0) or None, "to": row.owner_id}
        event = write(session, row, Event.OWNER, who=who, now=now, detail=detail)
        ask_owner(session, access.review, row, event, who=who, now=now)
    if "deadline" in changed:
        detail = {"from": before["deadline"] or None, "to": after["deadline"] or None}
        why = because if before["deadline"] else ""
        write(session, row, Event.DEADLINE, who=who, now=now, text=why, detail=detail)
    if others := [name for name in changed if name not in ("owner", "deadline")]:
        write(session, row, Event.CHANGED, who=who, now=now, detail={"fields": others})


# --- into the next review ---------------------------------------------------------------------

_ITS_OWN = {
    "id", "review_id", "nonce", "copied_from", "created_by", "created_at", "since", "look_on",
    "kept",
}  # fmt: skip


def copy(session: Session, row: Action, new: Review, who: int, now: datetime) -> bool:
    """An action as it stands, in another review; whether it was not there yet."""
    nonce = f"copy of {row.id}"
    made = Action(
        **row.model_dump(exclude=_ITS_OWN), review_id=known(new.id), nonce=nonce,
        copied_from=row.id, created_by=who, created_at=now, since=london_day(now),
    )  # fmt: skip
    if not insert_once(session, made):
        return False
    wanted = select(Action).where(Action.review_id == new.id, Action.nonce == nonce)
    at = session.exec(wanted).one()
    write(session, at, Event.COPIED, who=who, now=now, detail={"from": row.id})
    return True
