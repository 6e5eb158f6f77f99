"""A last look at a draft before it goes to the group, and how it reads when it is there (PURE)."""

from collections.abc import Mapping

from cards.actions import Execute, card, fold
from cards.draft_parts import as_it_reads, clearable, needed, to_copy
from cards.elements import Element, TextBlock, heading
from cards.face import Face
from cards.inputs import ChoiceInput, choice
from cards.pieces import asked, closing, small, stack
from cards.work_head import (
    BACK,
    due,
    is_editable,
    last_saved,
    of_area,
    renewed,
    step,
    top,
    voices_button,
)
from eocif.round_summaries import AreaWork
from eocif.rules.dates import day_in_words
from eocif.rules.phrases import many
from eocif.rules.progress import AreaState
from eocif.summaries import SILENT, Feedback


def send(work: AreaWork, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """The draft as members will read it, what it still needs, and when they are asked."""
    body = [
        *top(work, said, _title(work)),
        *_where(work),
        *due(work),
        *(needed(work, _NEXT[work.state]) if work.state in _NEXT else []),
        *_dates(work),
        *stack([*_send(work), *_change(work)]),
        *to_copy(work, said, ()),
        heading("How it reads", 2),
        *last_saved(work),
        *as_it_reads(work),
        *_clear(work, said),
        small(_UNTIL_THEN),
    ]
    again = renewed(work, "draft.show", for_user, said.typed, step="send")
    return Face(card(body, refresh=again), f"Area {work.area.number}: the draft")


_UNTIL_THEN = "Whoever does not answer counts as “did not respond”, never as agreeing."
_NEXT: Mapping[str, str] = {
    AreaState.DRAFTING: "send this draft",
    AreaState.CONCLUDING: "conclude this area",
}


def _title(work: AreaWork) -> str:
    if work.state == AreaState.DRAFTING:
        return "Step 3 of 3: a last look"
    return "Send the changed draft round?" if work.may_send_again else "The draft"


def _where(work: AreaWork) -> list[Element]:
    """Why the draft cannot be sent, or changed, now."""
    if work.state == AreaState.ROUND_2:
        until = f" until {closing(work.closes_on)}" if work.closes_on else ""
        return [TextBlock(f"The draft is with the group{until}. You can change it after that.")]
    if not is_editable(work):
        return [TextBlock("This area has ended, so its draft cannot change.")]
    if work.state == AreaState.CONCLUDING and not work.may_send_again:
        return [TextBlock(_STAYS)]
    return []


_STAYS = "It has gone round. You can send it once more only if you change it."


def _dates(work: AreaWork) -> list[Element]:
    """Who is asked, and until when, if the draft is sent now."""
    if not (_may_send(work) and work.asks_on and work.asks_until):
        return []
    who = many(work.asks, "person", "people")
    return [
        TextBlock(f"If you send it now, we ask {who} on {day_in_words(work.asks_on)}."),
        TextBlock(f"They can answer until {closing(work.asks_until)}.", spacing="small"),
    ]


def _may_send(work: AreaWork) -> bool:
    return work.may_send_again or (work.state == AreaState.DRAFTING and not work.standing)


# --- buttons ----------------------------------------------------------------------------------


def _send(work: AreaWork) -> list[Execute]:
    if not _may_send(work):
        return []
    again = work.state == AreaState.CONCLUDING
    title = "Send the changed draft round once more" if again else "Send this draft to the group"
    data = of_area(work)
    return [
        Execute(title, verb="draft.send", data=data, style="positive", associated_inputs="none")
    ]


def _change(work: AreaWork) -> list[Execute]:
    if not is_editable(work):
        return [step(work, BACK, "results"), voices_button(work)]
    drafting = work.state == AreaState.DRAFTING
    on = [] if drafting else [step(work, "Go on to conclude", "conclude")]
    return [
        *on,
        step(work, "Change the words", "words", primary=drafting and not _may_send(work)),
        step(work, "Change the levels", "levels"),
        step(work, BACK, "results"),
    ]


def _clear(work: AreaWork, said: Feedback) -> list[Element]:
    """What can be cleared, folded away: it has its own button, as an emptied box says nothing."""
    filled = clearable(work) if is_editable(work) else {}
    if not filled:
        return []
    question = ChoiceInput(
        "what",
        [choice(field, name) for field, name in filled.items()],
        label="What do you want to clear?",
        style="expanded",
        is_multi_select=True,
        is_required=True,
        error_message="Tick what you want to clear.",
    )
    button = Execute("Clear what I ticked", verb="draft.clear", data=of_area(work, step="words"))
    return [fold("Clear something", [*asked(said, question), *stack([button])], "clear")]
