"""The whole first round: six areas in three weeks, ten people, each with their own habits.

Amina leads. Des answers at once, Peter a week late, Grace does not know, Ruth stops half-way and
leaves the group, Kasia changes her mind, Tom withdraws an answer and records for Doris, who has
no Teams, Sunil is a guest who blocks the bot, and Joan joins late and removes the app.
"""

import pytest

from tests.scenarios.manners import we_kept_our_manners
from tests.scenarios.play import Cast
from tests.scenarios.the_first_weeks import (
    a_round_closes_once_everyone_has_answered,
    des_answers_at_once,
    everyone_is_asked_on_monday,
    peter_is_a_week_late,
    ruth_leaves_and_joan_joins,
    ruth_stops_half_way,
    the_others_answer,
    the_review_is_set_up,
    the_second_week_goes_on,
    tom_records_for_doris,
)
from tests.scenarios.the_last_weeks import (
    a_round_closes_early,
    christmas_is_quiet,
    the_closing_day,
    the_lead_reminds,
    the_morning_after,
    the_review_is_cancelled,
)


@pytest.mark.covers("R07")
@pytest.mark.covers("R09")
@pytest.mark.covers("R18")
@pytest.mark.covers("R19")
@pytest.mark.covers("R20")
@pytest.mark.covers("R22")
@pytest.mark.covers("R23")
@pytest.mark.covers("R24")
@pytest.mark.covers("R25")
@pytest.mark.covers("R27")
@pytest.mark.covers("R65")
def test_the_whole_first_round(cast: Cast) -> None:
    the_review_is_set_up(cast)
    everyone_is_asked_on_monday(cast)
    des_answers_at_once(cast)
    ruth_stops_half_way(cast)
    tom_records_for_doris(cast)
    the_others_answer(cast)
    peter_is_a_week_late(cast)
    a_round_closes_once_everyone_has_answered(cast)
    ruth_leaves_and_joan_joins(cast)
    the_second_week_goes_on(cast)
    the_closing_day(cast)
    the_morning_after(cast)
    the_lead_reminds(cast)
    a_round_closes_early(cast)
    christmas_is_quiet(cast)
    the_review_is_cancelled(cast)
    we_kept_our_manners(cast)
