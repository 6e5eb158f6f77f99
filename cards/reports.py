"""Which reports there are, for whom, and how to get them (PURE)."""

from collections.abc import Sequence
from typing import NamedTuple

from cards.actions import Execute, card, refresh
from cards.elements import Container, Element, TextBlock, heading
from cards.face import Face
from cards.inputs import ChoiceInput, choice
from cards.pieces import NOT_JUDGED, asked, feedback, filled, review_line, small, stack
from cards.worksheet import leads
from eocif.round_summaries import Worksheet
from eocif.rules.progress import ReviewState
from eocif.rules.visibility import Version
from eocif.summaries import SILENT, Feedback, GroupMember


class Kind(NamedTuple):
    """A report: its format and version, its name, whom it is for, and what its button says.

    `also`: other formats of the same report, each with its own button.
    """

    format: str
    version: str
    name: str
    about: str
    button: str
    also: tuple[tuple[str, str], ...] = ()


KINDS = (
    Kind(
        *("docx", Version.GROUP, "The worksheet"),
        "For the review group. The official worksheet, area by area, then what lies behind it.",
        "Make the worksheet (Word)",
    ),
    Kind(
        *("docx", Version.BOARD, "The board report"),
        "For the board. Levels by section, what changed, gaps, concerns and how it was done.",
        "Make the board report (Word)",
    ),
    Kind(
        *("docx", Version.PLAN, "The improvement plan"),
        "For those who carry it out. Every action with its owner and progress, by section and by "
        "the National Quality Board's principles.",
        "Make the plan (Word)",
        (
            ("xlsx", "Make the plan (Excel)"),
            ("csv", "Make the plan as a table (CSV)"),
            ("json", "Make the plan as data (JSON)"),
        ),
    ),
    Kind(
        *("docx", Version.ICB, "The version for the integrated care board (ICB)"),
        "For the ICB or the System Quality Group. No names, nobody's own words, no small groups.",
        "Make the ICB version (Word)",
    ),
    Kind(
        *("docx", Version.PUBLIC, "The public summary"),
        "For everyone. It holds nothing about any person.",
        "Make the public summary (Word)",
    ),
    Kind(
        *("xlsx", Version.LEAD, "The workbook"),
        "For you alone. It holds names and everyone's own words: keep it confidential.",
        "Make the workbook (Excel)",
    ),
    Kind(
        *("csv", Version.GROUP, "The levels as a table"),
        "For people who work with data. It opens in any spreadsheet.",
        "Make the table (CSV)",
    ),
    Kind(
        *("json", Version.GROUP, "The worksheet as data"),
        "For other software. Its format is documented.",
        "Make the data file (JSON)",
    ),
)
_HOW = "The file comes here, in this chat. Teams asks you before it saves it."


def reports(
    summary: Worksheet, members: Sequence[GroupMember], said: Feedback = SILENT, *,
    for_user: str = "",
) -> Face:  # fmt: skip
    """The reports that this reader may have; for the lead, answer packs too."""
    body = [
        *feedback(said),
        heading("Reports"),
        review_line(summary.head),
        TextBlock(_HOW),
        *(_kind(summary, each) for each in KINDS if each.version in summary.may_export),
        *(_packs(summary, members, said) if leads(summary) else []),
        *stack(_onward(summary)),
        small(f"{NOT_JUDGED} Every report says so."),
    ]
    data = {"review": summary.head.id}
    renewed = refresh("report.show", data, [for_user]) if for_user and not said.typed else None
    return Face(card(body, refresh=renewed), "Experience of care review: reports")


def _kind(summary: Worksheet, kind: Kind) -> Element:
    about = TextBlock(kind.about, spacing="small")
    wanted = [(kind.format, kind.button), *kind.also]
    makes = [_make(summary, kind, format, button) for format, button in wanted]
    return Container([heading(kind.name, 2), about, *stack(makes)], separator=True)


def _make(summary: Worksheet, kind: Kind, format: str, button: str) -> Execute:
    data = {"review": summary.head.id, "format": format, "version": kind.version}
    return Execute(button, verb="report.make", data=data, associated_inputs="none")


def _packs(
    summary: Worksheet, members: Sequence[GroupMember], said: Feedback
) -> list[Element]:  # fmt: skip
    """Answer packs for people without Teams: one is chosen, since a button cannot hold a name."""
    without = [each for each in members if not each.has_teams]
    if not without or summary.head.state != ReviewState.COLLECTING:  # nothing is asked any more
        return []
    held = {str(each.member_id): each.name for each in without}
    value = filled(said, "member", {"member": next(iter(held))})
    who = ChoiceInput(
        "member",
        [choice(key, name) for key, name in held.items()],
        label="Whose answer pack?",
        value=value if value in held else None,
        style="compact",
        is_required=True,
        error_message="Choose whose answer pack you want.",
    )
    return [
        Container(
            [
                heading("Answer packs", 2),
                TextBlock("For people who take part without Teams, to answer on paper or a form."),
                *asked(said, who),
                *stack([_pack(summary, *each) for each in _PACKS]),
            ],
            separator=True,
        )
    ]


_PACKS = (
    ("docx", "Make the pack in large print (Word)"),
    ("xlsx", "Make the form to fill in (Excel)"),
)


def _pack(summary: Worksheet, format: str, title: str) -> Execute:
    data = {"review": summary.head.id, "format": format, "version": "member"}
    return Execute(title, verb="report.make", data=data)


def _onward(summary: Worksheet) -> list[Execute]:
    data = {"review": summary.head.id}
    ways = [("Back to the worksheet", "worksheet.show")]
    if leads(summary):
        ways.insert(0, ("Add what reports say besides", "facts.show"))
    return [Execute(title, verb=verb, data=data, associated_inputs="none") for title, verb in ways]
