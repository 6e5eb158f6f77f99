"""Three years of a review: every message that anyone was sent, and no other."""

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


def test_every_message_of_three_years(cast: Cast, environ: dict[str, str]) -> None:
    years = Years(cast, environ["EOCIF_DATABASE_URL"])
    everyone_answers_and_tom_drafts(years)
    everyone_agrees_and_it_is_concluded(years)
    print("\n".join(years.since()))
    three_actions_are_written(years)
    it_is_signed_off(years)
    years.goes_to("2026-12-11 10:00")
    print("--- des accepts"); print("\n".join(years.since()))
    des_does_what_is_his(years)
    years.goes_to("2027-01-26 10:00")
    print("--- ruth asks"); print("\n".join(years.since()))
    ruth_asks_for_another_date_and_tom_agrees(years)
    print("--- a year"); print("\n".join(years.since()))
    all_is_done_in_time(years)
    print("\n".join(years.since()))
    years.goes_to("2029-12-10 10:00")
    print("--- years"); print("\n".join(years.since()))
    the_next_review_begins(years)
    assert 0
