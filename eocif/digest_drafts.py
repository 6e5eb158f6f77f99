"""What waits for areas' leads, as the review's lead reads of it in the digest."""

from collections import defaultdict
from datetime import date

from sqlmodel import Session, col, select

from eocif import rounds
from eocif.digest_scope import Scope
from eocif.models import Person
from eocif.rules.authorisation import Role
from eocif.time_summaries import WithLead


def with_leads(session: Session, scope: Scope) -> tuple[WithLead, ...]:
    """The drafts and conclusions that other people are to write, those due first at the top."""
    if Role.LEAD not in scope.access.roles or not scope.runs:
        return ()
    review, me = scope.access.review, scope.access.actor.person_id
    found: dict[tuple[date, str, int], list[int]] = defaultdict(list)
    for area in scope.areas:
        due_on, lead = rounds.draft_due_on(area), area.lead_id or review.lead_id
        if due_on is not None and lead != me:
            found[due_on, area.state, lead].append(area.number)
    people = select(Person.id, Person.name).where(col(Person.id).in_({lead for *_, lead in found}))
    names = {person_id: name for person_id, name in session.exec(people)}
    return tuple(
        WithLead(names[lead], state, tuple(sorted(numbers)), due_on)
        for (due_on, state, lead), numbers in sorted(found.items())
    )
