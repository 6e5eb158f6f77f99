"""Buttons in rows."""

from cards.actions import Execute
from cards.buttons import in_rows


def test_buttons_stand_side_by_side_only_as_far_as_a_phone_shows_their_titles() -> None:
    titles = ["Remind those who have not answered", "Show by person", "Members", "See the review"]
    rows = in_rows([Execute(title, verb="help.show") for title in titles])
    shown = [[action["title"] for action in row.render()["actions"]] for row in rows]
    assert shown == [titles[:1], titles[1:3], titles[3:]]
    assert in_rows([]) == []
