"""Set-up, beside its steps: statements, help and titles of a review's own; missing services (PURE).

The framework's words stand here to be read and can never be changed.
"""

from collections.abc import Sequence

from cards.actions import Execute
from cards.buttons import in_rows
from cards.elements import (
    ActionSet,
    Column,
    ColumnSet,
    Element,
    TextBlock,
    TextRun,
    heading,
    words,
)
from cards.face import Face
from cards.inputs import ChoiceInput, TextInput, choice
from cards.pieces import area_name, asked, filled, small
from cards.setup_parts import framed, go_to, typed_again
from eocif.rules.framework import Area, Indicator
from eocif.rules.local_words import LONGEST_LINE, LONGEST_NAME, LONGEST_TEXT
from eocif.rules.phrases import listed
from eocif.rules.set_up import NONE
from eocif.set_up_summaries import (
    LocalHelpStep,
    LocalLine,
    LocalStatementStep,
    LocalStep,
    NotProvidedStep,
    Service,
)
from eocif.summaries import SILENT, Feedback

TITLE = "What is local to this review"
_PREVIEW = "Set up your review: local words"


# --- everything local -------------------------------------------------------------------------


def local(step: LocalStep, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """What was adapted so far, and the ways to adapt more."""
    body = [
        TextBlock("The framework lets you add to it. Its own words cannot be changed."),
        TextBlock("All of this is fixed once the review starts. Reports mark it as local."),
        heading("Local statements", 2),
        *_lines(step),
        *in_rows([go_to("Add a local statement", step.head, step="local_statement")]),
        heading("Services that you may not have", 2),
        *(element for service in step.services for element in _service(step, service)),
        heading("Short titles and lines of help", 2),
        *_areas(step),
    ]
    return framed(
        step.head, said, TITLE, body, [go_to("Back to the check", step.head, step="check")],
        preview=_PREVIEW, show={"step": "local"}, for_user=for_user,
    )  # fmt: skip


def _lines(step: LocalStep) -> list[Element]:
    if not step.lines:
        return [TextBlock("None so far.")]
    return [_line(step, line) for line in step.lines]


def _line(step: LocalStep, line: LocalLine) -> Element:
    where = f"Asked with area {line.area}."
    if not line.is_asked:
        where = f"Not asked: area {line.area} is not in scope."
    remove = Execute(
        "Remove",
        verb="setup.local_remove",
        data={"review": step.head.id, "code": line.statement.code},
        tooltip=f"Removes {line.statement.short}",
        associated_inputs="none",
    )
    told = [
        TextBlock(line.statement.name, weight="bolder"),
        words(line.statement.text, spacing="none"),
        small(where),
    ]
    return ColumnSet([Column(told), Column([ActionSet([remove])], width="auto")], separator=True)


def _service(step: LocalStep, service: Service) -> list[Element]:
    codes = listed([each.code for each in service.statements])
    title = "Change this" if service.reason else f"We have no {service.name}"
    button = go_to(title, step.head, step="not_provided", service=service.name)
    if not service.reason:
        return [TextBlock(f"{service.full}: {codes} are asked."), *in_rows([button])]
    return [
        TextBlock(f"{service.full} is not provided: {codes} are not asked."),
        words("Reason: ", service.reason),
        *in_rows([button]),
    ]


def _areas(step: LocalStep) -> list[Element]:
    """The areas with words of the review's own, and one list to open any area from."""
    if not step.areas:
        return [TextBlock("No area is in scope yet.")]
    own = [area_name(area) for area in step.areas if _has_local_words(area)]
    so_far = [TextBlock("Changed so far:"), *(TextBlock(name, spacing="small") for name in own)]
    which = ChoiceInput(
        "area",
        [choice(str(area.number), area_name(area)) for area in step.areas],
        label="Area whose words you want to change",
        value=str(step.areas[0].number),
        style="compact",
    )
    data = {"review": step.head.id, "step": "local_help"}
    opening = Execute("Open this area’s words", verb="setup.show", data=data)
    return [*(so_far if own else []), which, *in_rows([opening])]


def _has_local_words(area: Area) -> bool:
    helped = (each.help_is_local and not each.is_local for each in area.indicators)
    return area.label_is_local or any(helped)


# --- a local statement ------------------------------------------------------------------------


def statement(step: LocalStatementStep, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """A form for one more statement. It gets a code that no statement of the framework has."""
    area = ChoiceInput(
        "area",
        [choice(str(each.number), area_name(each)) for each in step.areas],
        label="Area that it is asked with",
        value=said.typed.get("area"),
        style="compact",
        placeholder="Choose an area",
    )
    body = [
        TextBlock("Members see it after the framework’s statements, marked as local."),
        *asked(said, area),
        *asked(said, _box(said, "text", f"The statement (up to {LONGEST_TEXT} characters)")),
        *asked(
            said, _box(said, "plain", f"Help in plain English (optional, up to {LONGEST_LINE})")
        ),
    ]
    add = Execute(
        "Add this statement",
        verb="setup.local_add",
        data={"review": step.head.id, "nonce": step.nonce},
        style="positive",
    )
    ways = [add, go_to("Add nothing", step.head, step="local")]
    return framed(
        step.head, said, "Add a local statement", body, ways, preview=_PREVIEW,
        show={"step": "local_statement"}, for_user=for_user,
    )  # fmt: skip


def _box(said: Feedback, field: str, label: str) -> TextInput:
    return TextInput(field, label=label, value=typed_again(said, field), is_multiline=True)


# --- an area's own words ----------------------------------------------------------------------


def local_help(step: LocalHelpStep, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """An area's short title and a line of help for each statement, beside ours."""
    number = step.ours.number
    title = TextInput(
        "title",
        label=f"Your short title (up to {LONGEST_NAME} characters)",
        value=filled(said, "title", step.values),
    )
    body = [
        TextBlock("What you leave empty stays as it is."),
        *([small(f"To bring our words back, type “{NONE}”.")] if any(step.values.values()) else []),
        heading("Short title", 2),
        small(f"Ours: {step.ours.label}"),
        *asked(said, title),
        *(part for each in step.ours.indicators for part in _help(step, said, each)),
    ]
    data = {"review": step.head.id, "area": number, "shown": dict(step.shown)}
    ways = [
        Execute("Save these words", verb="setup.local_help", data=data, style="positive"),
        go_to("Leave as it was", step.head, step="local"),
    ]
    return framed(
        step.head, said, f"Your words for area {number}", body, ways, preview=_PREVIEW,
        show={"step": "local_help", "area": number}, for_user=for_user,
    )  # fmt: skip


def _help(step: LocalHelpStep, said: Feedback, indicator: Indicator) -> list[Element]:
    field = f"help_{indicator.code}"
    line = TextInput(
        field,
        label=f"Your line of help with {indicator.code} (up to {LONGEST_LINE} characters)",
        value=filled(said, field, step.values),
        is_multiline=True,
    )
    return [
        heading(f"Area {indicator.code}", 2, separator=True),
        words(indicator.text),
        small(f"Ours: {indicator.plain}"),
        *asked(said, line),
    ]


# --- a service that is not provided -----------------------------------------------------------


def not_provided(step: NotProvidedStep, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """Why a service's statements do not apply: nobody is asked, and every report says so."""
    service = step.service
    reason = TextInput(
        "reason",
        label=f"Why is it not provided? (up to {LONGEST_LINE} characters)",
        value=filled(said, "reason", {"reason": service.reason}),
        is_multiline=True,
    )
    body = [
        TextBlock(f"Without {service.full}, these statements do not apply."),
        *_texts(service),
        TextBlock("Nobody is asked about them. Reports show them with your reason."),
        *asked(said, reason),
    ]
    return framed(
        step.head, said, f"{service.name} is not provided", body, _ways_out(step),
        preview=_PREVIEW, show={"step": "not_provided", "service": service.name},
        for_user=for_user,
    )  # fmt: skip


def _texts(service: Service) -> Sequence[Element]:
    return [
        words(TextRun(f"{each.code}: ", weight="bolder"), each.text) for each in service.statements
    ]


def _ways_out(step: NotProvidedStep) -> list[Execute]:
    service, verb = step.service, "setup.not_provided"
    data = {"review": step.head.id, "service": service.name, "shown": dict(step.shown)}
    save = Execute("Save this reason", verb=verb, data=data, style="positive")
    leave = go_to("Leave as it was", step.head, step="local")
    if not service.reason:
        return [save, leave]
    undo = Execute(
        f"We do have {service.name}",
        verb=verb,
        data={**data, "provided": True},
        associated_inputs="none",
    )
    return [save, undo, leave]
