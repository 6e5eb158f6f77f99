"""The short cards, with made-up people: status, help, welcome, problem."""

from dataclasses import replace
from datetime import date

from cards.face import Face
from cards.help import help_card
from cards.problem import problem
from cards.status import status
from cards.welcome import welcome
from eocif.rules.framework import edition
from eocif.rules.said import IN_A_CHANNEL, IN_A_CHAT
from eocif.summaries import Help, Problem, ReviewHead, ReviewStatus, Welcome

HOSTILE = "**bold** <at>x</at> {{DATE(2020-01-01)}} [a](http://x)"
LEAD = "29:amina"
CONTACT = edition().contact

HEAD = ReviewHead(
    *(7, "Experience of care review 2027", "Northmoor NHS Trust", ""),
    *("Amina Yusuf", "collecting"),
)
DRAFT = replace(HEAD, state="draft")
ATTACKED = ReviewHead(7, HOSTILE, HOSTILE, HOSTILE, HOSTILE, "collecting")
FIRST, LATER = date(2027, 1, 22), date(2027, 1, 29)


def counts(**more: object) -> ReviewStatus:
    return replace(ReviewStatus(HEAD, 23, 0, 5, 34, 50, FIRST), **more)  # type: ignore[arg-type]


def asked(**more: object) -> Help:
    usual = Help("Kasia", IN_A_CHAT, True, False, "Amina Yusuf", True, CONTACT)
    return replace(usual, **more)  # type: ignore[arg-type]


NEAREST = (
    "outstanding",
    "my areas",
    *(word for word in IN_A_CHAT if word not in ("outstanding", "my areas")),
)
IN_CHANNEL = asked(commands=IN_A_CHANNEL, channel=True)
PROBLEM = Problem("This card is for someone else. Nothing was changed.")
BROKEN = Problem("Something went wrong on our side. What you typed was not saved.", "7F3A-22C1")
TYPED = Problem("Something went wrong on our side.", typed=("Porters listen.", HOSTILE))


def short_cards() -> dict[str, Face]:
    return {
        "status": status((counts(),)),
        "status, two reviews": status((counts(), counts(open_now=0, closes_on=None))),
        "status, none": status(()),
        "status, hostile": status((counts(head=ATTACKED),)),
        "help": help_card(asked()),
        "help, not understood": help_card(asked(understood=False, commands=NEAREST)),
        "help for a guest": help_card(asked(may_start=False, lead_name="")),
        "help in a channel": help_card(IN_CHANNEL),
        "help in a channel, not understood": help_card(replace(IN_CHANNEL, understood=False)),
        "help, hostile": help_card(asked(lead_name=HOSTILE)),
        "welcome": welcome(Welcome("Kasia", False, (HEAD,))),
        "welcome, nothing yet": welcome(Welcome("Amina", True, ())),
        "welcome, hostile": welcome(Welcome(HOSTILE, True, (ATTACKED,))),
        "problem": problem(PROBLEM),
        "problem with what was typed": problem(TYPED),
        "problem with a reference": problem(BROKEN),
        "problem in a channel": problem(PROBLEM, channel=True),
        "problem, hostile": problem(Problem(HOSTILE, HOSTILE)),
    }
