"""What the steps of the set-up share: a posted card merged with what is stored, and its record."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from eocif import audit
from eocif.access import Access
from eocif.rules.merging import digest, merge
from eocif.rules.set_up import LONGEST_TYPED
from eocif.summaries import Differs, Feedback

Check = Callable[[str, str], str | None]


def merged(
    stored: Mapping[str, str], posted: Mapping[str, str], shown: Mapping[str, str], check: Check,
    labels: Mapping[str, str],
) -> tuple[Feedback, dict[str, str]]:  # fmt: skip
    """The fields that may be saved, and what to say of the others.

    `check` says what is wrong with a field's new value, or nothing. Fields that it refuses, and
    those that changed in two places, come back as they were typed.
    """
    found = merge(stored, posted, shown)
    problems = {
        field: sentence for field, value in found.saved.items() if (sentence := check(field, value))
    }
    differs = tuple(
        Differs(each.field, labels.get(each.field, each.field), each.stored, each.posted)
        for each in found.differs
    )
    typed = {field: posted[field][:LONGEST_TYPED] for field in problems} | {
        each.field: each.posted for each in found.differs
    }
    good = {field: value for field, value in found.saved.items() if field not in problems}
    return Feedback("", bool(problems or differs), problems, typed, differs), good


def prefixed(feedback: Feedback, prefix: str) -> Feedback:
    """The same for inputs whose ids begin with `prefix`."""
    return replace(
        feedback,
        problems={prefix + field: each for field, each in feedback.problems.items()},
        typed={prefix + field: each for field, each in feedback.typed.items()},
        differs=tuple(replace(each, field=prefix + each.field) for each in feedback.differs),
    )


def saved(session: Session, access: Access, fields: Iterable[str], now: datetime) -> None:
    """Store the review, and record which fields changed: never their words."""
    session.add(access.review)
    if names := sorted(fields):
        audit.record(
            session, "set-up changed", tenant_id=access.review.tenant_id, now=now,
            who=access.actor.person_id, review_id=access.review_id, fields=names,
        )  # fmt: skip


def digests(values: Mapping[str, str], prefix: str = "") -> dict[str, str]:
    """What a card carries of the values it shows, by input id."""
    return {prefix + field: digest(value) for field, value in values.items()}
