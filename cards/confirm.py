"""The cards on which a member answers a draft, by the names of their steps (PURE)."""

from cards.confirm_answer import answer
from cards.confirm_draft import draft
from cards.confirm_levels import levels
from cards.confirm_saved import closed, saved
from cards.confirm_voices import voices

__all__ = ["answer", "closed", "draft", "levels", "saved", "voices"]
