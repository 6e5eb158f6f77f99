"""People's own words: who reads them, as whose, and what of them is hidden."""

import unicodedata
from collections.abc import Mapping
from datetime import datetime

import pytest

from eocif import confirmations, drafts, forms, voices
from eocif.access import area_of, areas_of, enter
from eocif.database import Database
from eocif.errors import Invalid, NotNow, NotYours
from eocif.models import AuditEvent, Evidence, Hidden, Response, Review
from eocif.round_summaries import Utterance
from eocif.rules.answers import Offered
from eocif.rules.authorisation import Act
from eocif.rules.dates import at
from eocif.rules.hiding import ALL_HIDDEN, HIDDEN
from eocif.rules.visibility import Version
from eocif.summaries import HiddenWords, Place
from tests import after_the_close
from tests.after_the_close import ANSWERED_AT, CLOSED_ON, MIXED, NEXT_MORNING
from tests.builders import World

CANARY = "Zwetschgendatschi"
STORY = Offered("n" * 8, "story", "qualitative", f"{CANARY} waited.", "https://example.org/story")
ROUND_2_CLOSED = at(after_the_close.date(2027, 1, 25), 17, 15)
OTHERS = ("amina", "tom", "ruth", "des", "sunil")


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """Area 2 waits for its draft. Grace told a story, and what is to be done."""
    made = after_the_close.answered(database, now)
    made.write("grace", 2, ANSWERED_AT, offered=STORY, what_do=f"Ask {CANARY}, and the others.")
    made.live(at(CLOSED_ON, 17, 15))
    return made


def _read(world: World, who: str, number: int = 2) -> dict[str, Utterance]:
    """An area's words as someone of the group may see them, by key."""
    with world.database.transaction() as session:
        access = enter(
            session, actor=world.actors[who], review_id=world.review_id, act=Act.SEE_REVIEW,
            area=number,
        )  # fmt: skip
        area = area_of(session, review_id=world.review_id, number=number)
        said = voices.utterances(
            session, review=access.review, area=area, roles=access.roles,
            person_id=access.actor.person_id, member_id=world.members[who],
        )  # fmt: skip
    return {each.key: each for each in said}


def _report(world: World, version: Version) -> dict[int, tuple[Utterance, ...]]:
    with world.database.transaction() as session:
        review = session.get_one(Review, world.review_id)
        areas = areas_of(session, review_id=world.review_id)
        return voices.for_report(session, review=review, areas=areas, version=version)


def _hidden(world: World, who: str) -> tuple[Utterance, ...]:
    with world.database.transaction() as session:
        area = area_of(session, review_id=world.review_id, number=2)
        return voices.hidden_of(session, area=area, member_id=world.members[who])


def _key(world: World, who: str, what: str) -> str:
    return f"{world.members[who]}:{what}"


def _story(world: World) -> str:
    return _key(world, "grace", f"evidence_{world.rows(Evidence)[0].id}")


def _hide(
    world: World, key: str, words: str = CANARY, who: str = "tom", reason: str = "A name."
) -> None:
    world.on_review(
        voices.hide, who, number=2, key=key, words=words, reason=reason, now=NEXT_MORNING
    )


def _send(world: World) -> None:
    after_the_close.sent(world, 2, NEXT_MORNING)


def _comment(world: World, who: str, comment: str) -> None:
    area = world.area(2)
    with world.database.transaction() as session:
        session.add(
            Response(
                tenant_id=area.tenant_id, area_id=area.id or 0, round=area.round,
                member_id=world.members[who], answer="concern", comment=comment,
                updated_at=NEXT_MORNING,
            )
        )  # fmt: skip


def _seen(everything: object) -> str:
    """All that is in there, in whatever case and composition."""
    return unicodedata.normalize("NFKD", repr(everything)).casefold()


# --- who reads what -------------------------------------------------------------------------


@pytest.mark.covers("R30")
def test_everyones_words_are_listed_as_they_wrote_them_and_nothing_else(world: World) -> None:
    said = _read(world, "tom")
    texts = {each.text for each in said.values() if each.field == "where_now"}
    assert texts == {f"{who} says this of area 2." for who in MIXED}
    about = {each.field for each in said.values()}
    assert about == {"where_now", "what_do", "evidence"}


def test_words_stand_by_group_and_within_it_in_no_order_of_people(world: World) -> None:
    said = list(_read(world, "tom").values())
    groups = [each.group for each in said]
    assert groups == sorted(groups, key=groups.index)
    assert len(set(groups)) > 1
    inside: Mapping[str, list[str]] = {name: [] for name in groups}
    for each in said:
        inside[each.group].append(each.key)
    assert any(keys != sorted(keys, key=lambda key: int(key.split(":")[0]))
               for keys in inside.values())  # fmt: skip


def test_only_the_review_lead_sees_names_unless_area_leads_may(world: World) -> None:
    key = _key(world, "grace", "what_do")
    assert _read(world, "amina")[key].name == "Grace Adeyemi"
    assert _read(world, "tom")[key].name == ""
    with world.database.transaction() as session:
        review = session.get_one(Review, world.review_id)
        review.area_leads_see_names = True
        session.add(review)
    assert _read(world, "tom")[key].name == "Grace Adeyemi"


def test_who_recorded_an_answer_knows_whose_it_is_and_nobody_else_is_told(world: World) -> None:
    key = _key(world, "doris", "where_now")
    assert (_read(world, "tom")[key].name, _read(world, "tom")[key].on_behalf) == (
        "Doris Whitfield", True,
    )  # fmt: skip
    _send(world)
    assert (_read(world, "des")[key].name, _read(world, "des")[key].on_behalf) == ("", False)


def test_members_read_others_words_with_the_draft_and_not_before(world: World) -> None:
    assert set(_read(world, "des")) == {_key(world, "des", "where_now")}
    _send(world)
    assert set(_read(world, "des")) == set(_read(world, "amina"))
    names = {each.name for each in _read(world, "des").values()}
    assert names == {"", "Des Barrett"}


@pytest.mark.covers("R21")
def test_nobody_reads_anything_before_the_round_closes(database: Database, now: datetime) -> None:
    world = after_the_close.answered(database, now)
    assert _read(world, "amina") == {} == _read(world, "tom")
    with pytest.raises(NotNow):
        _hide(world, _key(world, "grace", "where_now"))
    assert _report(world, Version.LEAD)[2] == ()


def test_an_author_is_told_of_hidden_words_from_then_on_on_their_own_cards(world: World) -> None:
    def told(who: str) -> tuple[HiddenWords, ...]:
        place = Place(world.review_id, (2,), 2)
        return world.do(forms.area_form, who, place=place, now=NEXT_MORNING).hidden

    assert told("grace") == ()
    _hide(world, _key(world, "grace", "where_now"), "grace", reason="A name.")
    assert told("grace") == (HiddenWords("grace", "A name."),)
    assert told("des") == ()
    _send(world)
    place = Place(world.review_id, (2,), 2)
    form = world.do(confirmations.confirm_form, "grace", place=place, now=NEXT_MORNING)
    assert form.hidden == told("grace")


def test_the_lead_of_another_area_reads_as_a_member(world: World) -> None:
    with world.database.transaction() as session:
        other = area_of(session, review_id=world.review_id, number=3)
        other.lead_id = world.actors["kasia"].person_id
        session.add(other)
    assert set(_read(world, "kasia")) == {_key(world, "kasia", "where_now")}
    with pytest.raises(NotYours):
        _hide(world, _key(world, "grace", "what_do"), who="kasia")


def test_what_is_said_of_the_draft_comes_with_the_close_of_its_round(world: World) -> None:
    _send(world)
    _comment(world, "sunil", CANARY)
    key = _key(world, "sunil", "comment_2")
    assert key not in _read(world, "amina")
    world.tick(ROUND_2_CLOSED)
    assert (_read(world, "tom")[key].field, _read(world, "tom")[key].text) == ("comment", CANARY)


def test_evidence_says_its_source_its_kind_and_where_it_leads(world: World) -> None:
    found = _read(world, "tom")[_story(world)]
    assert (found.source, found.kind, found.is_story) == ("Someone’s story", "qualitative", True)
    assert found.link == "https://example.org/story"


# --- hiding ---------------------------------------------------------------------------------


def test_hidden_words_leave_what_everyone_but_their_author_reads(world: World) -> None:
    key = _key(world, "grace", "what_do")
    _hide(world, key, CANARY.upper())
    _hide(world, _story(world), "")
    _send(world)
    assert _read(world, "tom")[key].text == f"Ask {HIDDEN}, and the others."
    assert _read(world, "tom")[_story(world)].text == ALL_HIDDEN
    assert _read(world, "tom")[_story(world)].link == ""
    for who in OTHERS:
        assert CANARY.casefold() not in _seen(_read(world, who))
    own = _read(world, "grace")
    assert own[key].text == f"Ask {CANARY}, and the others."
    assert own[key].hidden_because == ("A name.",)
    assert own[_story(world)].is_all_hidden


@pytest.mark.parametrize("version", list(Version))
def test_hidden_words_leave_every_report(world: World, version: Version) -> None:
    _hide(world, _key(world, "grace", "what_do"))
    _hide(world, _story(world))
    after_the_close.as_if_concluded(world)
    assert CANARY.casefold() not in _seen(_report(world, version))


def test_the_reason_is_for_leads_and_the_author_alone(world: World) -> None:
    key = _key(world, "grace", "what_do")
    _hide(world, key)
    _send(world)
    assert _read(world, "amina")[key].hidden_because == ("A name.",)
    assert _read(world, "des")[key].hidden_because == ()


def test_the_author_is_shown_what_was_hidden_and_why(world: World) -> None:
    _hide(world, _key(world, "grace", "what_do"), CANARY.lower())
    _hide(world, _story(world), "", reason="The whole tells who it is.")
    told = _hidden(world, "grace")
    assert [(each.field, each.text, each.hidden_because) for each in told] == [
        ("what_do", CANARY.lower(), ("A name.",)),
        ("evidence", f"{CANARY} waited.", ("The whole tells who it is.",)),
    ]
    assert [each.is_all_hidden for each in told] == [False, True]
    assert _hidden(world, "des") == ()


def test_hiding_the_same_words_again_changes_nothing(world: World) -> None:
    key = _key(world, "grace", "what_do")
    for reason in ("A name.", "Another reason."):
        _hide(world, key, reason=reason)
    assert [row.reason for row in world.rows(Hidden)] == ["A name."]
    assert len(world.rows(AuditEvent, AuditEvent.event == "words hidden")) == 1


def test_words_of_a_link_can_be_hidden_by_name(world: World) -> None:
    _hide(world, _story(world), "story")
    assert _read(world, "tom")[_story(world)].link == ""


@pytest.mark.parametrize(
    ("words", "reason", "fields"),
    [
        (CANARY, "", ["reason"]),
        ("Not there", "A name.", ["words"]),
        (CANARY[:-1], "", ["words", "reason"]),
        ("", "x" * 2001, ["reason"]),
    ],
)
def test_hiding_needs_a_reason_and_words_that_are_there(
    world: World, words: str, reason: str, fields: list[str]
) -> None:
    with pytest.raises(Invalid) as refused:
        _hide(world, _key(world, "grace", "what_do"), words, reason=reason)
    assert [each.field for each in refused.value.problems] == fields
    assert world.rows(Hidden) == []


@pytest.mark.parametrize("what", ["what_good", "kept", "comment_2", "evidence_99", ""])
def test_a_text_that_is_not_there_cannot_be_hidden(world: World, what: str) -> None:
    with pytest.raises(NotNow):
        _hide(world, _key(world, "grace", what))


@pytest.mark.parametrize("who", ["grace", "kasia", "des"])
def test_only_the_leads_of_an_area_hide(world: World, who: str) -> None:
    with pytest.raises(NotYours):
        _hide(world, _key(world, "grace", "what_do"), who=who)


def test_what_was_hidden_can_be_shown_again(world: World) -> None:
    key = _key(world, "grace", "what_do")
    _hide(world, key)
    for _press in range(2):
        world.on_review(voices.unhide, "amina", number=2, key=key, now=NEXT_MORNING)
    assert _read(world, "tom")[key].text == f"Ask {CANARY}, and the others."
    assert (_hidden(world, "grace"), world.rows(Hidden)) == ((), [])
    assert len(world.rows(AuditEvent, AuditEvent.event == "words shown again")) == 1


def test_the_trail_says_who_hid_which_text_and_never_the_words(world: World) -> None:
    _hide(world, _key(world, "grace", "what_do"), reason=f"{CANARY} is a name.")
    event = world.rows(AuditEvent, AuditEvent.event == "words hidden")[0]
    assert event.detail == {"what": "what_do", "whole": False}
    assert event.subject == f"area:2 member:{world.members['grace']}"
    assert CANARY not in repr(world.rows(AuditEvent))


# --- stories --------------------------------------------------------------------------------


def _consent(world: World, key: str, how: str, who: str = "tom") -> None:
    world.on_review(voices.record_consent, who, number=2, key=key, how=how, now=NEXT_MORNING)


@pytest.mark.covers("R54")
def test_consent_to_a_story_is_recorded_with_who_wrote_it_down_and_when(world: World) -> None:
    for _press in range(2):
        _consent(world, _story(world), "She told me on the phone.")
    row = world.rows(Evidence)[0]
    assert (row.consent, row.consent_by) == (
        "She told me on the phone.", world.actors["tom"].person_id,
    )  # fmt: skip
    assert _read(world, "amina")[_story(world)].consent == "She told me on the phone."
    assert _read(world, "amina")[_story(world)].consent_on == NEXT_MORNING.date()
    assert len(world.rows(AuditEvent, AuditEvent.event == "consent recorded")) == 1
    _send(world)
    assert _read(world, "des")[_story(world)].consent == ""


@pytest.mark.parametrize("how", ["", "x" * 2001])
def test_how_consent_was_given_is_needed(world: World, how: str) -> None:
    with pytest.raises(Invalid) as refused:
        _consent(world, _story(world), how)
    assert [each.field for each in refused.value.problems] == ["how"]


def test_only_a_story_takes_consent(world: World) -> None:
    with pytest.raises(NotNow):
        _consent(world, _key(world, "grace", "what_do"), "On the phone.")


# --- reports --------------------------------------------------------------------------------


def _fields(said: tuple[Utterance, ...]) -> set[str]:
    return {each.field for each in said if each.text}


@pytest.fixture
def reported(world: World) -> World:
    """Area 2 has been round once and is concluded; Sunil raised a concern."""
    _consent(world, _story(world), "On the phone.")
    _send(world)
    _comment(world, "sunil", "I see this differently.")
    world.tick(ROUND_2_CLOSED)
    after_the_close.as_if_concluded(world)
    return world


@pytest.mark.parametrize(
    ("version", "fields", "names"),
    [
        (Version.LEAD, {"where_now", "what_do", "evidence", "comment"}, True),
        (Version.GROUP, {"evidence", "comment"}, False),
        (Version.BOARD, {"evidence", "comment"}, False),
        *((version, set(), False) for version in (Version.ICB, Version.PUBLIC, Version.PLAN)),
    ],
)
def test_a_report_gets_the_words_that_its_version_may_show(
    reported: World, version: Version, fields: set[str], names: bool
) -> None:
    said = _report(reported, version)[2]
    assert _fields(said) == fields
    assert any(each.name for each in said) == names
    shown = [each for each in said if each.is_story]
    assert [(each.source, each.kind) for each in shown] == [("Someone’s story", "qualitative")]
    assert [bool(each.consent and each.link) for each in shown] == [bool(fields)]
    assert all(each.hidden_because == () for each in said)


def test_until_an_area_is_concluded_only_the_leads_workbook_has_words(world: World) -> None:
    assert _report(world, Version.LEAD)[2]
    for version in set(Version) - {Version.LEAD}:
        assert _report(world, version) == {2: (), 3: ()}


def test_set_aside_before_its_round_closed_an_areas_words_stay_unseen(
    database: Database, now: datetime
) -> None:
    world = after_the_close.answered(database, now)
    world.on_review(drafts.set_aside, number=2, reason="Not ours.", now=ANSWERED_AT)
    assert (_read(world, "amina"), _report(world, Version.LEAD)[2]) == ({}, ())
