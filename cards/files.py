"""What became of an offered file (PURE): it takes the offer's place in the chat."""

from collections.abc import Mapping

from cards.actions import Execute, card
from cards.buttons import in_rows
from cards.elements import TextBlock, heading
from cards.face import Face
from cards.pieces import feedback, small
from eocif.summaries import SILENT, Feedback, FileAnswer

_SAYS: Mapping[str, tuple[str, str]] = {
    "saved": ("Saved", "The file is saved. You find it in the message below, and in OneDrive."),
    "declined": ("Not saved", "You chose not to save this file. Nothing was stored."),
    "expired": (
        "Not saved",
        "The place that Teams gave us for this file has expired. Nothing was stored.",
    ),
    "unsure": (
        "Not sure",
        "We cannot tell whether this file was saved. Look in OneDrive before you ask for it again.",
    ),
    "not_saved": ("Not saved", "Teams did not take this file. Nothing was stored."),
}


def answered(answer: FileAnswer, said: Feedback = SILENT) -> Face:
    """Saved, declined or not possible; what was not saved can be asked for again."""
    title, sentence = _SAYS[answer.what]
    again = Execute(
        "Get the newest version" if answer.what == "saved" else "Ask for this file again",
        verb="report.make",
        data={
            "review": answer.review, "format": answer.format, "version": answer.version,
            "member": answer.member,
        },
    )  # fmt: skip
    body = [
        *feedback(said),
        heading(title),
        TextBlock(sentence),
        small("A file that you saved does not change when the review goes on."),
        *in_rows([again]),
    ]
    return Face(card(body), "A report you asked for")
