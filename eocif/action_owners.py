"""Who can own an action: the group, everyone in the team's roster, and people named by hand.

Someone without Teams is a person like any other: named twice in one review they are one.
"""

from sqlmodel import Session, col, or_, select

from eocif.models import Member, Person, Review
from eocif.people import known, team_people
from eocif.rules.actions import NEW, name_problem
from eocif.rules.merging import digest
from eocif.rules.set_up import LONGEST_LINE, NONE
from eocif.rules.text import one_line
from eocif.time_models import Action

_NOT_LISTED = "Choose someone from the list, or type the name of someone who is not on it."
_BOTH = "You chose someone and typed a name. Keep one of the two."
_SEVERAL = "Several people have this name. Choose one from the list, or add their job to the name."


def possible(session: Session, review: Review) -> dict[int, Person]:
    """By id, everyone who can own an action of this review, in the order of their names."""
    review_id = known(review.id)
    members = select(Member.person_id).where(
        Member.review_id == review_id, col(Member.removed_at).is_(None)
    )
    owners = select(Action.owner_id).where(Action.review_id == review_id)
    of_review = select(Person).where(
        Person.tenant_id == review.tenant_id,
        or_(
            col(Person.id).in_(members), col(Person.id).in_(owners),
            col(Person.teams_id).startswith(_address(review_id), autoescape=True),
        ),
    )  # fmt: skip
    found = [*team_people(session, tenant_id=review.tenant_id), *session.exec(of_review)]
    found.sort(key=lambda person: (person.name.casefold(), known(person.id)))
    return {known(person.id): person for person in found}


def _address(review_id: int) -> str:
    """Stands where a Teams address would, as it does for members without Teams."""
    return f"without-teams:{review_id}:owner:"


def asked_for(posted: str, name: str, shown: str) -> str:
    """Which owner a card asks for: a posted choice, or `new` where a name was typed beside it.

    A name typed beside the choice that the card came with (`shown` is its digest) is meant.
    """
    is_untouched = posted in ("", NONE) or digest(posted) == shown
    return NEW if name and is_untouched else posted


def resolved(people: dict[int, Person], wanted: str, name: str) -> tuple[str, dict[str, str]]:
    """The owner as stored (an id, `none`, or `new`) and what is wrong, by input id.

    `new` stays only for a name that nobody in `people` has: whoever is there already is meant.
    """
    if wanted == NEW:
        return _named(people, name)
    if name:
        return wanted, {"owner_name": _BOTH}
    if wanted in ("", NONE) or wanted in {str(person_id) for person_id in people}:
        return wanted, {}
    return wanted, {"owner": _NOT_LISTED}


def _named(people: dict[int, Person], name: str) -> tuple[str, dict[str, str]]:
    if problem := name_problem(name):
        return NEW, {"owner_name": problem}
    same = [
        person for person in people.values() if _is_same(person.name, one_line(name, LONGEST_LINE))
    ]
    if len(same) > 1:
        return NEW, {"owner_name": _SEVERAL}
    return (str(same[0].id) if same else NEW), {}


def _is_same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def added(session: Session, review: Review, name: str) -> int:
    """Someone without Teams who owns an action, and takes no part otherwise; their id."""
    name = one_line(name, LONGEST_LINE)
    person = Person(
        tenant_id=review.tenant_id, name=name, is_guest=False,
        teams_id=f"{_address(known(review.id))}{digest(name.casefold())}",
    )  # fmt: skip
    session.add(person)
    session.flush()
    return known(person.id)
