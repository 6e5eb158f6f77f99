"""What no play may break: how often, when, and why we write to people."""

from collections import Counter

from eocif.rules.dates import LONDON, in_working_hours
from tests.scenarios.play import Cast
from tests.scenarios.scenes import DIGEST, TOLD

NEWS = ("ready for you", "concluded")  # to leads; and to who contributed to an area that ended
WAITS = ("thing waits for you", "things wait for you")


def we_kept_our_manners(cast: Cast) -> None:
    """At most one message a working day that nobody asked for, in working hours, to who owes
    something or is told what they did not know. A weekly digest may come besides, once a week.

    A message that nobody asked for is one that Teams is asked to notify of.
    """
    cast.stage.settle()
    for key, lines in cast.stage.teams.inside.world.lines.items():
        unasked = [line for line in lines if line.what == "message" and line.alert]
        digests = [line for line in unasked if line.summary == DIGEST]
        weeks = Counter(line.at.astimezone(LONDON).isocalendar()[:2] for line in digests)
        assert max(weeks.values(), default=0) < 2, f"{key} got two digests in one of {weeks}"
        apart = [line for line in unasked if line not in digests]
        days = Counter(line.at.astimezone(LONDON).date() for line in apart)
        twice = [day for day, count in days.items() if count > 1]
        assert not twice, f"{key} got more than one message on {twice}"
        odd = [line.at for line in unasked if not in_working_hours(line.at)]
        assert not odd, f"{key} got messages at {odd}"
        previews = [line.summary for line in apart if line.summary != TOLD]
        idle = [each for each in previews if not any(words in each for words in NEWS + WAITS)]
        assert not idle, f"{key} owed nothing and was told {idle}"
