"""The sample provider and its ten people, for trying the software and for its tests.

All of it is fictional. Nothing here is stored by reading it.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class SamplePerson:
    """Someone of the sample; `entra_id` and `teams_id` are empty for who has no Teams account."""

    key: str
    name: str
    post: str
    entra_id: str
    teams_id: str
    guest: bool
    perspectives: tuple[str, ...]
    named_function: str
    needs: str

    @property
    def has_teams(self) -> bool:
        """Whether Teams knows this person at all."""
        return bool(self.teams_id)


@dataclass(frozen=True)
class Sample:
    """One tenant: its provider, the team that its people share, and the people in order."""

    tenant_id: str
    provider: str
    team_id: str
    team_name: str
    people: tuple[SamplePerson, ...]

    def person(self, key: str) -> SamplePerson:
        """The person with this key. Raises KeyError."""
        return {each.key: each for each in self.people}[key]


@cache
def load() -> Sample:
    """The sample, read once."""
    raw = json.loads(resources.files("eocif").joinpath("sample.json").read_text(encoding="utf-8"))
    people = (
        SamplePerson(**one | {"perspectives": tuple(one["perspectives"])}) for one in raw["people"]
    )
    team = raw["team"]
    return Sample(raw["tenant_id"], raw["provider"], team["id"], team["name"], tuple(people))
