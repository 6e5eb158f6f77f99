"""Reports handed over in the personal chat: taken, declined, asked for again, too late."""

import json
from io import BytesIO
from typing import Any

import pytest
from docx import Document

from deploy.local.activities import Scene
from tests.scenarios.play import Cast, Person
from tests.scenarios.scenes import BUT_A_FEW, a_review_has_begun

READY = "A report you asked for is ready"


@pytest.fixture
def amina(cast: Cast) -> Person:
    """The lead of a review that is under way."""
    amina = a_review_has_begun(cast, scope="2", without=BUT_A_FEW)
    cast.hears()
    return amina


def asks(person: Person, **wanted: Any) -> str:
    """Ask for a report on the card of reports; what the card says then."""
    person.says("worksheet")
    person.presses_verb("report.show", {})
    return person.presses_verb("report.make", wanted)


def offers(person: Person) -> list[dict[str, Any]]:
    """The files offered or saved in someone's chat, oldest first."""
    return [each for each in person.messages() if each.get("file")]


def answers(person: Person, answer: str = "accept", **more: Any) -> str:
    """Take or decline the newest offer; the place of the file."""
    offer = offers(person)[-1]
    told = person.stage.have("file", person=person.key, message=offer["id"], answer=answer, **more)
    assert told["status"] == 200, told
    person.stage.settle()
    return str(told["guid"])


def saved(person: Person, guid: str) -> bytes | None:
    """What was put at a place."""
    content: bytes | None = person.stage.teams.inside.uploads[guid].content
    return content


def test_a_report_is_offered_taken_and_saved(amina: Person) -> None:
    read = asks(amina, format="docx", version="board")
    assert "Your file comes in this chat in a moment." in read
    assert READY in amina.hears()
    offer = offers(amina)[-1]["file"]
    assert offer["name"].endswith(".docx")
    assert offer["content"]["sizeInBytes"] > 5_000
    content = saved(amina, answers(amina))
    assert content is not None
    assert "Board report" in [each.text for each in Document(BytesIO(content)).paragraphs]
    messages = offers(amina)
    assert [each["file"]["contentType"].rpartition(".")[2] for each in messages] == ["info"]
    assert "The file is saved." in "\n".join(
        amina.reads(str(each["id"])) for each in amina.messages() if each["card"]
    )


def test_a_declined_report_is_not_saved_and_can_be_asked_for_again(amina: Person) -> None:
    asks(amina, format="json")
    message = str(offers(amina)[-1]["id"])
    answers(amina, "decline")
    assert offers(amina) == []
    assert "You chose not to save this file. Nothing was stored." in amina.reads(message)
    amina.presses("Ask for this file again", on=message)
    content = saved(amina, answers(amina))
    assert content is not None
    assert json.loads(content)["review"]["title"]


def test_a_place_that_has_expired_is_said_and_the_file_can_be_asked_for_again(
    amina: Person,
) -> None:
    asks(amina, format="csv")
    message = str(offers(amina)[-1]["id"])
    guid = answers(amina, expired=True)
    assert saved(amina, guid) is None
    assert "The place that Teams gave us for this file has expired." in amina.reads(message)
    amina.presses("Ask for this file again", on=message)
    assert saved(amina, answers(amina)) is not None


def test_pressed_twice_is_one_offer(amina: Person) -> None:
    asks(amina, format="docx", version="public")
    amina.shows("report.make", review=1, format="docx", version="public")
    assert len(offers(amina)) == 1


def test_an_offer_is_for_who_asked_alone(cast: Cast, amina: Person) -> None:
    asks(amina, format="xlsx", version="lead")
    offer = offers(amina)[-1]
    (tom,) = cast("tom")
    scene, chat = cast.stage.teams.inside, tom.messages()[-1]
    person = scene.world.directory.find("tom")
    assert person is not None
    own_chat = next(each for each in scene.world.state.chats.values() if each.person == "tom")
    message = scene.world.state.messages[chat["id"]]
    activity = _consent(cast, person, own_chat, message, offer["file"]["content"]["acceptContext"])
    status, _ = cast.stage.post_activity(activity)
    assert status == 400
    cast.stage.settle()
    assert offers(tom) == []
    assert offers(amina)[-1]["id"] == offer["id"]


def _consent(
    cast: Cast, person: Any, chat: Any, message: Any, context: dict[str, Any], **upload: str
) -> dict[str, Any]:
    inside = cast.stage.teams.inside
    url = f"{cast.stage.teams.url}/uk/"
    scene = Scene(
        inside.world.directory, inside.settings.app_id, inside.settings.bot_name, url,
        inside.world.now(),
    )  # fmt: skip
    info = {
        "contentUrl": f"{cast.stage.teams.url}/files/x/x.docx", "name": "x.docx",
        "uploadUrl": f"{cast.stage.teams.url}/upload/x", "uniqueId": "x", "fileType": "docx",
    }  # fmt: skip
    value = {"type": "fileUpload", "action": "accept", "context": context}
    return scene.consented(person, chat, message, value | {"uploadInfo": info | upload})


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/upload",
        "https://sharepoint.com.example.net/x",
        "https://user@northmoor-my.sharepoint.com/x",
        "https://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
    ],
)
def test_a_file_is_never_put_at_an_address_that_is_not_sharepoint(
    cast: Cast, amina: Person, url: str
) -> None:
    asks(amina, format="docx", version="public")
    offer = offers(amina)[-1]
    inside = cast.stage.teams.inside
    person = inside.world.directory.find("amina")
    chat = next(each for each in inside.world.state.chats.values() if each.person == "amina")
    message = inside.world.state.messages[offer["id"]]
    context = offer["file"]["content"]["acceptContext"]
    activity = _consent(cast, person, chat, message, context, uploadUrl=url)
    assert cast.stage.post_activity(activity)[0] == 200
    cast.stage.settle()
    assert "Teams did not take this file. Nothing was stored." in amina.reads(str(offer["id"]))


def test_a_member_may_have_the_worksheet_and_no_other_report(cast: Cast, amina: Person) -> None:
    (grace,) = cast("grace")
    grace.says("my areas")
    read = grace.shows("report.make", review=1, format="docx", version="group")
    assert "Your file comes in this chat in a moment." in read
    assert len(offers(grace)) == 1
    for version, format_ in (("board", "docx"), ("lead", "xlsx"), ("icb", "json")):
        read = grace.shows("report.make", review=1, format=format_, version=version)
        assert "This card is for someone else." in read
    assert len(offers(grace)) == 1
