"""One area of a report made by hand: ratings drawn with a fixed seed, judged by the real rule."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from random import Random

from eocif.report_summaries import AreaReport, Dissent, EvidenceReport, StatementReport
from eocif.round_summaries import AreaResult, StatementResult
from eocif.rules import framework, spread
from eocif.rules.agreement import Kind, verdict
from eocif.rules.framework import LEVEL_KEYS, Area
from eocif.rules.perspectives import PERSPECTIVES, Perspective, Voice, perspective
from eocif.rules.progress import DONT_KNOW
from eocif.rules.statements import BY_INDICATOR, Statement, statements

EDITION = framework.edition()
CONCLUDED_ON = date(2027, 5, 21)
LEADS = ("Amina Yusuf", "Tom Okafor", "Kasia Nowak", "Ruth Hollis", "Amina Yusuf")  # by section
SECRET = "canary-4711"

NOW = (
    "Most wards ask people how they are getting on every day. Two community teams have no set "
    "way of asking. People told us that they do not always hear what happened next.",
    "We have a plan for experience of care, and it was written with people using services. "
    "Staff on nights seldom see it.",
    "Unpaid carers are asked at admission, but what they say is not always written down.",
)
GOOD = (
    "Everyone who uses a service, and every unpaid carer, can say how it was in the way that "
    "suits them, and hears what became of it within a month.",
    "Staff and volunteers on every shift know the plan and can name one thing it changed.",
)
DO = (
    "Put a “you said, we did” board on every ward and at every clinic.\n"
    "Train two people in each community team to ask and to listen.\n"
    "Bring unpaid carers' words to the quality committee each quarter.",
    "Write the plan in easy read, and talk it through at each team's meeting.",
)


def area_report(
    draw: Random, area: Area, people: Sequence[str], *, unit: str = BY_INDICATOR,
    not_applicable: Iterable[str] = (),
) -> AreaReport:  # fmt: skip
    """A concluded area as the review group's version holds it."""
    left_out, section = set(not_applicable), EDITION.section_of(area.number)
    speaking = [perspective(key) for key in people]
    rated = [each for each in statements(area, unit) if each.code not in left_out]
    aside = [each for each in statements(area, unit) if each.code in left_out]
    result = _result(draw, rated, speaking)
    lead = LEADS[section.number - 1]
    reports = tuple(_statement(draw, each, lead) for each in result.statements)
    dissent = _dissent(draw, reports, result)
    return AreaReport(
        section=section, area=area, state="concluded", set_aside_because="",
        words=_words(draw, reports), draws_on=result.contributed[:-1],
        not_cited=result.contributed[-1:] if draw.random() < 0.4 else (), statements=reports,
        not_applicable=tuple((each, "We have no PALS.") for each in aside), result=result,
        dissent=dissent, concerns=sum(each.answer == "concern" for each in dissent),
        concerns_standing=sum(each.stands for each in dissent),
        did_not_respond=draw.randrange(4), evidence=_evidence(draw, area.number), reopened=(),
        concluded_by=lead, concluded_on=CONCLUDED_ON,
    )  # fmt: skip


def _result(
    draw: Random, rated: Sequence[Statement], speaking: Sequence[Perspective]
) -> AreaResult:
    cut = spread.partition(Counter(each.key for each in speaking), PERSPECTIVES)
    found = tuple(_judged(draw, each, speaking, cut) for each in rated)
    inside = {each.key for each in speaking}
    contributed = tuple(each for each in PERSPECTIVES if each.key in inside)
    return AreaResult(2, len(speaking), len(speaking), found, contributed, ())


def _judged(
    draw: Random, statement: Statement, speaking: Sequence[Perspective], cut: spread.Partition
) -> StatementResult:
    rated = _rated(draw, speaking)
    total = spread.spread_of(each.choice for each in rated)
    gave = [each.perspective for each in rated if each.choice in LEVEL_KEYS]
    lived = sum(each.voice is Voice.LIVED_EXPERIENCE for each in gave)
    judged = verdict(total.counts, perspectives=len({each.key for each in gave}),
                     lived_experience=lived)  # fmt: skip
    moved = draw.randrange(5)
    return StatementResult(
        statement, judged, total, spread.groups(rated, cut), spread.gap(rated),
        min(moved, total.rated), total.rated,
    )  # fmt: skip


def _rated(draw: Random, speaking: Sequence[Perspective]) -> list[spread.Rated]:
    middle, split = draw.choice((0, 1, 1, 2, 2, 2, 2, 3, 3)), draw.random() < 0.3
    found = []
    for each in speaking:
        lower = split and each.voice is Voice.LIVED_EXPERIENCE
        slip = draw.choice((0,) * 9 + (-1, 1)) - (1 if lower else 0)
        choice = LEVEL_KEYS[min(3, max(0, middle + slip))]
        found.append(spread.Rated(each, draw.choice((choice,) * 14 + (DONT_KNOW,))))
    return found


def _statement(draw: Random, result: StatementResult, lead: str) -> StatementReport:
    level, origin = result.verdict.level or "", "agreed"
    reason = heard = ""
    if result.verdict.kind is Kind.TALK_FIRST:
        heard = "Healthwatch said that evening clinics still have no way to give feedback."
    if not level:
        origin = "not_agreed"
        if result.verdict.levels and draw.random() < 0.4:
            level, origin = result.verdict.levels[0], "lead"
            reason = "The lower of the two: the last audit found gaps in community teams."
    before = draw.choice((*LEVEL_KEYS, "not_agreed", level or "progressing"))
    return StatementReport(
        result.statement, level, origin, reason, heard, lead, CONCLUDED_ON, result, before
    )


def _words(draw: Random, reports: Sequence[StatementReport]) -> Mapping[str, str]:
    gaps = [each for each in reports if each.result and each.result.gap]
    sentence = "People using services are asked less often at weekends." if gaps else ""
    return {
        "where_now": draw.choice(NOW), "what_good": draw.choice(GOOD), "what_do": draw.choice(DO),
        "gap": sentence,
    }  # fmt: skip


def _dissent(
    draw: Random, reports: Sequence[StatementReport], result: AreaResult
) -> tuple[Dissent, ...]:
    if draw.random() < 0.6:
        return ()
    group = result.statements[0].groups[-1].name if result.statements[0].groups else "Everyone"
    stands = draw.random() < 0.5
    reply = "" if stands else "We added the evening clinics to what we will do."
    name = reports[0].statement.name
    concern = f"I do not think {name} is true of the evening clinics. {SECRET}"
    comment = "Please say who will look after the boards."
    return (
        Dissent(group, "concern", concern, reply, stands),
        Dissent(group, "agree_with_comment", comment, "", False),
    )


def _evidence(draw: Random, number: int) -> tuple[EvidenceReport, ...]:
    kinds = (
        ("Survey", "quantitative", "Inpatient survey 2026, question 12.", ""),
        ("Friends and Family Test (FFT)", "qualitative", f"Comments from March. {SECRET}", ""),
        ("Board paper", "qualitative", "", "https://northmoor.example.org/papers/2027-03.pdf"),
        ("Complaint", "qualitative", "Themes of the year's complaints.", ""),
    )
    return tuple(EvidenceReport(number, *each) for each in draw.sample(kinds, draw.randrange(4)))
