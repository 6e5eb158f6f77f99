"""How often we write to someone: the card in each of its states."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from cards.face import Face
from cards.habits import habits
from eocif.rules.habit_form import values
from eocif.rules.habits import DEFAULT, Wish
from eocif.set_up_saving import digests
from eocif.summaries import SILENT, Differs, Feedback
from eocif.time_summaries import Habits
from tests.cards.samples_short import HOSTILE

USER = "29:kasia"
TODAY = date(2027, 1, 14)
DEPUTIES = ((3, "Sunil Rao"), (4, "Tom Okafor"))
LEAVE = Wish(
    is_weekly=True, from_hour=10, until_hour=12,
    away_from=date(2027, 2, 1), away_until=date(2027, 2, 12), deputy_id=4,
)  # fmt: skip
PUT_OFF = (
    ("Ring carers back within two days", "action:4", date(2027, 1, 29)),
    ("Your work on area 14", "area:14", date(2027, 1, 20)),
)
MISTAKES = Feedback(
    "The rest is saved.",
    is_problem=True,
    problems={
        "until_hour": "We need at least 2 hours for our messages. Choose 5pm or later.",
        "away_from": "We could not read this date. Type it like 18 February 2028.",
    },
    typed={"from_hour": "15", "until_hour": "16", "away_from": "after half-term", "deputy": "4"},
)
DIFFERS = Feedback(
    differs=(Differs("how_often", "How often", "any", "weekly"),),
    is_problem=True,
    typed={"how_often": "weekly"},
)


def asked(wish: Wish = DEFAULT, **more: Any) -> Habits:
    """Kasia's wishes, as her card gets them."""
    held = values(wish, TODAY)
    return replace(Habits("Kasia", held, digests(held), DEPUTIES), **more)


def drawn(summary: Habits, said: Feedback = SILENT) -> Face:
    """The card, for Kasia."""
    return habits(summary, said, for_user=USER)


def all_cards() -> Mapping[str, Face]:
    """Every state of the card."""
    away = replace(LEAVE, away_from=date(2027, 1, 11), away_until=date(2027, 1, 29))
    many = tuple((number, f"Person {number:03}") for number in range(300))
    return {
        "usual": drawn(asked()),
        "leave to come": drawn(asked(LEAVE), Feedback("Saved.")),
        "away": drawn(asked(away, is_away=True)),
        "put off": drawn(asked(snoozed=PUT_OFF)),
        "many put off": drawn(asked(snoozed=PUT_OFF * 6)),
        "stands in": drawn(asked(stands_in_for=("Sunil Rao", "Tom Okafor"))),
        "mistakes": drawn(asked(), MISTAKES),
        "changed twice": drawn(asked(), DIFFERS),
        "nobody to stand in": drawn(asked(LEAVE, deputies=())),
        "many to stand in": drawn(asked(LEAVE, deputies=many)),
        "hostile": drawn(
            asked(
                LEAVE,
                deputies=((4, HOSTILE),),
                snoozed=((HOSTILE, "action:4", TODAY),),
                stands_in_for=(HOSTILE,),
            ),
            replace(MISTAKES, typed={"away_from": HOSTILE}),
        ),
    }
