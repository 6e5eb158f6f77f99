"""The cards beside the set-up's six steps: rules, local words and perspectives, in each state."""

from dataclasses import replace

from cards.face import Face
from cards.setup_check import check
from cards.setup_group import group, perspective
from cards.setup_local import local, local_help, not_provided, statement
from cards.setup_perspectives import add, change, perspectives
from cards.setup_rules import rules
from eocif.rules.adaptation import (
    Adaptation,
    LocalStatement,
    PerspectiveChange,
    adapted,
    every,
    indicator,
    offered,
    service_in_full,
)
from eocif.rules.agreement import RAND, Settings
from eocif.rules.merging import digest
from eocif.rules.perspectives import PERSPECTIVES
from eocif.rules.statements import BY_AREA
from eocif.rules.statements import statement as rated
from eocif.set_up_summaries import (
    GroupStep,
    LocalHelpStep,
    LocalLine,
    LocalStatementStep,
    LocalStep,
    NotProvidedStep,
    PerspectiveAddStep,
    PerspectiveChangeStep,
    PerspectivesStep,
    PerspectiveStep,
    RulesStep,
    Service,
)
from eocif.summaries import Differs, Feedback, GroupMember
from tests.cards.samples_setup import (
    ATTACKED,
    EDITION,
    GROUP,
    HEAD,
    HOSTILE,
    LEAD,
    NONCE,
    RUNNING,
    SAVED,
    check_step,
    shown,
)

ROOM = "Every ward has a quiet room."
NO_PALS = "A small charity: people come to the manager."
LOCAL = Adaptation(
    perspectives=(
        PerspectiveChange("non_executives_and_governors", "Trustees"),
        PerspectiveChange("executive_lead", is_removed=True),
        PerspectiveChange("local_1", "Friends of the hospice", "lived_experience", NONCE),
    ),
    statements=(LocalStatement("L1", 13, ROOM, "A place to sit."), LocalStatement("L2", 2, ROOM)),
    help=(("13d", "We call it the ideas box."),),
    labels=(("13", "Advice and ideas"),),
    not_applicable=tuple((code, NO_PALS) for code in ("13a", "13b", "13c")),
)
AREAS = adapted(EDITION, LOCAL).areas
OFFERED, EVERY = offered(LOCAL), every(LOCAL)
FRIENDS = next(each for each in EVERY if each.key == "local_1")
TRUSTEES = next(each for each in EVERY if each.name == "Trustees")
EXECUTIVE = next(each for each in EVERY if each.key == "executive_lead")

RULES = {
    "rating_unit": "indicator", "agreement_rule": "three_quarters", "least_people": "5",
    "least_perspectives": "3", "least_lived": "1", "confirm_days": "5",
}  # fmt: skip


def rules_step(**values: str) -> RulesStep:
    return RulesStep(HEAD, RULES | values, shown(*RULES), 86, 23)


def service(reason: str = "") -> Service:
    found = tuple(rated(EDITION.indicator(code)) for code in ("13a", "13b", "13c"))
    return Service("PALS", service_in_full(EDITION, "PALS"), found, reason)


def line(each: LocalStatement, *, is_asked: bool = True) -> LocalLine:
    return LocalLine(rated(indicator(each)), each.plain, each.area, is_asked)


LINES = (line(LOCAL.statements[0]), line(LOCAL.statements[1], is_asked=False))


def local_step(**more: object) -> LocalStep:
    return replace(LocalStep(HEAD, LINES, (service(NO_PALS),), AREAS), **more)  # type: ignore[arg-type]


def help_step(number: int = 13, **values: str) -> LocalHelpStep:
    area = EDITION.area(number)
    empty = {"title": "", **{f"help_{each.code}": "" for each in area.indicators}}
    return LocalHelpStep(HEAD, area, empty | values, shown(*empty))


def not_provided_step(reason: str = "") -> NotProvidedStep:
    return NotProvidedStep(HEAD, service(reason), {"reason": digest(reason)})


def change_step(perspective: object = TRUSTEES, **more: object) -> PerspectiveChangeStep:
    values = {"name": perspective.name, "voice": perspective.voice.value}  # type: ignore[attr-defined]
    official = {each.key: each.name for each in PERSPECTIVES}
    step = PerspectiveChangeStep(
        HEAD, perspective, official.get(perspective.key, ""), True, 2,  # type: ignore[arg-type,attr-defined]
        values, shown("name", "voice"),
    )  # fmt: skip
    return replace(step, **more)  # type: ignore[arg-type]


HOLDER = GroupMember(5, "Lena Fox", (EXECUTIVE, FRIENDS))
LOCAL_GROUP = GroupStep(HEAD, (*GROUP[:1], HOLDER), (TRUSTEES,), OFFERED)

NOT_NUMBERS = Feedback(
    is_problem=True,
    problems={"least_people": "Type a whole number of people from 3 to 50."},
    typed={"least_people": "all", "agreement_rule": "seventy", "rating_unit": "area"},
)
NO_STATEMENT = Feedback(
    is_problem=True,
    problems={"area": "Choose the area that it is asked with.", "text": "Type the statement."},
    typed={"plain": "A place to sit."},
)
BAD_TITLE = Feedback(
    is_problem=True,
    problems={"title": "The short title must begin with a letter or a number."},
    typed={"title": "*Advice*"},
)
MOVED = Feedback(
    is_problem=True,
    typed={"help_13d": "Mine"},
    differs=(Differs("help_13d", "Help with 13d", "Theirs", "Mine"),),
)
NO_NAME = Feedback(
    is_problem=True,
    problems={"name": "Type a name for this perspective."},
    typed={"voice": "lived_experience"},
)


# --- cards ----------------------------------------------------------------------------------------


def all_cards() -> dict[str, Face]:
    """Every card and state by name, for the tests that run over all cards."""
    return _rules() | _local() | _perspectives() | hostile_cards()


def _rules() -> dict[str, Face]:
    strict = Settings(8, 4, 2, RAND)
    return {
        "rules": rules(rules_step(), for_user=LEAD),
        "rules changed": rules(rules_step(rating_unit="area", agreement_rule="rand"), SAVED),
        "rules refused": rules(rules_step(), NOT_NUMBERS),
        "check by area": check(check_step(statements=23, unit=BY_AREA, rule=strict)),
        "check with local words": check(
            check_step(
                local=(LINES[0].statement,), changed_words=2,
                not_applicable=tuple((each, NO_PALS) for each in service().statements),
            )
        ),
    }  # fmt: skip


def _local() -> dict[str, Face]:
    nothing = local_step(lines=(), services=(service(),), areas=EDITION.areas)
    return {
        "local": local(local_step(), for_user=LEAD),
        "local nothing": local(nothing, SAVED),
        "local without areas": local(local_step(areas=())),
        "local statement": statement(LocalStatementStep(HEAD, AREAS, NONCE), for_user=LEAD),
        "local statement refused": statement(LocalStatementStep(HEAD, AREAS, NONCE), NO_STATEMENT),
        "local help": local_help(help_step(), for_user=LEAD),
        "local help given": local_help(help_step(title="Advice and ideas", help_13d="Our box.")),
        "local help refused": local_help(help_step(), BAD_TITLE),
        "local help moved": local_help(help_step(help_13d="Theirs"), MOVED),
        "not provided": not_provided(not_provided_step(), for_user=LEAD),
        "not provided any more": not_provided(not_provided_step(NO_PALS)),
    }


def _perspectives() -> dict[str, Face]:
    gone = tuple(each for each in EVERY if each not in OFFERED)
    return {
        "perspectives": perspectives(PerspectivesStep(HEAD, PERSPECTIVES, ()), for_user=LEAD),
        "perspectives changed": perspectives(PerspectivesStep(RUNNING, OFFERED, gone), SAVED),
        "perspective to change": change(change_step(), for_user=LEAD),
        "perspective of the list": change(change_step(PERSPECTIVES[0], members=1)),
        "perspective of ours": change(change_step(FRIENDS, members=0), NO_NAME),
        "perspective taken off": change(change_step(EXECUTIVE, is_offered=False)),
        "perspective while it runs": change(change_step(head=RUNNING)),
        "perspective to add": add(PerspectiveAddStep(HEAD, NONCE), for_user=LEAD),
        "perspective to add refused": add(PerspectiveAddStep(HEAD, NONCE), NO_NAME),
        "group with local perspectives": group(LOCAL_GROUP),
        "people of a local perspective": perspective(PerspectiveStep(HEAD, FRIENDS, (HOLDER,))),
        "people of a perspective taken off": perspective(
            PerspectiveStep(HEAD, EXECUTIVE, (HOLDER,), is_offered=False)
        ),
    }


def hostile_cards() -> dict[str, Face]:
    """Every place where people's words may stand, filled with what Teams might act on."""
    typed = Feedback(
        typed=dict.fromkeys(("text", "plain", "reason", "title", "name", "least_people"), HOSTILE)
    )
    spoken = replace(rated(indicator(LOCAL.statements[0])), text=HOSTILE)
    lines = (LocalLine(spoken, HOSTILE, 13, is_asked=True),)
    missing = service(HOSTILE)
    return {
        "hostile rules": rules(replace(rules_step(), head=ATTACKED), typed),
        "hostile local": local(local_step(head=ATTACKED, lines=lines, services=(missing,))),
        "hostile local statement": statement(LocalStatementStep(ATTACKED, AREAS, NONCE), typed),
        "hostile local help": local_help(
            replace(help_step(help_13d=HOSTILE), head=ATTACKED), typed
        ),
        "hostile not provided": not_provided(
            NotProvidedStep(ATTACKED, missing, {"reason": ""}), typed
        ),
        "hostile perspectives": perspectives(PerspectivesStep(ATTACKED, OFFERED, ())),
        "hostile perspective": change(change_step(head=ATTACKED), typed),
        "hostile perspective to add": add(PerspectiveAddStep(ATTACKED, NONCE), typed),
        "hostile check of local words": check(
            check_step(head=ATTACKED, not_applicable=((spoken, HOSTILE),))
        ),
    }
