"""Plays: what people in Teams do and read, as a transcript.

    amina.says("start a review")
    assert "Step 1 of 6: about the review" in amina.reads()
    time.goes_to("2026-11-30 09:00")
    des.presses("Start with area 1")

Days and times are London's. People are those of the sample organisation, by key.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from eocif.rules.dates import LONDON
from tests.cards import harness
from tests.scenarios.stage import Stage

Card = dict[str, Any]
MINUTES_OF_NOTE = ((9, 0), (17, 16))  # areas open and messages go out; rounds have closed


class HeldBack(AssertionError):
    """Teams did not let a press go: `errors` are the sentences beside the inputs, by id."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(str(errors))
        self.errors = errors


class Time:
    """The bot's clock."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.now = datetime.min.replace(tzinfo=LONDON)

    def begins(self, moment: str) -> None:
        """Be there at once, with nothing happening on the way."""
        self._move(_london(moment), jump=True)

    def goes_to(self, moment: str) -> None:
        """Live through the time until then, stopping where messages go out and rounds close."""
        target = _london(moment)
        assert target > self.now, f"{moment} is not later than {self.now}"
        day = self.now.date()
        while day <= target.date():
            for hour, minute in MINUTES_OF_NOTE:
                stop = datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)
                if self.now < stop < target:
                    self._move(stop)
            day += timedelta(days=1)
        self._move(target)

    def is_lived_until(self, moment: str) -> None:
        """The bot lives through the time until then by itself: where years go by."""
        self._move(_london(moment))

    def passes(self, **how_long: float) -> None:
        """Some minutes or hours go by."""
        self._move(self.now + timedelta(**how_long))

    def _move(self, to: datetime, *, jump: bool = False) -> None:
        self._stage.move(set=to.isoformat(), **({"jump": True} if jump else {}))
        self.now = to


def _london(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=LONDON)


class Person:
    """Someone in Teams, with their chat with the bot."""

    def __init__(self, stage: Stage, key: str) -> None:
        self.stage, self.key = stage, key
        found = stage.teams.inside.world.directory.find(key)
        assert found is not None, f"Nobody is called {key}."
        self.entra_id, self.name = found.entra_id, found.name
        self._heard = 0

    # --- reading -----------------------------------------------------------------------

    def messages(self) -> list[Card]:
        """What the bot wrote in their own chat, oldest first, as they see it now."""
        seen = self.stage.look(f"chat?person={self.key}")["messages"]
        return [message for message in seen if message["sender"] == "bot"]

    def newest(self) -> str:
        """The id of the newest message, to come back to later."""
        return str(self.messages()[-1]["id"])

    def card(self, on: str = "") -> Card:
        """The card of a message, or of the newest."""
        wanted = on or self.newest()
        return next(each["card"] for each in self.messages() if each["id"] == wanted)

    def reads(self, on: str = "") -> str:
        """Everything on a card, a line each: on the newest, or on the message given."""
        return harness.read(self.card(on))

    def buttons(self, on: str = "") -> list[Card]:
        """The buttons of a card."""
        return harness.actions(self.card(on))

    def sees_buttons(self, on: str = "") -> list[str]:
        """The titles of the buttons."""
        return [str(action.get("title")) for action in self.buttons(on)]

    def choices(self, field: str, on: str = "") -> list[dict[str, str]]:
        """What an input offers: titles and values."""
        offered: list[dict[str, str]] = harness.inputs(self.card(on))[field]["choices"]
        return offered

    def sees_filled_in(self, on: str = "") -> dict[str, str]:
        """What the inputs hold, by id; empty ones are left out."""
        fields = harness.inputs(self.card(on))
        return {name: str(one["value"]) for name, one in fields.items() if one.get("value")}

    def hears(self) -> list[str]:
        """The previews of what has come to their own chat since they last listened."""
        self.stage.settle()
        lines = self.stage.teams.inside.world.lines.get(self.key, [])
        new, self._heard = lines[self._heard :], len(lines)
        own = (line for line in new if line.conversation == "personal")
        return [line.summary for line in own if line.what == "message"]

    # --- doing ----------------------------------------------------------------------------

    def installs(self) -> None:
        """Add the app."""
        self.stage.have("install", person=self.key)

    def uninstalls(self) -> None:
        """Remove the app."""
        self.stage.have("uninstall", person=self.key)

    def blocks_the_bot(self) -> None:
        """Refuse its messages."""
        self.stage.have("block", person=self.key)

    def leaves(self) -> None:
        """Go to another chat: cards answered in place go back to what Teams stores."""
        self.stage.have("leave", person=self.key)

    def leaves_and_comes_back(self) -> None:
        """Go to another chat and return: Teams shows its stored cards and refreshes them."""
        self.leaves()
        self.stage.have("open", person=self.key)

    def says(self, text: str, **more: Any) -> None:
        """Write in the personal chat, or with `conversation="channel"` mention the bot there."""
        answer = self.stage.have("say", person=self.key, text=text, **more)
        assert answer["status"] == 200, answer

    def presses(
        self, title: str, /, *, on: str = "", where: Mapping[str, Any] | None = None,
        times: int = 1, old_client: bool = False, **typed: str,
    ) -> str:  # fmt: skip
        """Fill in inputs, by id, press a button, and read the card that answers.

        `where` tells buttons of the same title apart by what they carry. Raises HeldBack where
        Teams itself asks for an input to be put right.
        """
        wanted = on or self.newest()
        card = self.card(wanted)
        button = _button(card, title, where or {})
        status, answer = self.stage.tell(
            "press", person=self.key, message=wanted, verb=button["verb"], data=button["data"],
            inputs=typed, times=times, old_client=old_client,
        )  # fmt: skip
        if status == 422:
            raise HeldBack(answer["errors"])
        assert status == 200, f"{title}: {status} {answer}"
        assert not answer["error"], f"{title}: {answer}"
        return self.reads(wanted) if old_client else harness.read(answer["body"]["value"])

    def presses_verb(
        self, verb: str, where: Mapping[str, Any], /, *, on: str = "", **typed: str
    ) -> str:
        """Press the button of a verb that carries all of `where`, and read what answers.

        Quicker than `presses`, for plays with thousands of presses: nothing is looked at before.
        """
        message = on or self.newest()
        status, answer = self.stage.tell(
            "press", person=self.key, message=message, verb=verb, data=dict(where), inputs=typed
        )
        if status == 422:
            raise HeldBack(answer["errors"])
        assert status == 200, f"{verb} {where}: {status} {answer}"
        assert not answer["error"], f"{verb} {where}: {answer}"
        return harness.read(answer["body"]["value"])

    def shows(self, verb: str, *, on: str = "", **data: Any) -> str:
        """Open a card that a button on another card opens, and read it in this one's place."""
        answer = self.stage.have(
            "press", person=self.key, message=on or self.newest(),
            composed={"verb": verb, "data": data},
        )  # fmt: skip
        assert not answer["error"], answer
        return harness.read(answer["body"]["value"])

    def fields(self, on: str = "") -> list[str]:
        """The ids of the inputs of a card."""
        return list(harness.inputs(self.card(on)))

    def every(self, choice: str, on: str = "", **but: str) -> dict[str, str]:
        """The same choice for every statement on the card, `but` for some."""
        fields = [name for name in harness.inputs(self.card(on)) if name.startswith("level_")]
        return {**dict.fromkeys(fields, choice), **but}

    def opens_area(self, number: int, on: str = "") -> str:
        """Press whichever button opens their own answer to an area."""
        wanted = on or self.newest()
        buttons = (each for each in self.buttons(wanted) if each.get("verb") == "area.show")
        own = (each for each in buttons if not each["data"].get("member"))
        titles = [each["title"] for each in own if each["data"]["area"] == number]
        assert titles, f"No button opens area {number}; there are {self.sees_buttons(wanted)}."
        return self.presses(titles[0], on=wanted, where={"area": number})

    def answers(self, number: int, choice: str, on: str = "", **but: str) -> str:
        """Open an area from this week's message, rate every statement, save, and come back."""
        wanted = on or self.newest()
        self.opens_area(number, wanted)
        levels = self.every(choice, wanted, **but)
        self.presses("Save levels and go on to words", on=wanted, **levels)
        saved = self.presses("Save my view", on=wanted)
        self.presses("Back to this week's areas", on=wanted)
        return saved

    def forges(self, verb: str, **data: Any) -> str:
        """Press a button that no card of theirs has, and read the answer."""
        answer = self.stage.have(
            "press", person=self.key, message=self.newest(), composed={"verb": verb, "data": data}
        )
        assert answer["status"] == 200, answer
        return harness.read(answer["body"]["value"])

    def has_another_device(self, on: str = "") -> "Device":
        """The same card, open on a second device: it does not follow the first."""
        wanted = on or self.newest()
        return Device(self, wanted, self.card(wanted))


class Device:
    """A card as it was drawn once, whatever has happened since."""

    def __init__(self, person: Person, message: str, card: Card) -> None:
        self._person, self._message, self.card = person, message, card

    def presses(self, title: str, /, times: int = 1, **typed: str) -> str:
        """Press a button on the card as it stands here; the answer is drawn here."""
        composed = harness.press(self.card, title, **typed)
        answer = self._person.stage.have(
            "press", person=self._person.key, message=self._message, composed=composed,
            times=times,
        )  # fmt: skip
        assert not answer["error"], answer
        self.card = answer["body"]["value"]
        return self.reads()

    def reads(self) -> str:
        """Everything on the card."""
        return harness.read(self.card)

    def sees_filled_in(self) -> dict[str, str]:
        """What the inputs hold, by id."""
        fields = harness.inputs(self.card)
        return {name: str(one["value"]) for name, one in fields.items() if one.get("value")}


def _button(card: Card, title: str, where: Mapping[str, Any]) -> Card:
    """The button of this title that carries all of `where`."""
    titles = [action.get("title") for action in harness.actions(card)]
    for action in harness.actions(card):
        data = action.get("data") or {}
        if action.get("title") == title and where.items() <= data.items():
            return {"verb": action.get("verb"), "data": data}
    raise AssertionError(f"No button {title!r} with {dict(where)}; there are {titles}.")


class Cast:
    """Everyone on a stage."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.time = stage, Time(stage)
        accounts = stage.teams.inside.world.directory.accounts()
        self._people = {one.key: Person(stage, one.key) for one in accounts}

    def __call__(self, *keys: str) -> list[Person]:
        """These people, or everyone with Teams."""
        return [self._people[key] for key in keys or self._people]

    def hears(self, *keys: str) -> dict[str, list[str]]:
        """What has arrived for each since they last listened; who heard nothing is left out."""
        heard = {each.key: each.hears() for each in self(*keys)}
        return {key: previews for key, previews in heard.items() if previews}

    def install_everywhere(self, team: bool = True, people: Iterable[str] = ()) -> None:
        """Put the app into the team and have people add it."""
        if team:
            self.stage.have("install", team=True)
        for each in self(*people):
            each.installs()
