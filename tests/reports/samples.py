"""Reports made by hand, with made-up people: what a writer may be given to lay out.

The ratings are drawn with a fixed seed and judged by the real rule, so that verdicts, spreads and
conclusions belong together. Nothing here reads a database.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random

from eocif.report_summaries import (
    ActionReport,
    AreaReport,
    Attached,
    Dissent,
    EvidenceReport,
    Method,
    PersonView,
    Reopening,
    Report,
    Round,
    StatementReport,
    Story,
)
from eocif.rules.agreement import DEFAULT
from eocif.rules.framework import LEVEL_KEYS
from eocif.rules.perspectives import PERSPECTIVES, Voice, missing, perspective
from eocif.rules.scope import scope_in_words
from eocif.rules.statements import BY_AREA, BY_INDICATOR
from eocif.rules.tags import PRINCIPLES
from eocif.rules.text import clean
from eocif.rules.visibility import Version
from tests.reports.sample_areas import EDITION, LEADS, NOW, SECRET, area_report

MADE_AT = datetime(2027, 6, 14, 9, 30, tzinfo=UTC)
BASELINE = date(2027, 6, 11)

TWELVE = (
    *("clinical_leaders",) * 3, *("executive_lead",), *("service_leads_and_staff",) * 3,
    *("people_and_carers",) * 3, *("healthwatch", "voluntary_and_community"),
)  # fmt: skip
FIVE = (
    "clinical_leaders", "service_leads_and_staff", "service_leads_and_staff",
    "people_and_carers", "healthwatch",
)  # fmt: skip
WITHOUT_GOVERNORS = (*TWELVE[:3], *TWELVE[4:], "volunteers")

HOSTILE = tuple(
    clean(text)
    for text in (
        '=HYPERLINK("http://example.com";"press")', "+1", "-1", "@SUM(A1)", "\tTabbed",
        "**bold** <at>everyone</at> {{DATE(2020-01-01)}} [a](http://x)",
        "<w:p>&amp;</w:p> ]]> <script>alert(1)</script>",
        "control\x00\x07\x1b characters \ud800 and \ufffe",
        "right \u202eot tfel\u202c and marks \u200f\u200e", "a\u0301" + "\u0301" * 200,
        "👩🏽‍⚕️" * 500, "W" * 2000, "one\r\ntwo\u2028three\n\n\n\n\nfour",
    )
)  # fmt: skip

# --- whole reviews ----------------------------------------------------------------------------


def full(people: Sequence[str] = TWELVE, *, seed: int = 20270614) -> Report:
    """All 23 areas, signed off: one set aside, one reopened, with everything that can be given."""
    draw = Random(seed)  # noqa: S311 - no secret
    areas = [area_report(draw, area, people) for area in EDITION.areas]
    areas[12] = set_aside(areas[12], f"We are moving this to the new advice service. {SECRET}")
    levels = {each.statement.code: "progressing" for each in areas[6].statements}
    because = "A coroner's report came in after sign-off."
    again = Reopening(date(2027, 5, 4), because, levels)
    areas[6] = replace(areas[6], reopened=(again,))
    return _report(
        areas, people,
        executive_lead="Ruth Hollis", forum="Quality committee",
        segment="Segment 2, as published on 31 March 2027",
        stories=(Story(3, f"“I was asked, and they changed it.” {SECRET}", "",
                       "Written consent, held by the lead.", date(2027, 4, 2)),),
        safety_reference="Falls with harm: board report of May 2027, page 12.",
        effectiveness_reference="Hip fracture audit 2026, section 4.",
        predecessor={"Leadership": "In place, with a yearly look.", "Reporting": "In part."},
        attached=(attached(),), before=("Experience of care review 2024", date(2024, 6, 14)),
    )  # fmt: skip


def attached() -> Attached:
    """A division's review, for the corporate board."""
    counts = Counter({"progressing": 9, "achieving": 14, "excelling": 3, "not_agreed": 2})
    section = EDITION.sections[2]
    return Attached("Children's services 2027", "Children and young people", date(2027, 3, 1),
                    "section 3 (Collecting feedback)", ((section, counts),))  # fmt: skip


def five_members() -> Report:
    """A small provider: two areas, five people, so that few groups may be shown."""
    draw = Random(5)  # noqa: S311
    areas = [area_report(draw, EDITION.area(number), FIVE) for number in (2, 5)]
    return _report(areas, FIVE)


def one_section() -> Report:
    """A division that went through one section."""
    draw = Random(3)  # noqa: S311
    areas = [area_report(draw, area, TWELVE) for area in EDITION.sections[2].areas]
    return _report(areas, TWELVE, division="Surgery", title="Surgery: experience of care 2027")


def by_area() -> Report:
    """A review that rated areas as a whole: 23 ratings."""
    draw = Random(23)  # noqa: S311
    areas = [area_report(draw, area, TWELVE, unit=BY_AREA) for area in EDITION.areas]
    return _report(areas, TWELVE, unit=BY_AREA)


def independent() -> Report:
    """An independent provider with no governors and no PALS."""
    draw = Random(13)  # noqa: S311
    without = ("13a", "13b", "13c")
    areas = [
        area_report(draw, EDITION.area(number), WITHOUT_GOVERNORS, not_applicable=without)
        for number in (12, 13)
    ]
    return _report(areas, WITHOUT_GOVERNORS, provider="Larch House Hospital Ltd")


def halfway() -> Report:
    """A review that is still going on: two areas are concluded, the others are not."""
    done = full().areas[:2]
    waiting = [
        _unfinished(each, state)
        for each, state in zip(full().areas[2:6], ("concluding", "round_2", "drafting", "round_1"),
                               strict=True)
    ]  # fmt: skip
    report = _report([*done, *waiting], TWELVE)
    return replace(report, state="collecting", baseline_on=None, reassess_on=None,
                   signed_off_by="")  # fmt: skip


def hostile() -> Report:
    """One area, with hostile words wherever people write."""
    report = five_members()
    word = HOSTILE[0]
    first, second = report.areas
    everything = "\n".join(HOSTILE)
    spoilt = tuple(
        replace(each, reason=everything, heard=everything, confirmed_by=HOSTILE[5],
                origin="lead", level="achieving")
        for each in first.statements
    )  # fmt: skip
    return replace(
        report,
        title=HOSTILE[5], provider=HOSTILE[6], division=word, forum=word, segment=everything,
        executive_lead=word, lead=word, safety_reference=everything,
        effectiveness_reference=everything, predecessor={"Leadership": everything},
        reassess_because=everything,
        stories=(Story(2, everything, "https://example.org/a", everything, BASELINE),),
        areas=(
            replace(
                first, words=dict.fromkeys(first.words, everything), statements=spoilt,
                dissent=tuple(Dissent("Everyone", "concern", text, text, False)
                              for text in HOSTILE),
                evidence=tuple(EvidenceReport(2, "Survey", "qualitative", text, "")
                               for text in HOSTILE),
            ),
            set_aside(second, everything),
        ),
    )  # fmt: skip


def set_aside(area: AreaReport, because: str) -> AreaReport:
    """The same area, set aside: nothing of its answers is shown."""
    return replace(_unfinished(area, "set_aside"), set_aside_because=because)


def _unfinished(area: AreaReport, state: str) -> AreaReport:
    bare = tuple(
        StatementReport(each.statement, "", "", "", "", "", None, None, "")
        for each in area.statements
    )
    return replace(
        area, state=state, words={}, draws_on=(), not_cited=(), statements=bare, result=None,
        dissent=(), concerns=0, concerns_standing=0, did_not_respond=0, evidence=(), reopened=(),
        concluded_by="", concluded_on=None,
    )  # fmt: skip


def _report(areas: Sequence[AreaReport], people: Sequence[str], **more: object) -> Report:
    strong, weak, uneven = _groupings(areas)
    report = Report(
        version=Version.GROUP, made_at=MADE_AT, edition=EDITION,
        title="Experience of care review 2027",
        provider="Northmoor and Elmsworth NHS Foundation Trust", division="", state="signed_off",
        scope=scope_in_words(EDITION, [each.area.number for each in areas]), lead=LEADS[0],
        executive_lead="", forum="", segment="", unit=BY_INDICATOR, method=_method(people),
        areas=tuple(areas), strong=strong, to_improve=weak, consistency=uneven, stories=(),
        safety_reference="", effectiveness_reference="", predecessor={}, attached=(),
        before=("", None), baseline_on=BASELINE, reassess_on=date(2030, 6, 11),
        reassess_because="", signed_off_by=LEADS[0], people=(), seal="5f" * 32,
    )  # fmt: skip
    if not more.get("before"):
        report = replace(report, areas=tuple(map(_without_before, report.areas)))
    return replace(report, **more)  # type: ignore[arg-type]


def _without_before(area: AreaReport) -> AreaReport:
    return replace(area, statements=tuple(replace(each, before="") for each in area.statements))


def _groupings(areas: Sequence[AreaReport]) -> tuple[tuple[str, ...], ...]:
    ended = [each for area in areas if area.state == "concluded" for each in area.statements]
    strong = [e for e in ended if e.origin == "agreed" and e.level in LEVEL_KEYS[2:]]
    weak = [e for e in ended if e.origin == "agreed" and e.level in LEVEL_KEYS[:2]]
    uneven = [e for e in ended if e.origin in ("not_agreed", "lead") or (e.result and e.result.gap)]
    return tuple(tuple(e.statement.code for e in group) for group in (strong, weak, uneven))


def _method(people: Sequence[str]) -> Method:
    counts = Counter(people)
    alone = [(p.name, counts[p.key]) for p in PERSPECTIVES if counts[p.key] >= 3]
    others = len(people) - sum(count for _, count in alone)
    merged = [("Other perspectives", others)] if alone and others else []
    lived = sum(perspective(key).voice is Voice.LIVED_EXPERIENCE for key in people)
    return Method(
        participants=tuple([*alone, *merged] or [("Everyone", len(people))]),
        lived_experience=lived, without_teams=1, missing=missing(people), silent=(), rule=DEFAULT,
        rounds=(
            Round("Round 1", date(2027, 1, 11), date(2027, 3, 12), 23 * len(people),
                  22 * len(people)),
            Round("Round 2", date(2027, 3, 22), date(2027, 5, 14), 23 * len(people),
                  19 * len(people)),
        ),
        changes=("The round of area 5 was extended to Friday 26 February 2027.",
                 "The draft of area 9 went round once more."),
    )  # fmt: skip


# --- as each version holds it -----------------------------------------------------------------


def as_version(report: Report, version: Version) -> Report:
    """What `eocif.reporting` would leave of a group's report for another version."""
    if version is Version.GROUP:
        return replace(report, stories=())
    if version is Version.BOARD:
        return replace(report, version=version)
    if version is Version.PLAN:
        return replace(report, version=version, principles=PRINCIPLES, stories=(), predecessor={})
    bare = replace(
        report, version=version, lead="", executive_lead="", signed_off_by="", stories=(),
        reassess_because="", predecessor={}, areas=tuple(_without_words(a) for a in report.areas),
        actions=tuple(map(_bare, report.actions)), principles=(),
    )  # fmt: skip
    return bare if version is Version.ICB else _public(bare)


def _bare(action: ActionReport) -> ActionReport:
    """Of an action its title, area, deadline and status alone."""
    return ActionReport(
        action.number, action.section, action.area, action.title, action.status,
        action.is_carried_over, action.month, action.deadline, action.days_overdue,
    )  # fmt: skip


def _without_words(area: AreaReport) -> AreaReport:
    return replace(
        area, set_aside_because="", dissent=(), concluded_by="",
        evidence=tuple(replace(each, text="", link="") for each in area.evidence),
        reopened=tuple(replace(each, because="") for each in area.reopened),
        statements=tuple(
            replace(each, reason="", heard="", confirmed_by="") for each in area.statements
        ),
    )  # fmt: skip


def _public(report: Report) -> Report:
    return replace(
        report, segment="", forum="", safety_reference="", effectiveness_reference="",
        attached=(), seal="", areas=tuple(map(_outcome_alone, report.areas)),
        actions=tuple(replace(each, deadline=None, days_overdue=0) for each in report.actions),
    )  # fmt: skip


def _outcome_alone(area: AreaReport) -> AreaReport:
    return replace(
        area, result=None, evidence=(), draws_on=(), not_cited=(), concerns=0,
        concerns_standing=0, did_not_respond=0,
        statements=tuple(replace(each, result=None) for each in area.statements),
    )  # fmt: skip


def lead_view(number: int = 2) -> PersonView:
    """One member's answer, for the lead's workbook."""
    return PersonView(
        number, "Doris Whitfield", "People using services and unpaid carers", True,
        {1: {"2a": "progressing"}, 2: {"2a": "achieving"}}, {"where_now": NOW[0]}, "agree", "",
    )  # fmt: skip
