"""Faults that a test asks the connector to have: refusals, hangs, lost answers.

Each waits in a queue for the next call that matches it, and serves as often as it was asked to.
"""

from http import HTTPStatus
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from deploy.local.refusals import Refusal

Kind = Literal["send", "update", "delete", "create", "members"]


class Fault(BaseModel):
    """What should go wrong.

    `on` and `person` (a key) narrow it to some calls. The call is first carried out where `accept`
    is set, then held for `hang` seconds, then cut off without an answer where `drop` is set, else
    answered with `status`. Without a status the call goes on as usual after the pause.
    """

    model_config = ConfigDict(extra="forbid")

    status: int | None = Field(default=None, ge=400, le=599)
    code: str = ""
    retry_after: int | None = Field(default=None, ge=0)
    times: int = Field(default=1, ge=1)
    accept: bool = False
    drop: bool = False
    hang: float = Field(default=0, ge=0)
    on: Kind | None = None
    person: str | None = None

    def refusal(self) -> Refusal | None:
        """The answer to give instead of the real one, if any."""
        if self.status is None:
            return None
        code = self.code or HTTPStatus(self.status).phrase.replace(" ", "")
        return Refusal(self.status, code, "Asked for by a test.", retry_after=self.retry_after)


class Faults:
    """The queue, oldest first."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def take(self, kind: Kind, person: str) -> Fault | None:
        """The fault for this call, if one waits for it; used up once taken `times` times."""
        for fault in self.waiting:
            if fault.on in {None, kind} and fault.person in {None, person}:
                fault.times -= 1
                if not fault.times:
                    self.waiting.remove(fault)
                return fault
        return None
