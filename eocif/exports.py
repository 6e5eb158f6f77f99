"""Every file that can be made of a review: which formats in which versions, and how.

Gathering reads the database, in a transaction; writing does not, and may take seconds: it belongs
in a thread of its own.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pkgutil import resolve_name
from typing import Any

from sqlmodel import Session

from eocif import packs, reporting
from eocif.errors import EocifError, NotNow
from eocif.pack_summaries import Pack
from eocif.people import Actor
from eocif.rules.authorisation import RULES, Act
from eocif.rules.dates import london_day
from eocif.rules.phrases import listed
from eocif.rules.progress import ReviewState
from eocif.rules.visibility import Version

MEMBER = "member"
_OFFICE = "application/vnd.openxmlformats-officedocument"
CONTENT_TYPES: Mapping[str, str] = {
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
_NAMES: Mapping[tuple[str, str], tuple[str, str]] = {
    # (format, version) → part of the file's name, and what it is. A “*” stands for every format.
    ("docx", "group"): ("worksheet", "The worksheet"),
    ("*", "group"): ("ratings", "Levels and ratings for the review group"),
    ("*", "board"): ("board-report", "The board report"),
    ("*", "icb"): ("icb-report", "The report for the integrated care board (ICB)"),
    ("*", "public"): ("public-summary", "The public summary"),
    ("*", "lead"): ("lead-workbook", "The lead's workbook, with everyone's answers"),
    ("*", "plan"): ("improvement-plan", "The improvement plan"),
    ("docx", MEMBER): ("answer-pack", "An answer pack in large print"),
    ("xlsx", MEMBER): ("answer-form", "An answer form"),
}
_LONGEST_NAME = 60


@dataclass(frozen=True)
class File:
    """A finished file. `description` says in a line what it is, without anyone's words."""

    name: str
    content_type: str
    content: bytes
    description: str


@dataclass(frozen=True)
class Gathered:
    """All that a file will show, read from the database: a Report, or a pack for one member."""

    format: str
    version: str
    summary: Any
    made_at: datetime


Writer = Callable[[Any], bytes]
# By name, and loaded when first used: the libraries for documents take as much memory as the rest
# of the bot, which makes few of them.
_WORKBOOK = "workbook:workbook"
WRITERS: Mapping[tuple[str, str], str] = {
    ("docx", "group"): "worksheet_docx:worksheet",
    ("docx", "board"): "board_docx:board",
    ("docx", "icb"): "board_docx:icb",
    ("docx", "public"): "board_docx:public",
    ("docx", "plan"): "plan_docx:improvement_plan",
    ("docx", MEMBER): "pack_docx:pack_docx",
    **{("xlsx", version): _WORKBOOK for version in ("group", "board", "icb", "lead")},
    ("xlsx", "plan"): "workbook:plan_workbook",
    ("xlsx", MEMBER): "pack_xlsx:pack_xlsx",
    **{("csv", version): "csv_file:levels_csv" for version in ("group", "board", "icb", "public")},
    ("csv", "plan"): "plan_csv:plan_csv",
    **{("json", version): "json_file:as_json" for version in ("group", "board", "icb", "public")},
    ("json", "plan"): "json_file:plan_as_json",
}


def writer(format: str, version: str) -> Writer:
    """What makes a file's bytes of what was gathered for it."""
    found: Writer = resolve_name(f"eocif.reports.{WRITERS[format, version]}")
    return found


class NoSuchFile(EocifError):
    """A format that there is not for these readers; the sentence says which there are."""


def check(format: str, version: str) -> None:
    """Whether there is such a file. Raises NoSuchFile."""
    if (format, version) in WRITERS:
        return
    versions = [each for kind, each in WRITERS if kind == format]
    if not versions:
        formats = listed(list(dict.fromkeys(kind for kind, _ in WRITERS)))
        raise NoSuchFile(f"There is no format {format}: there are {formats}.")
    raise NoSuchFile(
        f"There is no {format} file for {version}: there is one for {listed(versions, 'or')}."
    )


def gather(
    session: Session, *, review_id: int, format: str, version: str, member: int = 0,
    reader: Actor | None = None, now: datetime,
) -> Gathered:  # fmt: skip
    """Read what a file needs. Raises NoSuchFile, NotFound, or NotNow before the review began.

    `reader` is who asked for it, where a pack goes through their hands.
    """
    check(format, version)
    review = packs.review_of(session, review_id)
    if ReviewState(review.state) not in RULES[Act.REPORT].states:
        raise NotNow(
            "There is no report of this review: it has not started, or it was cancelled.",
            kept="Everything saved so far is kept.",
        )
    summary: Any
    if version == MEMBER:
        summary = packs.pack(session, review_id=review_id, member_id=member, reader=reader, now=now)
    else:
        summary = reporting.report(session, review_id=review_id, version=Version(version), now=now)
    return Gathered(format, version, summary, now)


def write(gathered: Gathered) -> File:
    """The file itself. Reads nothing."""
    kind = (gathered.format, gathered.version)
    part, description = _NAMES.get(kind) or _NAMES["*", gathered.version]
    return File(
        f"{_file_name(gathered, part)}.{gathered.format}", CONTENT_TYPES[gathered.format],
        writer(*kind)(gathered.summary), description,
    )  # fmt: skip


def _file_name(gathered: Gathered, part: str) -> str:
    """Of plain letters, and without a person's name: a name is seen by more than its reader."""
    day = london_day(gathered.made_at).isoformat()
    if isinstance(gathered.summary, Pack):
        return f"{part}-{gathered.summary.head.id}-{gathered.summary.member_id}-{day}"
    title = unicodedata.normalize("NFKD", gathered.summary.title).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^a-z0-9]+", "-", title.lower())[:_LONGEST_NAME].strip("-")
    return "-".join(filter(None, (plain, part, day)))


def make(
    session: Session, *, review_id: int, format: str, version: str, member: int = 0, now: datetime
) -> File:
    """Gather and write at once, where waiting does no harm."""
    return write(
        gather(session, review_id=review_id, format=format, version=version, member=member, now=now)
    )
