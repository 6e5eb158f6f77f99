"""What can go wrong, each with the sentences a person reads.

Every sentence says what happened, what is kept, and what to do next.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class FieldProblem:
    """Something to put right in one input; `field` is the input's id, empty for the whole card."""

    field: str
    sentence: str


class EocifError(Exception):
    """Something a person asked for that cannot be done.

    `happened`, `kept` and `next_step` are whole sentences of ours; none holds a person's words.
    """

    def __init__(self, happened: str, *, kept: str = "", next_step: str = "") -> None:
        self.happened, self.kept, self.next_step = happened, kept, next_step
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """All there is to say, in reading order."""
        return " ".join(part for part in (self.happened, self.kept, self.next_step) if part)


class NotYours(EocifError):
    """The person may not do or see this."""


class NotNow(EocifError):
    """The state of the review or area does not allow it."""


class NotFound(EocifError):
    """The card names something that is not there for this person."""

    def __init__(self) -> None:
        super().__init__(
            "We could not find this review.",
            next_step="Type “my areas” to see what is open for you.",
        )


class NoSuchAction(NotFound):
    """The card names an action that is not there for this person."""

    def __init__(self) -> None:
        EocifError.__init__(
            self,
            "We could not find this action.",
            next_step="Type “actions” to see yours.",
        )


class Invalid(EocifError):
    """Input that cannot be taken as it stands. Nothing of it was saved."""

    def __init__(self, *problems: FieldProblem) -> None:
        self.problems = problems
        super().__init__(
            problems[0].sentence,
            kept="What you typed is still on the card.",
        )
