"""What became of an offered file: said plainly, and it can be asked for again."""

import pytest

from cards.files import answered
from eocif.summaries import FileAnswer
from tests.cards.harness import actions, read


@pytest.mark.parametrize(
    ("what", "title"),
    [("saved", "Get the newest version"), ("declined", "Ask for this file again")],
)
def test_a_file_can_be_asked_for_again(what: str, title: str) -> None:
    face = answered(FileAnswer(what=what, review=7, format="docx", version="board", member=0))
    assert "A file that you saved does not change" in read(face.content)
    [again] = actions(face.content)
    assert (again["title"], again["data"]["version"]) == (title, "board")
