"""When enough people took part for an area to be judged (PURE).

The software's own rule, fixed before round 1 and printed with every result.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """The fewest who must take part."""

    people: int = 5
    perspectives: int = 3
    lived_experience: int = 1


DEFAULT = Settings()


def is_enough(
    people: int, *, perspectives: int, lived_experience: int, settings: Settings = DEFAULT
) -> bool:
    """Whether enough different people took part: numbers of people, not of ratings."""
    return (
        people >= settings.people
        and perspectives >= settings.perspectives
        and lived_experience >= settings.lived_experience
    )
