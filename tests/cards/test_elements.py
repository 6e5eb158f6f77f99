"""The pieces of a card are strict going in and plain coming out."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from cards.actions import (
    MOST_REFRESHED,
    Execute,
    OpenUrl,
    ToggleVisibility,
    card,
    fold,
    refresh,
)
from cards.elements import (
    ActionSet,
    Column,
    ColumnSet,
    Container,
    Element,
    Fact,
    FactSet,
    Image,
    Table,
    TableCell,
    TableColumn,
    TableRow,
    TextBlock,
    TextRun,
    banner,
    heading,
    pairs,
    table,
    words,
)
from cards.inputs import (
    ChoiceInput,
    DateInput,
    TextInput,
    choice,
    people,
)
from cards.parts import Part
from tests.cards.harness import events, lint, read

DOT = "data:image/gif;base64,R0lGODlhAQABAAAAACw="


def everything() -> list[Element]:
    """One of each element."""
    return [
        banner("Your answer was not saved.", TextBlock("Please press the button again.")),
        heading("Area 13"),
        TextBlock("Section 3", is_subtle=True, spacing="none"),
        words("Your lead is ", TextRun("Ann", weight="bolder"), "."),
        heading("Details", 2, separator=True),
        pairs([("Lead", "Ann"), ("Closes", TextBlock("Friday 18 February 2028"))]),
        table(["Area", "Waiting for"], [["13", "Ann"]], widths=[1, 3]),
        FactSet([Fact("Pace", "5 areas a week")]),
        ColumnSet([Column([TextBlock("Left")], width="auto"), Column([], width=2)]),
        Image(DOT, alt_text="A dot", size="small"),
        TextInput("title", label="Title", is_required=True, error_message="Give a title."),
        ChoiceInput("level", [choice("a", "Achieving")], label="Area 13a", style="expanded"),
        people("who", label="Who?", team_only=True),
        DateInput("day", label="When?", min=date(2026, 1, 1)),
        fold("What the levels mean", [TextBlock("Four levels")], "levels"),
        ActionSet([Execute("Change my answer", verb="change", associated_inputs="none")]),
    ]


def whole() -> dict[str, Any]:
    """A card with one of each element and button."""
    return card(
        everything(),
        actions=[
            Execute("Save my view", verb="save", data={"area": 13}, style="positive"),
            OpenUrl("Read the framework", "https://www.england.nhs.uk/publication/"),
        ],
        refresh=refresh("show", {"area": 13}, ["29:ann"]),
        speak="Area 13",
    )


# --- Strictness -------------------------------------------------------------------------

WRONG: dict[str, Callable[..., Any]] = {
    "unknown keyword": lambda: TextBlock("x", wrapp=True),  # type: ignore[call-arg]  # the test
    "key of the package, not ours": lambda: TextBlock("x", visible=True),  # type: ignore[call-arg]  # the test
    "missing": lambda: TextBlock(),  # type: ignore[call-arg]  # the test
    "given twice": lambda: TextBlock("x", text="y"),  # type: ignore[misc]  # the test
    "too many by position": lambda: TextBlock("x", "small"),  # type: ignore[call-arg]  # the test
    "wrong type": lambda: TextBlock(13),  # type: ignore[arg-type]  # the test
    "no such size": lambda: TextBlock("x", size="huge"),  # type: ignore[arg-type]  # the test
    "yes is no number": lambda: TextBlock("x", max_lines=True),
    "a number is no yes": lambda: TextBlock("x", wrap=1),  # type: ignore[arg-type]  # the test
    "text for a list": lambda: Container("items"),  # type: ignore[arg-type]  # the test
    "a column outside a column set": lambda: Container([Column([])]),  # type: ignore[list-item]  # the test
    "red, amber, green": lambda: Container([], style="warning"),  # type: ignore[arg-type]  # the test
    "an instant for a day": lambda: DateInput(
        "d", label="D", value=datetime(2026, 1, 1, tzinfo=UTC)
    ),
    "data that is no mapping": lambda: Execute("x", verb="v", data=[1]),  # type: ignore[arg-type]  # the test
    "data that JSON cannot hold": lambda: Execute("x", verb="v", data={"a": {1}}),
    "data with keys that are not text": lambda: Execute("x", verb="v", data={"a": {1: 2}}),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_key_that_is_unknown_missing_or_of_the_wrong_type_is_refused(name: str) -> None:
    with pytest.raises(TypeError):
        WRONG[name]()


UNFIT: dict[str, Callable[[], Any]] = {
    "input without a label": lambda: TextInput("a", label=" "),
    "required without an error message": lambda: TextInput("a", label="A", is_required=True),
    "nothing to choose from": lambda: ChoiceInput("a", label="A"),
    "several values where one is asked": lambda: ChoiceInput(
        "a", [choice("x", "X")], label="A", value=["x"]
    ),
    "a comma in a value of several": lambda: ChoiceInput(
        "a", [choice("x,y", "X")], label="A", is_multi_select=True, value=["x,y"]
    ),
    "a button without a title": lambda: Execute(" ", verb="v"),
    "a press without a verb": lambda: Execute("Save", verb=""),
    "a verb in the data": lambda: Execute("Save", verb="v", data={"verb": "w"}),
    "a picture without words": lambda: Image(DOT, alt_text=""),
    "a picture by http": lambda: Image("http://nhs.uk/a.png", alt_text="A"),
    "a link by http": lambda: OpenUrl("Read", "http://nhs.uk"),
    "a link with a user name": lambda: OpenUrl("Read", "https://nhs.uk@evil.example"),
    "a link without a host": lambda: OpenUrl("Read", "https://"),
    "seven buttons in a set": lambda: ActionSet([Execute("Save", verb="v")] * 7),
    "seven buttons on a card": lambda: card([], actions=[Execute("Save", verb="v")] * 7),
    "a row with a cell too few": lambda: Table([TableColumn()], [TableRow([])]),
}


@pytest.mark.parametrize("name", UNFIT)
def test_what_teams_would_drop_or_a_person_could_not_use_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"\."):
        UNFIT[name]()


def test_the_error_names_the_part_and_the_key() -> None:
    with pytest.raises(TypeError, match="TextBlock: size cannot be 'huge'"):
        TextBlock("x", size="huge")  # type: ignore[arg-type]  # the test


# --- Plain dicts --------------------------------------------------------------------------


def test_keys_left_out_stay_out_and_the_rest_is_named_as_in_the_schema() -> None:
    shown = TextBlock("Hello", is_subtle=True, horizontal_alignment="center").render()
    assert shown == {
        "type": "TextBlock",
        "text": "Hello",
        "isSubtle": True,
        "horizontalAlignment": "center",
        "wrap": True,
    }


def test_every_rendering_is_fresh_and_shares_nothing() -> None:
    data = {"place": {"area": 13}}
    press = Execute("Save my view", verb="save", data=data)
    first = press.render()
    data["place"]["area"] = 14
    first["data"]["place"]["area"] = 15
    first["fallback"]["data"]["place"]["area"] = 16
    second = press.render()
    assert second["data"] == {"place": {"area": 13}}
    assert second["fallback"]["data"] == {"place": {"area": 13}, "verb": "save"}


def test_a_part_declared_like_a_dataclass_takes_its_keys_by_position() -> None:
    class Pair(Part):
        left: str
        right: str = "right"

    assert Pair("left").render() == {"left": "left", "right": "right"}


def test_a_whole_card_is_json_and_satisfies_microsofts_parser_and_our_rules() -> None:
    built = whole()
    assert json.loads(json.dumps(built)) == built
    assert events(built) == []
    assert lint(built, summary="Areas for this week", words=["Ann"]) == []


def test_a_card_names_its_version_language_and_width() -> None:
    built = card([heading("Help")])
    assert built["version"] == "1.5"
    assert built["lang"] == "en"
    assert built["msteams"] == {"width": "full"}
    assert built["$schema"].endswith("/adaptive-card.json")
    assert "update Teams" in built["fallbackText"]
    assert "refresh" not in built
    assert "speak" not in built


# --- People's words -----------------------------------------------------------------------


def test_peoples_words_keep_their_lines_and_are_never_markdown() -> None:
    shown = words("One *star*\r\nTwo\n\nFour").render()
    assert shown["inlines"] == [{"type": "TextRun", "text": "One *star*\nTwo\n\nFour"}]


def test_many_short_lines_cost_no_more_than_their_letters() -> None:
    assert len(json.dumps(words("\n" * 2000).render())) < 4100


@pytest.mark.parametrize(
    "said",
    [
        "{{DATE(2026-01-01T00:00:00Z)}}",
        "{{TIME(2026-01-01T00:00:00Z)}}",
        "{{{DATE(2026-01-01T00:00:00Z)}}}",
        "<at>Ann</at>",
        "<AT id='1'>Ann</AT>",
    ],
)
def test_macros_and_mentions_in_peoples_words_do_nothing_but_read_the_same(said: str) -> None:
    for shown in (words(said), words(TextRun(said)), pairs([("Said", said)])):
        text = json.dumps(shown.render(), ensure_ascii=False).lower()
        assert "{{" not in text
        assert "<at" not in text
        assert "</at" not in text
        assert said in read(card([shown]))


def test_a_link_in_the_title_of_a_choice_does_nothing() -> None:
    assert "](" not in choice("1", "[Ann](https://evil.example)").render()["title"]


def test_less_than_signs_and_single_braces_stay_as_typed() -> None:
    assert words("a < b, {c}, <attic>").render()["inlines"][0]["text"] == "a < b, {c}, <attic>"


def test_runs_among_texts_keep_their_own_looks() -> None:
    shown = words("Lead: ", TextRun("Ann", italic=True), weight="bolder").render()["inlines"]
    assert shown == [
        {"type": "TextRun", "text": "Lead: ", "weight": "bolder"},
        {"type": "TextRun", "text": "Ann", "italic": True},
    ]


def test_text_in_a_table_row_is_shown_as_peoples_words_and_its_header_as_ours() -> None:
    shown = table(["Area"], [["*13*"]]).render()
    header, line = shown["rows"]
    assert header["cells"][0]["items"][0]["type"] == "TextBlock"
    assert line["cells"][0]["items"][0]["type"] == "RichTextBlock"
    assert shown["columns"] == [{"width": 1}]


def test_a_table_of_pairs_has_no_header_row() -> None:
    assert pairs([("Lead", "Ann")]).render()["firstRowAsHeaders"] is False


def test_a_cell_may_hold_several_elements() -> None:
    cell = TableCell([TextBlock("One"), TextBlock("Two")])
    assert len(Table([TableColumn()], [TableRow([cell])]).render()["rows"][0]["cells"]) == 1


# --- Headings, folds, banners ---------------------------------------------------------------


def test_a_heading_is_one_to_a_screen_reader_and_its_level_is_seen() -> None:
    first, second = heading("Area 13").render(), heading("Details", 2).render()
    assert first["style"] == second["style"] == "heading"
    assert (first["size"], second["size"]) == ("large", "medium")


def test_what_is_folded_is_there_and_its_button_names_it() -> None:
    opener, folded = fold("What the levels mean", [TextBlock("x")], "levels").render()["items"]
    button = opener["actions"][0]
    assert button["title"] == "What the levels mean"
    assert button["targetElements"] == [folded["id"]] == ["levels"]
    assert folded["isVisible"] is False
    assert ToggleVisibility("Show", ["a", "b"]).render()["targetElements"] == ["a", "b"]


def test_a_banner_speaks_by_words_and_weight() -> None:
    shown = banner("Not saved.", TextBlock("Try again."), id="problem").render()
    assert shown["style"] == "emphasis"
    assert shown["items"][0]["weight"] == "bolder"


# --- Inputs -----------------------------------------------------------------------------------


def test_what_a_person_typed_is_shown_back_unchanged() -> None:
    typed = "{{DATE(x)}} <at>\n*stars*"
    assert TextInput("a", label="A", value=typed).render()["value"] == typed


def test_several_chosen_values_are_joined_as_teams_sends_them() -> None:
    shown = ChoiceInput(
        "a", [choice("x", "X"), choice("y", "Y")], label="A", is_multi_select=True, value=["x", "y"]
    )
    assert shown.render()["value"] == "x,y"
    assert ChoiceInput("a", [choice("x", "X")], label="A", value="x").render()["value"] == "x"


def test_a_people_picker_looks_in_the_directory_or_in_the_team() -> None:
    anyone = people("who", label="Who?", chosen=[choice("1", "Ann"), choice("2", "Bob")]).render()
    assert anyone["choices.data"] == {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}
    assert anyone["value"] == "1,2"
    team = people("who", label="Who?", team_only=True, is_multi_select=False).render()
    assert team["choices.data"]["dataset"].endswith("?scope=currentContext")
    assert "value" not in team


def test_days_are_written_as_teams_reads_them() -> None:
    shown = DateInput("d", label="D", value=date(2028, 2, 18), max=date(2028, 3, 1)).render()
    assert (shown["value"], shown["max"]) == ("2028-02-18", "2028-03-01")


def test_a_required_input_says_what_is_missing() -> None:
    shown = TextInput("a", label="A", is_required=True, error_message="Give a title.").render()
    assert shown["errorMessage"] == "Give a title."


# --- Presses ------------------------------------------------------------------------------------


def test_an_old_client_sends_the_same_press_with_its_verb_in_the_data() -> None:
    shown = Execute("Save my view", verb="save", data={"area": 13}).render()
    assert shown["verb"] == "save"
    assert shown["associatedInputs"] == "auto"
    assert shown["fallback"] == {
        "type": "Action.Submit",
        "title": "Save my view",
        "data": {"area": 13, "verb": "save"},
        "associatedInputs": "auto",
    }


def test_a_press_without_inputs_says_so_to_both_kinds_of_client() -> None:
    shown = Execute("Back", verb="back", associated_inputs="none").render()
    assert shown["associatedInputs"] == shown["fallback"]["associatedInputs"] == "none"
    assert shown["data"] == {}


@pytest.mark.parametrize(
    ("people_count", "listed"), [(0, False), (1, True), (60, True), (61, False)]
)
def test_a_refresh_lists_up_to_sixty_people_and_else_nobody(
    people_count: int, listed: bool
) -> None:
    shown = refresh("show", {"area": 13}, [f"29:{n}" for n in range(people_count)]).render()
    assert MOST_REFRESHED == 60
    assert ("userIds" in shown) is listed
    assert shown["action"]["verb"] == "show"
    assert shown["action"]["data"] == {"area": 13}
