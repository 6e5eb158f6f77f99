"""Set-up, beside its steps: what gets a level, and when a level is agreed (PURE)."""

from cards.actions import Execute
from cards.elements import Element, TextBlock, heading
from cards.face import Face
from cards.inputs import ChoiceInput, TextInput, choice
from cards.pieces import asked, filled, small
from cards.setup_parts import framed
from eocif.rules.agreement import THREE_QUARTERS
from eocif.rules.phrases import many
from eocif.rules.rule_words import PRESETS
from eocif.rules.set_up import NUMBERS, RULES
from eocif.rules.statements import BY_AREA, BY_INDICATOR
from eocif.set_up_summaries import RulesStep
from eocif.summaries import SILENT, Feedback

TITLE = "How agreement is decided"


def rules(step: RulesStep, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """All that is fixed before round 1. Half of it can be saved; wrong input stays."""
    body = [
        TextBlock("You need not change any of this. It is fixed once the review starts."),
        TextBlock("Every report prints it."),
        heading(RULES["rating_unit"], 2),
        *asked(said, _unit(step, said)),
        small("Reviews are compared only where both rate the same way."),
        heading(RULES["agreement_rule"], 2),
        *asked(said, _rule(step, said)),
        small("RAND-style: at most 2 of 8 people may choose another level, 3 of 11 or 4 of 14."),
        small("With any rule, a view two or more levels away is heard first."),
        heading("Who must take part", 2),
        *_numbers(step, said, "least_people", "least_perspectives", "least_lived"),
        small("With fewer, a level is never called agreed."),
        heading("The second round", 2),
        *_numbers(step, said, "confirm_days"),
    ]
    return framed(
        step.head, said, TITLE, body, _ways(step), preview=f"Set up your review: {TITLE.lower()}",
        show={"step": "rules"}, for_user=for_user,
    )  # fmt: skip


def _unit(step: RulesStep, said: Feedback) -> ChoiceInput:
    by_indicator = f"Each statement: {many(step.statements, 'level')} in all"
    by_area = f"Each area as a whole: {many(step.areas, 'level')} in all"
    return ChoiceInput(
        "rating_unit",
        [choice(BY_INDICATOR, by_indicator), choice(BY_AREA, by_area)],
        label="What should people choose a level for?",
        value=filled(said, "rating_unit", step.values),
        style="expanded",
    )


def _rule(step: RulesStep, said: Feedback) -> ChoiceInput:
    return ChoiceInput(
        "agreement_rule",
        [choice(key, _preset(key)) for key in PRESETS],
        label="How many of those who rated must choose it?",
        value=filled(said, "agreement_rule", step.values),
        style="expanded",
    )


def _preset(key: str) -> str:
    usual = ": the usual rule" if key == THREE_QUARTERS else ""
    return f"{PRESETS[key][0].upper()}{PRESETS[key][1:]}{usual}"


def _numbers(step: RulesStep, said: Feedback, *fields: str) -> list[Element]:
    return [element for field in fields for element in _number(step, said, field)]


def _number(step: RulesStep, said: Feedback, field: str) -> list[Element]:
    allowed, _ = NUMBERS[field]
    label = f"{RULES[field]}, from {allowed[0]} to {allowed[-1]}"
    return asked(said, TextInput(field, label=label, value=filled(said, field, step.values)))


def _ways(step: RulesStep) -> list[Execute]:
    data = {"review": step.head.id, "shown": dict(step.shown)}
    verb = "setup.rules"
    return [
        Execute(
            "Save and go to the check", verb=verb, data={**data, "go": "next"}, style="positive"
        ),
        Execute("Save and finish later", verb=verb, data={**data, "go": "stay"}),
    ]
