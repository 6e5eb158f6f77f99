"""People's own words on an area, by group, with what identifies someone hidden.

Everything that shows one person's words to another, on a card or in a file, takes them from here:
hidden words are replaced, who may see a name is asked, and rounds that are still open are left
out. Words are listed, and never counted, themed or summed up (PR1209, 15b).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from eocif import audit, results, rounds
from eocif.access import Access, area_of, enter
from eocif.database import insert_once
from eocif.errors import FieldProblem, Invalid, NotNow
from eocif.models import Evidence, Hidden, Member, Person, Review, ReviewArea
from eocif.people import Actor
from eocif.results import TakingPart
from eocif.round_summaries import Utterance
from eocif.rules import hiding
from eocif.rules.authorisation import Act, Role
from eocif.rules.merging import digest
from eocif.rules.perspectives import EVIDENCE_SOURCES
from eocif.rules.progress import AreaState
from eocif.rules.text import too_long
from eocif.rules.visibility import Fact, Version, Viewer, may_see, report_may_show
from eocif.spoken import COMMENT, EVIDENCE, FIELDS, STORY, Said, said
from eocif.summaries import EvidenceSummary, HiddenWords

_SOURCES = dict(EVIDENCE_SOURCES)
_LEADS = frozenset({Role.LEAD, Role.AREA_LEAD})


@dataclass(frozen=True)
class _Sight:
    """What one reader sees of one text; `is_own` where they wrote it."""

    name: bool
    text: bool = True
    reasons: bool = False
    consent: bool = True
    is_own: bool = False


_See = Callable[[Said], _Sight | None]


def utterances(
    session: Session, *, review: Review, area: ReviewArea, roles: frozenset[Role],
    person_id: int, member_id: int = 0,
) -> tuple[Utterance, ...]:  # fmt: skip
    """An area's words as a person may see them; `member_id` where they are in the group.

    Their own come as they wrote them, with the reasons why words of theirs are hidden.
    """
    state, named = rounds.state_for_seeing(area), review.area_leads_see_names

    def see(each: Said) -> _Sight | None:
        is_own = each.member_id == member_id
        viewer = Viewer(roles, is_own, each.given_by == person_id)
        may = {
            fact: may_see(fact, viewer, state, area_leads_see_names=named)
            for fact in (Fact.WORDS_AND_RATINGS, Fact.AUTHORS_NAME)
        }
        if not may[Fact.WORDS_AND_RATINGS]:
            return None
        concerned = is_own or not _LEADS.isdisjoint(roles)
        name = may[Fact.AUTHORS_NAME]
        return _Sight(name, reasons=concerned, consent=concerned, is_own=is_own)

    return _seen(session, review, [area], {area.number: see})[area.number]


def of_one(
    session: Session, *, review: Review, area: ReviewArea, roles: frozenset[Role],
    person_id: int, author: int, member_id: int = 0,
) -> dict[str, Utterance]:  # fmt: skip
    """What one member wrote about an area, as a person may see it, by what it is."""
    said = utterances(
        session, review=review, area=area, roles=roles, person_id=person_id, member_id=member_id
    )
    prefix = f"{author}:"
    return {each.key.removeprefix(prefix): each for each in said if each.key.startswith(prefix)}


def pieces(said: Mapping[str, Utterance]) -> tuple[EvidenceSummary, ...]:
    """The pieces of evidence among what one member wrote."""
    prefix = f"{EVIDENCE}_"
    return tuple(
        EvidenceSummary(
            int(what.removeprefix(prefix)), each.source, each.kind, each.text, each.link
        )
        for what, each in said.items()
        if what.startswith(prefix)
    )


def for_report(
    session: Session, *, review: Review, areas: Iterable[ReviewArea], version: Version
) -> dict[int, tuple[Utterance, ...]]:
    """By area number, the words that a version of a report may use; which of them is for it to say.

    Evidence is always listed, by source and kind; its text only where a version shows anyone's
    words.
    """
    wanted = list(areas)
    sights = {area.number: _of_version(version, rounds.state_for_seeing(area)) for area in wanted}
    return _seen(session, review, wanted, sights)


def _of_version(version: Version, state: AreaState) -> _See:
    every, dissent, names, levels = (
        report_may_show(fact, version, state)
        for fact in (Fact.WORDS_AND_RATINGS, Fact.DISSENT, Fact.AUTHORS_NAME, Fact.OUTCOME)
    )

    def see(each: Said) -> _Sight | None:
        if each.field == EVIDENCE and (every or levels):
            return _Sight(names, text=every or dissent, consent=every or dissent)
        return _Sight(names) if every or (dissent and each.field == COMMENT) else None

    return see


def hidden_of(session: Session, *, area: ReviewArea, member_id: int) -> tuple[Utterance, ...]:
    """Words of a member's that were hidden, as they wrote them, each with the reason: for them."""
    mine = [
        each for each in said(session, areas=[area])[area.number] if each.member_id == member_id
    ]
    return tuple(
        Utterance(
            key=each.key, group="", name="", field=each.field, text=row.words or each.text,
            source=_SOURCES.get(each.source, ""), kind=each.kind, link=each.link,
            hidden_because=(row.reason,), is_all_hidden=not row.words,
        )
        for each in sorted(mine, key=_order)
        for row in each.hidden
    )  # fmt: skip


def told_as_hidden(
    session: Session, *, area: ReviewArea, member_id: int
) -> tuple[HiddenWords, ...]:
    """The same in short, for a member's own answer: from the close on, when words can be hidden."""
    if not results.closed_round(area):
        return ()
    found = hidden_of(session, area=area, member_id=member_id)
    return tuple(HiddenWords(each.text, "\n".join(each.hidden_because)) for each in found)


# --- as they may be shown -----------------------------------------------------------------


def _seen(
    session: Session, review: Review, areas: list[ReviewArea], sights: Mapping[int, _See]
) -> dict[int, tuple[Utterance, ...]]:
    written = said(session, areas=areas)
    people = results.taking_part(session, review=review, areas=areas)
    names = _names(session, review)
    found = {}
    for area in areas:
        taking, see = people[area.number], sights[area.number]
        shown = [
            (each, sight) for each in sorted(written[area.number], key=_order)
            if (sight := see(each))
        ]  # fmt: skip
        shown.sort(key=lambda pair: taking.cut.names.index(taking.group(pair[0].member_id)))
        found[area.number] = tuple(_shown(each, sight, taking, names) for each, sight in shown)
    return found


def _order(each: Said) -> tuple[int, str]:
    """By field; within it by chance, so that no two texts can be put together by their places."""
    return FIELDS.index(each.field), digest(each.key)


def _shown(each: Said, sight: _Sight, taking: TakingPart, names: Mapping[int, str]) -> Utterance:
    masked = [] if sight.is_own else [row.words for row in each.hidden]
    return Utterance(
        key=each.key, group=taking.group(each.member_id),
        name=names[each.member_id] if sight.name else "", field=each.field,
        text=hiding.hide(each.text, masked) if sight.text else "",
        source=_SOURCES.get(each.source, ""), kind=each.kind,
        link=hiding.hide_link(each.link, masked) if sight.text else "",
        on_behalf=sight.name and each.given_by is not None,  # few take part without Teams
        hidden_because=tuple(row.reason for row in each.hidden) if sight.reasons else (),
        is_all_hidden=any(not row.words for row in each.hidden),
        is_story=each.source == STORY, consent=each.consent if sight.consent else "",
        consent_on=each.consent_on,
    )  # fmt: skip


def _names(session: Session, review: Review) -> dict[int, str]:
    rows = session.exec(
        select(Member.id, Person.name).join(Person).where(Member.review_id == review.id)
    )
    return {member_id: name for member_id, name in rows if member_id is not None}


# --- what a lead does ---------------------------------------------------------------------


def hide(
    session: Session, *, actor: Actor, review_id: int, number: int, key: str, words: str,
    reason: str, now: datetime,
) -> None:  # fmt: skip
    """Hide words of a text from everyone but its author; without words, all of it.

    They leave every output, and the author is shown them with the reason. Raises Invalid without
    a reason, or for words that the text does not hold.
    """
    access, area, text = _open(session, actor, review_id, number, key)
    if problems := [*_words_problems(text, words), *_problems("reason", reason, _WHY)]:
        raise Invalid(*problems)
    row = Hidden(
        tenant_id=area.tenant_id, area_id=text.area_id, member_id=text.member_id, what=text.what,
        words=words, reason=reason, hidden_by=actor.person_id, hidden_at=now,
    )  # fmt: skip
    if insert_once(session, row):
        _note(session, access, area, text, "words hidden", now, whole=not words)


def unhide(
    session: Session, *, actor: Actor, review_id: int, number: int, key: str, now: datetime
) -> None:
    """Show all of a text again."""
    access, area, text = _open(session, actor, review_id, number, key)
    for row in text.hidden:
        session.delete(row)
    session.flush()
    if text.hidden:
        _note(session, access, area, text, "words shown again", now)


def record_consent(
    session: Session, *, actor: Actor, review_id: int, number: int, key: str, how: str,
    now: datetime,
) -> None:  # fmt: skip
    """Write down how consent was given to show a story to the board. Only for someone's story."""
    access, area, text = _open(session, actor, review_id, number, key)
    if text.source != STORY:
        raise NotNow("Only a story needs consent.", kept="Nothing was changed.")
    if problems := _problems("how", how, _HOW):
        raise Invalid(*problems)
    row = session.get_one(Evidence, text.row_id)
    if row.consent == how:
        return
    row.consent, row.consent_by, row.consent_at = how, actor.person_id, now
    session.add(row)
    session.flush()
    _note(session, access, area, text, "consent recorded", now)


def _open(
    session: Session, actor: Actor, review_id: int, number: int, key: str
) -> tuple[Access, ReviewArea, Said]:
    """A text that a lead acts on; after sign-off too, when a name may come to notice late."""
    access = enter(
        session, actor=actor, review_id=review_id, act=Act.SEE_RESULTS, area=number, lock=True
    )
    area = area_of(session, review_id=review_id, number=number)
    for each in said(session, areas=[area])[number]:
        if each.key == key:
            return access, area, each
    raise NotNow(
        "This text is not there any more.", kept="Nothing was changed.",
        next_step="Go back and look at the words again.",
    )  # fmt: skip


_WHY = "Say why these words are hidden. Their author is shown the reason."
_HOW = "Say how consent was given: by whom, to whom and when."
_NOT_THERE = (
    "We could not find these words in the text. Type whole words as they stand there, "
    "or leave this empty to hide all of it."
)
_TOO_MANY = "This is a lot to hide word by word. Leave this empty to hide all of it."


def _words_problems(text: Said, words: str) -> list[FieldProblem]:
    if len(words) > hiding.LONGEST:
        return [FieldProblem("words", _TOO_MANY)]
    there = hiding.holds(text.text, words) or hiding.holds_in_link(text.link, words)
    return [] if there or not words else [FieldProblem("words", _NOT_THERE)]


def _problems(field: str, typed: str, missing: str) -> list[FieldProblem]:
    problem = too_long(_LABELS[field], typed) if typed else missing
    return [FieldProblem(field, problem)] if problem else []


_LABELS = {"reason": "Your reason", "how": "How this person agreed"}


def _note(
    session: Session, access: Access, area: ReviewArea, text: Said, event: str, now: datetime,
    **detail: bool,
) -> None:  # fmt: skip
    audit.record(
        session, event, tenant_id=area.tenant_id, now=now, who=access.actor.person_id,
        review_id=access.review_id, subject=f"area:{area.number} member:{text.member_id}",
        what=text.what, **detail,
    )  # fmt: skip
