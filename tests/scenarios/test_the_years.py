"""Three years of a review: every message that anyone was sent unasked, and no other."""

import pytest

from tests.scenarios.play import Cast
from tests.scenarios.the_years import (
    Years,
    all_is_done_in_time,
    des_does_what_is_his,
    everyone_agrees_and_it_is_concluded,
    everyone_answers_and_tom_drafts,
    it_is_signed_off,
    ruth_asks_for_another_date_and_tom_agrees,
    the_next_review_begins,
    three_actions_are_written,
)

ROUNDS = """
2026-11-30 amina prompt
2026-11-30 des prompt
2026-11-30 grace prompt
2026-11-30 tom prompt
2026-12-02 tom news
2026-12-07 amina digest
2026-12-07 amina prompt
2026-12-07 des prompt
2026-12-07 grace prompt
2026-12-07 tom digest
2026-12-07 tom prompt
2026-12-09 tom news
"""
# Sam Estates has no Teams: Tom, who leads the area, is to ask Sam, and hears what is due of Sam's.
SIGNED_OFF = """
2026-12-10 amina news · sign_off 2026-12-09 ready 2026-12-10
2026-12-10 des news
2026-12-10 grace news
2026-12-10 ruth reminder · action_new asked 2
2026-12-10 tom reminder · action_new asked 3
2026-12-11 des reminder · action_new asked 1
"""
RUTH_IS_LATE = """
2026-12-14 amina digest
2026-12-14 tom digest
2026-12-16 ruth reminder · action 2027-01-04 before 10
2026-12-21 amina digest
2026-12-21 tom digest
2026-12-29 amina digest
2026-12-29 tom digest
2026-12-30 ruth reminder · action 2027-01-04 before 2
2027-01-04 amina digest
2027-01-04 ruth reminder · action 2027-01-04 on the day
2027-01-04 tom digest
2027-01-11 amina digest
2027-01-11 ruth reminder · action 2027-01-04 overdue 5
2027-01-11 tom digest
2027-01-18 amina digest
2027-01-18 ruth reminder · action 2027-01-04 overdue 10
2027-01-18 tom digest
2027-01-18 tom reminder · action 2027-01-04 overdue 10
2027-01-25 amina digest
2027-01-25 amina reminder · action 2027-01-04 overdue 15
2027-01-25 ruth reminder · action 2027-01-04 overdue 15
2027-01-25 tom digest
2027-01-25 tom reminder · action 2027-01-04 overdue 15
"""
A_NEW_DATE = """
2027-01-26 tom reminder · action_said said 5
2027-01-27 ruth reminder · action answered 6
"""
# The week before Easter: Good Friday is 26 March, Easter Monday 29 March.
ALL_IS_DONE = """
2027-03-12 tom reminder · action 2027-03-26 before 10
2027-03-15 amina digest
2027-03-15 tom digest
2027-03-16 des reminder · action 2027-04-01 before 10
2027-03-22 amina digest
2027-03-22 tom digest
2027-03-24 tom reminder · action 2027-03-26 before 2
2027-03-25 tom reminder · action 2027-03-26 on the day
2027-03-30 amina digest
2027-03-30 des reminder · action 2027-04-01 before 2
2027-03-30 tom digest
2027-04-01 des reminder · action 2027-04-01 on the day
2027-04-05 amina digest
2027-04-05 tom digest
2027-06-16 ruth reminder · action 2027-06-30 before 10
2027-06-21 amina digest
2027-06-21 tom digest
2027-06-28 amina digest
2027-06-28 ruth reminder · action 2027-06-30 before 2
2027-06-28 tom digest
2027-06-30 ruth reminder · action 2027-06-30 on the day
"""
UNTIL_THE_NEXT = """
2027-07-05 amina digest
2027-07-05 tom digest
2027-08-18 amina reminder · edition 2028-02-18 6 months before
2027-11-18 amina reminder · edition 2028-02-18 3 months before
2028-02-18 amina reminder · edition 2028-02-18 on the day
2028-12-08 amina reminder · reassess 2029-12-10 12 months before
2029-06-08 amina reminder · reassess 2029-12-10 6 months before
2029-09-10 amina reminder · reassess 2029-12-10 3 months before
2029-11-09 amina reminder · reassess 2029-12-10 1 months before
2029-12-10 amina reminder · reassess 2029-12-10 on the day
"""
# The review after it: one area, pace 1, from the Monday that its lead kept.
THE_SECOND = """
2029-12-17 amina digest
2029-12-17 amina prompt
2029-12-17 des prompt
2029-12-17 grace prompt
2029-12-17 tom digest
2029-12-17 tom prompt
"""


@pytest.mark.covers("R42")
@pytest.mark.covers("R55")
@pytest.mark.covers("R56")
@pytest.mark.covers("R57")
@pytest.mark.parametrize(
    ("kind", "replicas"), [("sqlite", 1), ("postgresql", 2)],
    indirect=True,
)  # fmt: skip
def test_every_message_of_three_years(cast: Cast, environ: dict[str, str]) -> None:
    years = Years(cast, environ["EOCIF_DATABASE_URL"])
    everyone_answers_and_tom_drafts(years)
    everyone_agrees_and_it_is_concluded(years)
    assert years.since() == ROUNDS
    three_actions_are_written(years)
    it_is_signed_off(years)
    years.goes_to("2026-12-11 10:00")
    assert years.since() == SIGNED_OFF
    des_does_what_is_his(years)
    years.goes_to("2027-01-26 10:00")
    assert years.since() == RUTH_IS_LATE
    ruth_asks_for_another_date_and_tom_agrees(years)
    assert years.since() == A_NEW_DATE
    all_is_done_in_time(years)
    assert years.since() == ALL_IS_DONE
    years.goes_to("2029-12-10 10:00")
    assert years.since() == UNTIL_THE_NEXT
    the_next_review_begins(years)
    years.goes_to("2029-12-17 10:00")
    assert years.since() == THE_SECOND
