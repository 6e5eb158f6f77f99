"""Presses on the set-up's cards: verb → use case → the step to show."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlmodel import Session

from bot.press import Turn, Where
from cards import shapes
from cards import submissions as posted
from eocif import review_groups, reviews, set_up
from eocif.errors import NotNow
from eocif.rules.phrases import areas
from eocif.rules.progress import ReviewState
from eocif.rules.set_up import DETAILS
from eocif.summaries import Feedback

STEPS = ("details", "scope", "pace", "group", "leads", "check")
_SAVED = "Saved. Type “review” when you want to carry on."


def _step(review: int, step: str, said: Feedback | None = None, **more: Any) -> Where:
    return Where("set_up", {"review": review, "step": step, **more}, said or Feedback())


def _onwards(submission: shapes.SetupStep, step: str, feedback: Feedback) -> Where:
    """The next step, the one before, or this one: whichever was asked for and is in order."""
    if feedback.is_problem:
        return _step(submission.review, step, feedback)
    if submission.go == "stay":
        return _step(submission.review, step, Feedback(_SAVED if not submission.clear else ""))
    move = 1 if submission.go == "next" else -1
    place = min(max(STEPS.index(step) + move, 0), len(STEPS) - 1)
    return _step(submission.review, STEPS[place])


def _bare(shown: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {field.removeprefix(prefix): digest for field, digest in shown.items()}


def begin(session: Session, turn: Turn, submission: posted.StartReview) -> Where:
    """A new review, or the draft that is already there."""
    review = reviews.start_set_up(session, actor=turn.actor, nonce=submission.nonce, now=turn.now)
    return _step(review, "details")


def show(session: Session, turn: Turn, submission: posted.SetupShow) -> Where:
    """Open a step."""
    return _step(
        submission.review, submission.step, perspective=submission.perspective,
        member=submission.member, page=submission.page, area=submission.area,
        service=submission.service,
    )  # fmt: skip


def details(session: Session, turn: Turn, submission: posted.SetupDetails) -> Where:
    """Save step 1."""
    fields = submission.model_dump(include=set(DETAILS))
    feedback = set_up.save_details(
        session, actor=turn.actor, review_id=submission.review, posted=fields,
        shown=submission.shown, now=turn.now,
    )  # fmt: skip
    return _onwards(submission, "details", feedback)


def scope(session: Session, turn: Turn, submission: posted.SetupScope) -> Where:
    """Save step 2."""
    feedback = set_up.save_scope(
        session, actor=turn.actor, review_id=submission.review, posted=submission.sections,
        shown=_bare(submission.shown, "section_"), now=turn.now,
    )  # fmt: skip
    return _onwards(submission, "scope", feedback)


def pace(session: Session, turn: Turn, submission: posted.SetupPace) -> Where:
    """Save step 3."""
    fields = submission.model_dump(include={"start_on", "pace", "answer_days", "finish_by"})
    feedback = set_up.save_pace(
        session, actor=turn.actor, review_id=submission.review, posted=fields,
        shown=submission.shown, clear=submission.clear, now=turn.now,
    )  # fmt: skip
    return _onwards(submission, "pace", feedback)


def leads(session: Session, turn: Turn, submission: posted.SetupLeads) -> Where:
    """Save step 5."""
    feedback = set_up.save_leads(
        session, actor=turn.actor, review_id=submission.review, posted=submission.leads,
        shown=_bare(submission.shown, "lead_"), now=turn.now,
    )  # fmt: skip
    runs = reviews.state_of(session, review_id=submission.review) == ReviewState.COLLECTING
    if runs and not feedback.is_problem:
        return _step(submission.review, "leads", Feedback("Saved."))
    return _onwards(submission, "leads", feedback)


def people(session: Session, turn: Turn, submission: posted.SetupPeople) -> Where:
    """Add people picked from the directory."""
    feedback = review_groups.add_people(
        session, actor=turn.actor, review_id=submission.review,
        perspective_key=submission.perspective, entra_ids=submission.people, now=turn.now,
    )  # fmt: skip
    return _step(submission.review, "perspective", feedback, perspective=submission.perspective)


def roster(session: Session, turn: Turn, submission: posted.SetupRoster) -> Where:
    """Take a page of the roster as ticked, then turn the page or go back to the perspective."""
    review_groups.tick_people(
        session, actor=turn.actor, review_id=submission.review,
        perspective_key=submission.perspective, offered=submission.offered,
        picked=submission.picked, now=turn.now,
    )  # fmt: skip
    if submission.go_page:
        return _step(
            submission.review, "roster", perspective=submission.perspective,
            page=submission.go_page,
        )  # fmt: skip
    return _step(submission.review, "perspective", perspective=submission.perspective)


def member(session: Session, turn: Turn, submission: posted.SetupMember) -> Where:
    """Save one member's perspectives, function and needs."""
    review_groups.change_member(
        session, actor=turn.actor, review_id=submission.review, member_id=submission.member,
        speaks_from=submission.speaks_from, also=submission.also,
        named_function=submission.named_function, needs=submission.needs, now=turn.now,
    )  # fmt: skip
    return _step(submission.review, "group", Feedback("Saved."))


def without_teams(session: Session, turn: Turn, submission: posted.SetupWithoutTeams) -> Where:
    """Add someone who takes part without Teams."""
    review_groups.add_without_teams(
        session, actor=turn.actor, review_id=submission.review, nonce=submission.nonce,
        name=submission.name, perspective_key=submission.perspective, needs=submission.needs,
        now=turn.now,
    )  # fmt: skip
    return _step(submission.review, "group", Feedback("Added to the group."))


def remove(session: Session, turn: Turn, submission: posted.SetupRemove) -> Where:
    """Take someone out of the group."""
    led = review_groups.remove_member(
        session, actor=turn.actor, review_id=submission.review, member_id=submission.member,
        now=turn.now,
    )  # fmt: skip
    gone = "They are no longer in the group. Any answers they gave are kept."
    now_led = f" {areas(led)} now {'go' if led[1:] else 'goes'} to the review’s lead."
    return _step(submission.review, "group", Feedback(f"{gone}{now_led if led else ''}"))


def start(session: Session, turn: Turn, submission: shapes.OnReview) -> Where:
    """Begin the review. A press that comes again finds it begun, and is answered alike."""
    try:
        reviews.start(session, actor=turn.actor, review_id=submission.review, now=turn.now)
    except NotNow:
        if reviews.state_of(session, review_id=submission.review) != ReviewState.COLLECTING:
            raise
    return _step(submission.review, "started")


def _at(step: str) -> Callable[[Any], Where]:
    def home(submission: Any) -> Where:
        own = {
            name: getattr(submission, name)
            for name in ("perspective", "member", "page")
            if hasattr(submission, name)
        }
        if step == "without_teams":
            own = {}
        return _step(submission.review, step, **own)

    return home


HANDLERS: Mapping[str, Callable[[Session, Turn, Any], Where]] = {
    "review.start": begin,
    "setup.show": show,
    "setup.details": details,
    "setup.scope": scope,
    "setup.pace": pace,
    "setup.people": people,
    "setup.roster": roster,
    "setup.member": member,
    "setup.without_teams": without_teams,
    "setup.remove": remove,
    "setup.leads": leads,
    "setup.start": start,
}
# Where each press came from: shown again, with what was typed, if it is refused.
HOMES: Mapping[str, Callable[[Any], Where]] = {
    "setup.details": _at("details"),
    "setup.scope": _at("scope"),
    "setup.pace": _at("pace"),
    "setup.people": _at("perspective"),
    "setup.roster": _at("roster"),
    "setup.member": _at("member"),
    "setup.without_teams": _at("without_teams"),
    "setup.leads": _at("leads"),
    "setup.start": _at("check"),
}
