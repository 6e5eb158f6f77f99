import pytest
from hypothesis import given
from hypothesis import strategies as st

from eocif.rules.said import IN_A_CHANNEL, IN_A_CHAT, Heard, heard

EVERY_WAY = [(False, command) for command in IN_A_CHAT] + [(True, each) for each in IN_A_CHANNEL]


@pytest.mark.parametrize(("channel", "command"), EVERY_WAY)
@pytest.mark.parametrize("said", ["{}", "{}!", "  {}?\n", "Please could you show me {}, thanks"])
def test_every_command_is_understood(channel: bool, command: str, said: str) -> None:
    for spelt in (command, command.upper(), command.title()):
        assert heard(said.format(spelt), channel=channel) == Heard(command)


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("Please could you show me MY AREAS, thanks!", "my areas"),
        ("my unfinished areas", "my areas"),
        ("“Help”…", "help"),
        ("ＨＥＬＰ", "help"),
        ("I can't help thinking the canteen has got better", "help"),
        ("start a new review", "start a review"),
        ("Start the review", "start a review"),
        ("start review", "start a review"),
        ("Can we start another divisional review?", "start a review"),
        ("help me start a review", "start a review"),
        ("review", "review"),
        ("How is the review going", "review"),
        ("help with my worksheet", "worksheet"),
        ("<at>Review help</at> my areas", "my areas"),
    ],
)
def test_surrounding_words_do_not_matter_and_the_longest_command_is_meant(
    said: str, command: str
) -> None:
    assert heard(said, channel=False).command == command


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("outstandign", "outstanding"),
        ("oustandin", "outstanding"),
        ("my aeras", "my areas"),
        ("my area", "my areas"),
        ("myareas", "my areas"),
        ("hlep", "help"),
        ("hepl", "help"),
        ("strat a review", "start a review"),
        ("start a reveiw", "start a review"),
        ("satrt a new reviw please", "start a review"),
        ("action", "actions"),
        ("work sheet", "worksheet"),
        ("workseet", "worksheet"),
        ("reveiw", "review"),
        ("digets", "digest"),
    ],
)
def test_a_slip_of_the_finger_is_forgiven(typed: str, command: str) -> None:
    assert heard(typed, channel=False) == Heard(command)


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("sections", "actions"),
        ("understanding", "outstanding"),
        ("areas", "my areas"),
        ("by areas of practice", "my areas"),
        ("starting", "start a review"),
        ("digestive", "digest"),
    ],
)
def test_what_is_only_like_a_command_names_the_nearest_first(typed: str, nearest: str) -> None:
    result = heard(typed, channel=False)
    assert result.command is None
    assert result.nearest[0] == nearest
    assert sorted(result.nearest) == sorted(IN_A_CHAT)


@pytest.mark.parametrize(
    "typed", ["", "   ", "👍", "He'll be late", "good morning", "<at>Help</at>", "my", "yes"]
)
def test_other_words_are_no_command(typed: str) -> None:
    assert heard(typed, channel=False).command is None


def test_words_far_apart_are_not_one_command() -> None:
    said = "my thoughts on these particular areas"
    assert heard(said, channel=False).command is None


def test_a_channel_knows_its_own_commands_only() -> None:
    assert heard("status", channel=True) == Heard("status")
    assert heard("status", channel=False).command is None
    result = heard("worksheet", channel=True)
    assert result.command is None
    assert set(result.nearest) == set(IN_A_CHANNEL)


def test_the_end_of_a_very_long_message_is_not_listened_to() -> None:
    assert heard("word " * 1000 + "help", channel=False).command is None


@given(st.text(), st.booleans())
def test_only_our_own_words_come_back(said: str, channel: bool) -> None:
    commands = IN_A_CHANNEL if channel else IN_A_CHAT
    result = heard(said, channel=channel)
    if result.command is None:
        assert sorted(result.nearest) == sorted(commands)
    else:
        assert result == Heard(result.command)
        assert result.command in commands


@given(
    st.sampled_from(EVERY_WAY),
    st.lists(st.sampled_from(["please", "kindly", "canteen", "👍", "1a", "--"])),
    st.lists(st.sampled_from(["thanks", "now", "?", "Monday", "<b>"])),
)
def test_a_command_is_found_among_other_words(
    way: tuple[bool, str], before: list[str], after: list[str]
) -> None:
    channel, command = way
    assert heard(" ".join([*before, command, *after]), channel=channel) == Heard(command)
