"""Who is in the sample organisation: the people, and the team they share."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from eocif.sample import load


@dataclass(frozen=True)
class Person:
    """Someone in the organisation. `teams_id` is empty for a person without a Teams account."""

    key: str
    name: str
    post: str
    entra_id: str
    teams_id: str
    guest: bool = False

    @property
    def in_teams(self) -> bool:
        """Whether Teams knows this person at all."""
        return bool(self.teams_id)

    def account(self, tenant_id: str) -> dict[str, Any]:
        """The person as Teams lists a member of a conversation: no email and no sign-in name."""
        given, _, surname = self.name.partition(" ")
        return {
            "id": self.teams_id,
            "objectId": self.entra_id,
            "aadObjectId": self.entra_id,
            "name": self.name,
            "givenName": given,
            "surname": surname,
            "tenantId": tenant_id,
            "userRole": "guest" if self.guest else "user",
        }


@dataclass(frozen=True)
class Directory:
    """The people of one tenant, in order, and their team's id and name."""

    tenant_id: str
    provider: str
    team_id: str
    team_name: str
    people: tuple[Person, ...]

    @cached_property
    def _by_name(self) -> dict[str, Person]:
        """Every way of naming a person: key, Teams id, Entra object id."""
        named = {person.key: person for person in self.people}
        for person in self.people:
            named.update({name: person for name in (person.teams_id, person.entra_id) if name})
        return named

    def find(self, name: str) -> Person | None:
        """The person with this key, Teams id or Entra object id."""
        return self._by_name.get(name)

    def accounts(self) -> Iterator[Person]:
        """Those with a Teams account."""
        return (person for person in self.people if person.in_teams)


def load_sample() -> Directory:
    """The sample organisation that `make run` and the tests share."""
    sample = load()
    return Directory(
        sample.tenant_id,
        sample.provider,
        sample.team_id,
        sample.team_name,
        tuple(
            Person(each.key, each.name, each.post, each.entra_id, each.teams_id, each.guest)
            for each in sample.people
        ),
    )
