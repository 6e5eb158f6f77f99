"""Where other cards lead to actions: from a review, from its worksheet, from an area (PURE)."""

from cards.action_parts import ALL, leave
from cards.actions import Execute
from cards.elements import Element, heading, words
from cards.pieces import fitting, stack
from eocif.round_summaries import AreaWork
from eocif.rules.progress import AreaState


def see_actions(review_id: int) -> Execute:
    """A button that opens all actions of a review, for its leads."""
    return leave("See the actions", "actions.show", {"by": ALL, "review": review_id})


def what_we_will_do(work: AreaWork) -> list[Element]:
    """Of a concluded area: what its worksheet says will be done, and the way to write actions."""
    if work.state != AreaState.CONCLUDED:
        return []
    data = {"review": work.head.id, "area": work.area.number}
    write = leave("Write actions for this area", "action.new", data, primary=True)
    see = leave("See its actions", "actions.show", {**data, "by": ALL})
    [text] = fitting([work.draft.values.get("what_do", "")])
    told = [heading("What we will do", 2), words(text)] if text else []
    return [*told, *stack([write, see])]
