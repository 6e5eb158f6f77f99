"""Where words are planted: an area in every state, who leads it, how it is rated, and when.

A planted word says what it is, of which area and whose: `planted("said", 5, "grace")`. Whoever
reads it anywhere has seen that, and nothing else.
"""

from collections.abc import Mapping
from datetime import date

from eocif.rules.dates import at

# --- areas by the state they end in ---------------------------------------------------------------

WAITING, ROUND_1, DRAFTING, REOPENED = 22, 17, 16, 3
ROUND_2, ROUND_3, CONCLUDING, CONCLUDED, ASIDE_BLIND, ASIDE = 9, 14, 5, 2, 20, 21
STATE_OF = {
    WAITING: "waiting",
    ROUND_1: "round 1",
    DRAFTING: "drafting",
    REOPENED: "reopened",
    ROUND_2: "round 2",
    ROUND_3: "round 3",
    CONCLUDING: "concluding",
    CONCLUDED: "concluded",
    ASIDE_BLIND: "set aside blind",
    ASIDE: "set aside",
}
SCOPE = {"1": "2,3", "2": "5,9", "3": "14", "4": "16,17", "5": "20,21,22"}
FIRST_WEEK = (CONCLUDED, REOPENED, CONCLUDING, ROUND_2, ROUND_3)
SECOND_WEEK = (DRAFTING, ROUND_1, ASIDE_BLIND, ASIDE)
LEADS = {"1": "tom", "2": "tom", "3": "kasia", "4": "tom", "5": "tom"}
AREA_LEAD = {area: "kasia" if area == ROUND_3 else "tom" for area in STATE_OF}
RECORDER = {area: "amina" if area == CONCLUDING else AREA_LEAD[area] for area in STATE_OF}
NOT_RATED = {ROUND_1: ("peter", "kasia")}
NOT_RESPONDED = {ROUND_2: ("peter", "kasia")}
FORMER = "des"

MONDAY, TUESDAY = at(date(2027, 1, 11), 9), at(date(2027, 1, 12), 10)
THURSDAY, FRIDAY = at(date(2027, 1, 14), 9, 30), at(date(2027, 1, 15), 10)
NEXT_MONDAY = at(date(2027, 1, 18), 9)
ANSWERED, NEXT_TUESDAY = at(date(2027, 1, 18), 10), at(date(2027, 1, 19), 10)
LAST_DAY, NOW = at(date(2027, 1, 20), 10), at(date(2027, 1, 21), 14)
TOO_LONG = "x" * 2000

# How each area is rated, lowest level first: as many of everyone, and of the three with lived
# experience. No two areas are rated alike, by everyone, by those three, or by all the others.
EVERYONE: Mapping[int, tuple[int, int, int, int]] = {
    CONCLUDED: (1, 0, 6, 1), REOPENED: (1, 2, 3, 2), CONCLUDING: (1, 3, 2, 2),
    ROUND_2: (2, 2, 1, 3), ROUND_3: (2, 3, 1, 2), DRAFTING: (3, 1, 2, 2), ROUND_1: (2, 1, 0, 3),
    ASIDE_BLIND: (4, 2, 1, 1), ASIDE: (2, 1, 3, 2),
}  # fmt: skip
LIVED: Mapping[int, tuple[int, int, int, int]] = {
    CONCLUDED: (1, 0, 1, 1), REOPENED: (0, 1, 2, 0), CONCLUDING: (0, 1, 1, 1),
    ROUND_2: (1, 2, 0, 0), ROUND_3: (2, 1, 0, 0), DRAFTING: (1, 0, 2, 0), ROUND_1: (0, 1, 0, 2),
    ASIDE_BLIND: (2, 0, 1, 0), ASIDE: (0, 0, 2, 1),
}  # fmt: skip
WITH_IT = ("grace", "sunil", "doris")


def planted(kind: str, area: int, who: str) -> str:
    """A word that stands nowhere else."""
    return f"zq{kind}q{area}q{who}qz"
