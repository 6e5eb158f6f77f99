"""A whole review, chapter by chapter: twelve people, every area, two rounds, signed off.

Every press is one that a card of theirs offers; inputs are filled by id.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from eocif.rules import framework
from eocif.sample import load
from tests import reckoning
from tests.scenarios import ballots
from tests.scenarios.ballots import Ballots, Voter, codes, votes
from tests.scenarios.play import Cast, Person
from tests.scenarios.scenes import PROVIDER, everyone_has_the_app, the_group_is_chosen

AREAS = [area.number for area in framework.edition().areas]
WITHOUT_TEAMS = {
    "doris": ("Doris Whitfield", "people_and_carers"),
    "ivy": ("Ivy Marlowe", "people_and_carers"),
    "omar": ("Omar Siddiqui", "voluntary_and_community"),
}
SILENT = "peter"  # answers round 1 and never responds to a draft
DOUBTS = "grace"  # raises a concern about every fifth area
REMARKS = "ruth"  # agrees with a comment on every seventh
MOVERS = ("tom", "kasia", "des", "sunil", "joan")


@dataclass
class Review:
    """What happens, and what the test knows of it."""

    cast: Cast
    voters: list[Voter] = field(default_factory=list)
    first: Ballots = field(default_factory=dict)
    final: Ballots = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)  # what the lead ends with, by code
    members: dict[str, int] = field(default_factory=dict)  # of those without Teams

    def person(self, key: str) -> Person:
        """Someone with Teams."""
        (found,) = self.cast(key)
        return found

    def verdict(self, code: str, *, final: bool = False) -> tuple[str, tuple[str, ...]]:
        """What the rule says, reckoned here."""
        ballot = self.final if final else self.first
        return reckoning.of_votes(votes(self.voters, ballot, code))

    def gap(self, code: str, *, final: bool = False) -> int | None:
        """The gap between the two voices, reckoned here."""
        return reckoning.gap(votes(self.voters, self.final if final else self.first, code))


class Hand:
    """A person pressing button after button on one message."""

    def __init__(self, person: Person, message: str = "") -> None:
        self.person, self.message = person, message or person.newest()

    def presses(self, verb: str, where: Mapping[str, Any], **typed: str) -> str:
        """Press the button of a verb that carries `where`; the text of the card that answers."""
        return self.person.presses_verb(verb, where, on=self.message, **typed)


# --- set-up -------------------------------------------------------------------------------


def it_is_set_up(review: Review) -> None:
    cast = review.cast
    everyone_has_the_app(cast)
    amina = review.person("amina")
    amina.says("start a review")
    amina.presses(
        "Save and go on", provider=PROVIDER, executive_lead="Ruth Hollis", forum="Quality Committee"
    )
    amina.presses("Save and go on")
    amina.presses("Save and go on", pace="23")
    the_group_is_chosen(amina, without=())
    for name, perspective in WITHOUT_TEAMS.values():
        amina.presses("Add someone without Teams")
        amina.presses("Add this person", name=name, perspective=perspective, needs="Large print")
    amina.presses("Go on to area leads")
    amina.presses("Save and go on")
    amina.presses("Start the review")
    speaking = {one.key: one.perspectives[0] for one in load().people}
    speaking |= {key: perspective for key, (_, perspective) in WITHOUT_TEAMS.items()}
    review.voters = [Voter(key, speaking[key]) for key in sorted(speaking)]
    assert len(review.voters) == 12
    review.first = ballots.first_round(review.voters)
    review.final = {key: dict(choices) for key, choices in review.first.items()}
    cast.hears()


# --- round 1 ------------------------------------------------------------------------------


def everyone_rates_every_indicator(review: Review) -> None:
    review.cast.time.goes_to("2026-11-30 09:00")
    for voter in review.voters:
        if voter.key in WITHOUT_TEAMS:
            continue
        hand = Hand(review.person(voter.key))
        _answers(review, hand, voter.key, {})


def amina_records_for_those_without_teams(review: Review) -> None:
    amina = review.person("amina")
    for key, (name, _) in WITHOUT_TEAMS.items():
        amina.says("my areas")
        review.members[key] = _member_called(amina, name)
        amina.says("my areas")
        _answers(review, Hand(amina), key, {"member": review.members[key]})


def _member_called(amina: Person, name: str) -> int:
    """The number behind the buttons that record for somebody."""
    numbers = {
        each["data"]["member"] for each in amina.buttons() if (each.get("data") or {}).get("member")
    }
    for number in sorted(numbers):
        read = amina.shows("area.show", review=1, areas=[1], area=1, member=number)
        if name in read:
            return int(number)
    raise AssertionError(f"Nobody records for {name}.")


def _answers(review: Review, hand: Hand, key: str, where: Mapping[str, Any]) -> None:
    for area in AREAS:
        hand.presses("area.show", {"area": area, **where})
        levels = {f"level_{code}": review.first[key][code] for code in codes(area)}
        hand.presses("area.levels", {"go": "words", **where}, **levels)
        says = f"{key} on area {area}."
        read = hand.presses("area.words", {"go": "saved", **where}, where_now=says)
        assert f"Area {area} is answered. Thank you." in read


# --- drafting -----------------------------------------------------------------------------


def every_area_is_drafted(review: Review) -> None:
    review.cast.time.goes_to("2026-12-02 09:00")
    amina = review.person("amina")
    amina.says("review")
    hand = Hand(amina)
    for area in AREAS:
        read = amina.shows("draft.show", on=hand.message, review=1, area=area)
        for code in codes(area):
            assert _in_words(*review.verdict(code)) in read, (code, review.verdict(code))
        amina.shows("draft.show", on=hand.message, review=1, area=area, step="words")
        gap = any(review.gap(code) for code in codes(area))
        more = {"gap": f"Why area {area} is seen differently."} if gap else {}
        hand.presses(
            "draft.words", {"go": "levels"}, where_now=f"Where area {area} is.",
            what_good=f"What good is in area {area}.", what_do=f"What to do in area {area}.",
            draws_on=",".join(sorted({voter.perspective for voter in review.voters})), **more,
        )  # fmt: skip
        hand.presses("draft.levels", {"go": "send"}, **_levels(review, area, final=False))
        read = hand.presses("draft.send", {"area": area})
        assert "Something" not in read


def _in_words(kind: str, levels: tuple[str, ...]) -> str:
    """The start of how a card says a verdict."""
    return {
        "agreed": "Agreed", "talk_first": "Talk first", "close": "Close",
        "not_agreed": "Not agreed", "not_enough": "Not enough ratings",
    }[kind]  # fmt: skip


def _levels(review: Review, area: int, *, final: bool) -> dict[str, str]:
    """What the lead fills in: the rule's level where it has one; else now this, now that."""
    fields: dict[str, str] = {}
    for code in codes(area):
        kind, levels = review.verdict(code, final=final)
        if code == ballots.NOBODY_RATES:
            review.chosen[code] = ""
            continue
        own = kind == "close" and area % 2 == 0
        level = levels[0] if own or kind in ("agreed", "talk_first") else "not_agreed"
        review.chosen[code] = level
        fields[f"level_{code}"] = level
        if own:
            fields[f"reason_{code}"] = f"The reason for {code}."
        if kind == "talk_first":
            fields[f"heard_{code}"] = f"What was heard about {code}."
    return fields


# --- round 2 ------------------------------------------------------------------------------


def everyone_but_one_answers_the_drafts(review: Review) -> None:
    review.cast.time.goes_to("2026-12-07 09:00")
    moves = list(ballots.second_round(review.first, MOVERS))
    assert len(moves) > 20
    for voter in review.voters:
        if voter.key in (SILENT, *WITHOUT_TEAMS):
            continue
        person = review.person(voter.key)
        hand = Hand(person)
        own = {code: level for who, code, level in moves if who == voter.key}
        for area in AREAS:
            _moves(review, person, hand, area, {c: v for c, v in own.items() if c in codes(area)})
            _responds(person, hand, voter.key, area, {})
        review.final[voter.key].update(own)
    for key, number in review.members.items():
        amina = review.person("amina")
        amina.says("my areas")
        hand = Hand(amina)
        for area in AREAS:
            _responds(amina, hand, key, area, {"member": number})


def _moves(review: Review, person: Person, hand: Hand, area: int, own: Mapping[str, str]) -> None:
    if not own:
        return
    person.shows("confirm.show", on=hand.message, review=1, area=area, areas=[area], step="levels")
    levels = {f"level_{code}": level for code, level in own.items()}
    hand.presses("confirm.levels", {"area": area}, **levels)


def _responds(person: Person, hand: Hand, key: str, area: int, where: Mapping[str, Any]) -> None:
    place = {"review": 1, "area": area, "areas": [area], **where}
    person.shows("confirm.show", on=hand.message, **place, step="answer")
    answer, comment = "agree", {}
    if key == DOUBTS and area % 5 == 0:
        answer, comment = "concern", {"comment": f"{key} doubts area {area}."}
    if key == REMARKS and area % 7 == 0:
        answer, comment = "agree_with_comment", {"comment": f"{key} remarks on area {area}."}
    hand.presses("confirm.answer", {"area": area, **where}, answer=answer, **comment)


# --- the end ------------------------------------------------------------------------------


def every_area_is_concluded(review: Review) -> None:
    review.cast.time.goes_to("2026-12-15 09:00")
    amina = review.person("amina")
    amina.says("review")
    hand = Hand(amina)
    for area in AREAS:
        place = {"review": 1, "area": area}
        if area % 5 == 0:
            amina.shows("draft.show", on=hand.message, **place, step="concerns")
            kind = "stands" if area % 10 == 0 else "answered"
            hand.presses("conclude.reply", {"kind": kind}, **_reply(amina, hand, area))
        if any(review.gap(code, final=True) for code in codes(area)):
            amina.shows("draft.show", on=hand.message, **place, step="words")
            hand.presses("draft.words", {"go": "stop"}, gap=f"The gap that is left in {area}.")
        amina.shows("draft.show", on=hand.message, **place, step="levels")
        hand.presses("draft.levels", {"go": "conclude"}, **_levels(review, area, final=True))
        hand.presses("conclude.finish", {"area": area})


def _reply(amina: Person, hand: Hand, area: int) -> dict[str, str]:
    """The one reply box on the card, filled in."""
    fields = [each for each in amina.fields(hand.message) if each.startswith("reply")]
    return {fields[0]: f"Amina's reply about area {area}."}


def it_is_signed_off(review: Review) -> None:
    amina = review.person("amina")
    amina.says("worksheet")
    hand = Hand(amina)
    hand.presses("signoff.show", {})
    read = hand.presses("signoff.do", {})
    assert "Signed off" in read


def members_by_name(review: Review) -> dict[str, str]:
    """Everyone's name, by key."""
    names = {one.key: one.name for one in load().people}
    return names | {key: name for key, (name, _) in WITHOUT_TEAMS.items()}
