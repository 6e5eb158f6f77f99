"""Who owes what, reckoned from the tables alone and apart from the product, to be compared with it.

A witness looks after every tick at what has just been sent, and at what waits and why.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from eocif.models import Delivery, Member, Person, Response, Review, ReviewArea, View
from eocif.rules.dates import LONDON, at
from eocif.time_models import Action, Habit, Reminder, Snooze
from tests.builders import World

ONE_A_DAY = ("prompt", "news", "nudge", "reminder")
_DAY = timedelta(days=1)


class Facts:
    """All that is stored at a moment."""

    def __init__(self, world: World, now: datetime, works: Callable[[date], bool]) -> None:
        self.now, self.today, self.works = now, now.astimezone(LONDON).date(), works
        self.people = {row.id: row for row in world.rows(Person)}
        self.reviews = {row.id: row for row in world.rows(Review)}
        self.areas = world.rows(ReviewArea)
        self.members = [row for row in world.rows(Member) if row.removed_at is None]
        self.views = {(row.area_id, row.member_id): row for row in world.rows(View)}
        self.said = {(row.area_id, row.member_id, row.round) for row in world.rows(Response)}
        self.actions = {row.id: row for row in world.rows(Action)}
        self.habits = {row.person_id: row for row in world.rows(Habit)}
        self.snoozes = {(row.person_id, row.subject): row.until for row in world.rows(Snooze)}
        self.reminders = world.rows(Reminder)
        self.deliveries = {row.id: row for row in world.rows(Delivery)}

    # --- people --------------------------------------------------------------------------

    def is_reached(self, person: int) -> bool:
        return bool(self.people[person].entra_id) and not self.people[person].unreachable

    def is_away(self, person: int) -> bool:
        habit = self.habits.get(person)
        if habit is None or habit.away_from is None or habit.away_until is None:
            return False
        return bool(habit.away_from <= self.today <= habit.away_until)

    def hours(self, person: int) -> tuple[int, int]:
        habit = self.habits.get(person)
        return (habit.from_hour, habit.until_hour) if habit else (9, 17)

    def is_weekly_day(self, person: int) -> bool:
        """Whether it is someone's first day at work in this week."""
        day, habit = self.today - self.today.weekday() * _DAY, self.habits.get(person)
        while day < self.today:
            away = habit and habit.away_from and habit.away_from <= day <= habit.away_until
            if self.works(day) and not away:
                return False
            day += _DAY
        return True

    def days_late(self, since: date) -> int:
        """Working days."""
        return sum(self.works(since + n * _DAY) for n in range(1, (self.today - since).days + 1))

    # --- what waits for whom --------------------------------------------------------------

    def answers(self, person: int, closes_on: date | None = None) -> list[int]:
        """The areas that wait for someone's own answer, or for answers that they record."""
        return [
            area.number
            for area in self.areas
            if (last := self._closes(area)) and closes_on in (None, last)
            for member in self.members
            if member.review_id == area.review_id and not self._answered(area, member)
            if person == member.person_id or self._records(person, area, member)
        ]

    def _closes(self, area: ReviewArea) -> date | None:
        if area.state not in ("round_1", "round_2") or area.closes_on is None:
            return None
        last = min(area.closes_on, area.early_on or area.closes_on)
        return last if self.now < at(last, 17, 15) else None

    def _answered(self, area: ReviewArea, member: Member) -> bool:
        if area.state == "round_2":
            return (area.id, member.id, area.round) in self.said
        view = self.views.get((area.id, member.id))
        return view is not None and bool(view.answered_at or view.withdrawn_at)

    def _records(self, person: int, area: ReviewArea, member: Member) -> bool:
        return self.people[member.person_id].entra_id is None and person in self._leads(area)

    def _leads(self, area: ReviewArea) -> set[int]:
        """An area's lead; the review's too where messages do not reach them."""
        lead = area.lead_id or self.reviews[area.review_id].lead_id
        review_lead = self.reviews[area.review_id].lead_id
        return {lead} if self.is_reached(lead) else {lead, review_lead}

    def to_conclude(self, person: int, area_id: int = 0) -> list[int]:
        """The areas whose drafting or concluding waits for someone."""
        return [
            area.number
            for area in self.areas
            if area.state in ("drafting", "concluding") and area_id in (0, area.id)
            if person in self._hear_of_draft(area)
        ]

    def _hear_of_draft(self, area: ReviewArea) -> set[int]:
        found = self._leads(area)
        is_late = area.since is not None and self.days_late(area.since.date()) >= 14
        if is_late or any(self.is_away(each) for each in found):
            found |= {self.reviews[area.review_id].lead_id}
        return found

    def acts(self, person: int, kind: str = "action") -> list[int]:
        """The actions that someone is to hear of."""
        hear = {"action": self._hear, "action_new": self._asked, "action_said": self._decides}
        return [row.id or 0 for row in self.actions.values() if person in hear[kind](row)]

    def _hear(self, row: Action) -> set[int]:
        if row.status not in ("not_started", "under_way"):
            return set()
        area, lead = self._area(row), self.reviews[row.review_id].lead_id
        owner = None if row.refused_because else row.owner_id
        found = {owner} if owner and self.people[owner].entra_id else set()
        habit = self.habits.get(owner or 0)
        if owner and habit and self.is_away(owner) and habit.deputy_id:
            found.add(habit.deputy_id)
        if owner is None or not self.is_reached(owner):
            found |= self._leads(area)
        late = self.days_late(row.deadline) if row.deadline else 0
        found |= self._leads(area) if late >= 10 else set()
        return found | ({lead} if late >= 15 else set())

    def _area(self, row: Action) -> ReviewArea:
        return next(each for each in self.areas if each.number == row.area)

    def _asked(self, row: Action) -> set[int]:
        waits = row.status in ("not_started", "under_way") and not row.refused_because
        if not waits or not row.owner_id or row.accepted_at:
            return set()
        return (
            {row.owner_id} if self.people[row.owner_id].entra_id else self._leads(self._area(row))
        )

    def _decides(self, row: Action) -> set[int]:
        waits = bool(row.refused_because or row.wanted_on)
        return (
            {*self._leads(self._area(row)), self.reviews[row.review_id].lead_id} if waits else set()
        )

    # --- reminders ------------------------------------------------------------------------

    def is_owed(self, row: Reminder) -> bool:
        """Whether a reminder says something that is true still, to whom it concerns."""
        number = int(row.subject.partition(":")[2])
        if row.kind == "round":
            return bool(self.answers(row.person_id, row.due_on))
        if row.kind == "draft":
            return bool(self.to_conclude(row.person_id, number))
        deadline, of = self.actions[number].deadline, row.slot.partition(" ")[0]
        is_this = row.kind != "action" or of in ("answered", str(deadline))
        return is_this and number in self.acts(row.person_id, row.kind)

    def is_why(self, row: Reminder) -> bool:
        """Whether it is true why a reminder waits."""
        person, until = row.person_id, self.snoozes.get((row.person_id, row.subject))
        is_weekly = person in self.habits and self.habits[person].is_weekly
        truths = {
            "today's message had gone already": self._had_todays(person),
            "they are away": self.is_away(person),
            "their hours are over for today": self.now >= at(self.today, self.hours(person)[1]),
            "they want one message a week": is_weekly and not self.is_weekly_day(person),
            "they asked not to hear of it": until is not None and until > self.today,
        }
        return any(is_so and row.why.startswith(why) for why, is_so in truths.items())

    def is_why_dropped(self, row: Reminder) -> bool:
        """Whether it is true why a reminder was dropped just now."""
        others = [each for each in self.reminders if each.subject == row.subject]
        hears = [each for each in others if each.person_id == row.person_id]
        match row.why:
            case "a later one says the same":
                return any(each.state != "dropped" and each.id > row.id for each in hears)
            case "gone to their deputy" | "gone to the review's lead":
                return self.is_away(row.person_id) and any(
                    each.slot == row.slot and each.person_id != row.person_id for each in others
                )
        return not self.is_owed(row)

    def _had_todays(self, person: int) -> bool:
        return any(
            row.person_id == person and row.kind in ONE_A_DAY and row.settled_at
            and row.settled_at.astimezone(LONDON).date() == self.today
            for row in self.deliveries.values()
            if row.state in ("sent", "failed")
        )  # fmt: skip


@dataclass
class Witness:
    """Looks at each moment; every message is looked at once."""

    world: World
    works: Callable[[date], bool]
    sent: int = 0
    _seen: set[int] = field(default_factory=set)
    _days: set[tuple[int, str, date]] = field(default_factory=set)

    def looks(self, now: datetime, *, since: datetime) -> None:
        facts = Facts(self.world, now, self.works)
        for row in facts.deliveries.values():
            is_new = row.settled_at is not None and row.settled_at >= since
            is_unasked = row.kind in (*ONE_A_DAY, "digest")
            if row.state == "sent" and is_unasked and is_new and row.id not in self._seen:
                self._seen.add(row.id or 0)
                self._looks_at(facts, row)
        for each in facts.reminders:
            self._is_explained(facts, each)

    def _looks_at(self, facts: Facts, row: Delivery) -> None:
        person, today = row.person_id or 0, facts.today
        self.sent += 1
        week = today - today.weekday() * _DAY
        day = (person, "digest", week) if row.kind == "digest" else (person, "one", today)
        assert day not in self._days, f"a second one: {row}"
        self._days.add(day)
        taken = (each for each in facts.reminders if each.state == "taken")
        carried = [each for each in taken if each.delivery_id == row.id]
        self._is_in_time(facts, row, any(each.is_deadline for each in carried))
        assert all(map(facts.is_owed, carried)), (row, carried)
        own = facts.answers(person) or (row.kind != "nudge" and facts.to_conclude(person))
        assert carried or own or row.kind == "digest", f"nothing is owed: {row}"
        assert row.kind != "reminder" or carried, f"a day's message without reminders: {row}"
        for each in carried:
            if not each.is_deadline:
                assert facts.snoozes.get((person, each.subject), today) <= today, (row, each)

    def _is_in_time(self, facts: Facts, row: Delivery, is_deadline: bool) -> None:
        person, hour = row.person_id or 0, facts.now.astimezone(LONDON).hour
        assert facts.works(facts.today), f"no working day: {row}"
        assert not facts.is_away(person), f"away: {row}"
        first, last = facts.hours(person)
        last = 17 if is_deadline else last
        assert first <= hour < last, f"outside hours: {row}"
        habit = facts.habits.get(person)
        if row.kind == "reminder" and habit and habit.is_weekly and not is_deadline:
            assert facts.is_weekly_day(person), f"wants one message a week: {row}"

    def _is_explained(self, facts: Facts, row: Reminder) -> None:
        if row.state == "taken":
            delivery = facts.deliveries[row.delivery_id]
            assert delivery.state in ("queued", "sent", "failed"), (row, delivery)
        elif row.state == "dropped":
            assert row.settled_at != facts.now or facts.is_why_dropped(row), row
        else:
            hour = facts.now.astimezone(LONDON).hour
            is_gathered = facts.works(facts.today) and 9 <= hour < 17
            assert not is_gathered or facts.is_why(row), row
