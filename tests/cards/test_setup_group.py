"""Step 4: the group by perspective, with a people picker; missing perspectives calmly named."""

import pytest

from cards.setup_group import ROWS, group, perspective
from cards.submissions import SetupPeople, SetupRemove, SetupShow, parse
from eocif.rules.perspectives import PERSPECTIVES
from tests.cards.harness import Node, actions, button, inputs, press, read, texts
from tests.cards.samples_setup import (
    HEAD,
    RUNNING,
    SUNIL,
    all_cards,
    crowd,
    group_step,
    perspective_step,
)

CARDS = all_cards()


def opening(card: dict[str, object], step: str) -> list[Node]:
    return [each for each in actions(card) if each.get("data", {}).get("step") == step]


@pytest.mark.covers("R11")
def test_every_perspective_has_a_row_that_opens_it() -> None:
    buttons = opening(CARDS["group"].content, "perspective")
    assert [each["data"]["perspective"] for each in buttons] == [each.key for each in PERSPECTIVES]
    for each in buttons:
        shown = parse(each["verb"], each["data"])
        assert isinstance(shown, SetupShow)
        assert shown.step == "perspective"


@pytest.mark.covers("R12")
def test_perspectives_without_a_member_are_named_calmly() -> None:
    said = texts(CARDS["group"].content)
    assert "5 people in the group so far. 5 perspectives have nobody yet." in said
    assert "You can start without them." in said
    assert said[said.index("Volunteers") + 1] == "Nobody yet"


def test_names_stand_under_every_perspective_a_person_holds() -> None:
    said = texts(CARDS["group"].content)
    assert said[said.index("Clinical leaders") + 1] == "Ruth Hollis (also), Tom Okafor"
    assert said[said.index("Executive lead") + 1] == "Ruth Hollis"


def test_buttons_that_look_alike_are_told_apart() -> None:
    told = [each["tooltip"] for each in opening(CARDS["group"].content, "perspective")]
    assert "Add people: Volunteers" in told
    assert "Change: Healthwatch" in told
    assert len(set(told)) == len(PERSPECTIVES)


def test_an_empty_group_says_where_to_begin() -> None:
    said = texts(CARDS["group empty"].content)
    assert "Nobody is in the group yet. Open a perspective to add people." in said


def test_a_complete_group_says_so() -> None:
    said = texts(CARDS["group complete"].content)
    assert "1 person in the group so far. Every perspective has someone." in said


def test_one_missing_perspective_is_counted_as_one() -> None:
    member = group_step().members[0]
    held = tuple(each for each in PERSPECTIVES if each.key != "volunteers")
    step = group_step((type(member)(1, "One", held),))
    assert "1 person in the group so far. 1 perspective has nobody yet." in texts(
        group(step).content
    )


def test_the_group_leads_on_back_and_to_someone_without_teams() -> None:
    card = CARDS["group"].content
    steps = {each["title"]: each["data"]["step"] for each in actions(card)}
    assert steps["Go on to area leads"] == "leads"
    assert steps["Back"] == "pace"
    assert steps["Add someone without Teams"] == "without_teams"


def test_once_the_review_runs_the_group_leads_back_to_it() -> None:
    face = CARDS["group while it runs"]
    assert texts(face.content)[0] == "The review group"
    assert face.preview == "The review group"
    assert button(face.content, "See the review")["verb"] == "review.show"
    assert "Go on to area leads" not in read(face.content)
    assert "Step 4" not in read(face.content)


# --- one perspective ------------------------------------------------------------------------------


def test_people_are_picked_from_the_directory() -> None:
    card = CARDS["perspective"].content
    picker = inputs(card)["people"]
    assert picker["choices.data"] == {
        "type": "Data.Query",
        "dataset": "graph.microsoft.com/users",
    }
    assert picker["isMultiSelect"] is True
    assert picker["label"] == "People to add"
    sent = press(card, "Add these people", people="a-1,b-2")
    added = parse(sent["verb"], sent["data"])
    assert isinstance(added, SetupPeople)
    assert (added.perspective, added.people) == ("clinical_leaders", ("a-1", "b-2"))


def test_a_client_without_a_picker_gets_the_teams_list() -> None:
    action = button(CARDS["perspective"].content, "Choose from the team’s list instead")
    shown = parse(action["verb"], action["data"])
    assert isinstance(shown, SetupShow)
    assert (shown.step, shown.perspective) == ("roster", "clinical_leaders")


def test_each_member_can_be_changed_or_removed() -> None:
    card = CARDS["perspective"].content
    opened = [parse(each["verb"], each["data"]) for each in opening(card, "member")]
    assert [getattr(each, "member", 0) for each in opened] == [3, 2]
    removals = [each for each in actions(card) if each["verb"] == "setup.remove"]
    removed = [parse(each["verb"], each["data"]) for each in removals]
    assert all(isinstance(each, SetupRemove) for each in removed)
    assert [getattr(each, "member", 0) for each in removed] == [3, 2]
    assert "If you remove someone, the answers they gave stay." in texts(card)


def test_someone_who_speaks_from_elsewhere_is_marked() -> None:
    said = texts(CARDS["perspective"].content)
    assert said[said.index("Ruth Hollis") + 1] == "Speaks from: Executive lead"


@pytest.mark.covers("R11")
def test_staff_name_their_function() -> None:
    said = texts(CARDS["named functions"].content)
    assert "After you add people, open each one to say which function is theirs." in said
    assert "Experience of care" in said
    assert "Which function is not set yet" in said


def test_guests_and_people_we_cannot_reach_are_marked() -> None:
    said = texts(perspective(perspective_step("healthwatch", (SUNIL,))).content)
    assert "Sunil Rao (guest, messages do not arrive)" in said


def test_our_own_perspective_is_marked_as_ours() -> None:
    line = "We added this one. It is not on the framework’s list."
    assert line in texts(CARDS["perspective empty"].content)
    assert line not in texts(CARDS["perspective"].content)


def test_an_empty_perspective_says_so() -> None:
    assert "Nobody yet." in texts(CARDS["perspective empty"].content)


def test_people_who_could_not_be_added_stay_picked_under_the_reason() -> None:
    card = CARDS["perspective unknown person"].content
    picker = inputs(card)["people"]
    assert picker["value"] == "a-1,b-2"
    assert [each["value"] for each in picker["choices"]] == ["a-1", "b-2"]
    said = texts(card)
    problem = "1 person you picked cannot get messages from this app yet."
    assert said[said.index("People to add") - 1] == problem


def test_many_members_are_opened_from_one_list() -> None:
    few = perspective(perspective_step("service_leads_and_staff", crowd(ROWS))).content
    assert "member" not in inputs(few)
    many = perspective(perspective_step("service_leads_and_staff", crowd(ROWS + 1))).content
    assert f"{ROWS + 1} people." in texts(many)
    sent = press(many, "Open this person", member="105")
    shown = parse(sent["verb"], sent["data"])
    assert isinstance(shown, SetupShow)
    assert (shown.step, shown.member) == ("member", 105)
    assert inputs(many)["member"]["value"] == "100"


def test_a_perspective_leads_back_to_the_group_in_any_state() -> None:
    for head in (HEAD, RUNNING):
        card = perspective(perspective_step("healthwatch", (SUNIL,), head)).content
        assert button(card, "Back to the group")["data"] == {"review": 7, "step": "group"}
