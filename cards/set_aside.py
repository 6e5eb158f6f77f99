"""Setting an area aside: what that means, and a reason (PURE)."""

from cards.actions import Execute, card
from cards.elements import TextBlock
from cards.face import Face
from cards.inputs import TextInput
from cards.pieces import asked, stack
from cards.work_head import of_area, step, top, typed_into
from eocif.round_summaries import AreaWork
from eocif.rules.text import LIMIT
from eocif.summaries import SILENT, Feedback


def set_aside(work: AreaWork, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """Asks for the reason, which every report prints. It never renews: someone may be typing."""
    news, too_long = typed_into(said, {"reason": "Your reason"})
    reason = TextInput(
        "reason",
        label=f"Why do you set this area aside? (up to {LIMIT:,} characters)",
        value=news.typed.get("reason"),
        is_multiline=True,
    )
    act = Execute("Set this area aside", verb="draft.set_aside", data=of_area(work))
    body = [
        *top(work, news, "Set this area aside?"),
        TextBlock(_WHAT_IT_MEANS),
        TextBlock(_WHAT_STAYS),
        *asked(news, reason),
        *too_long,
        *stack([act, step(work, "Keep this area", "results", primary=True)]),
    ]
    return Face(card(body), f"Area {work.area.number}: set it aside?")


_WHAT_IT_MEANS = (
    "Nobody is asked about it any more, and it gets no level. Every report prints your reason."
)
_WHAT_STAYS = "Everything people gave is kept. You can open the area again later."
