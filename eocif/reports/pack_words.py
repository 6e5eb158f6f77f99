"""The words of an answer pack, on paper and in Excel (PURE). Ours, but for the edition's."""

from collections.abc import Iterable, Mapping

from eocif.pack_summaries import Pack, PackArea
from eocif.round_summaries import ConfirmForm, Utterance
from eocif.rules.answers import WORDS, choice_name
from eocif.rules.dates import day_in_words
from eocif.rules.framework import Area, Edition, Indicator
from eocif.rules.phrases import areas, listed, many
from eocif.rules.progress import DONT_KNOW, NOT_APPLICABLE
from eocif.rules.spread import EVERYONE, Spread
from eocif.rules.statements import Statement
from eocif.summaries import Privacy

NOT_JUDGED = "There is no pass or fail. This does not assess performance."
FREE = "You do not have to answer everything. You can say that you do not know."
NO_DIFFERENCE = "Your answer counts the same as everyone else's."
DEFINED_FOR_AREAS = (
    "The framework defines levels for a whole area. Our words, not the framework's, say how each "
    "reads for one statement."
)
KEEP = "We have an answer from you already. Leave empty what should stay as it is."
DRAFT_QUESTION = "What do you say to this draft?"
ANSWERS: Mapping[str, str] = {
    "agree": "I agree with this wording",
    "agree_with_comment": "I agree, and I have a comment",
    "concern": "I want to raise a concern",
}
CALLED_FOR: Mapping[str, tuple[str, str]] = {
    "excelling": (
        "If you chose Excelling for any statement",
        "What evidence shows how this is leading to improvement?",
    ),
    "achieving": (
        "If you chose Achieving for any statement",
        "Are there any major omissions? If so, what are they?",
    ),
    "not_applicable": (
        "If you chose Not applicable for any statement",
        "Why does this not apply? Please name the statement.",
    ),
}
COMMENT = "Your comment, or the reason for your concern"


def title(pack: Pack) -> str:
    """What the pack is called."""
    return f"Your answers: {pack.head.title}"


def opening(pack: Pack) -> list[str]:
    """What this is, for whom, and how long it takes."""
    minutes = sum(each.form.minutes for each in pack.areas)
    size = many(len(pack.areas), "area")
    return [
        f"This is for {pack.name}.",
        f"You are in the review group of {pack.head.provider}. You speak from this perspective: "
        f"{pack.perspective}.",
        f"There {'is' if len(pack.areas) == 1 else 'are'} {size} to answer. "
        f"Most people take about {many(minutes, 'minute')}.",
        FREE,
        NO_DIFFERENCE,
        NOT_JUDGED,
    ]


def give_back(pack: Pack) -> list[str]:
    """To whom it goes back and by when: a sentence for each lead and day."""
    sentences = []
    for (lead, day), numbers in _leads(pack).items():
        by = f" by 5pm on {day}" if day else ""
        sentences.append(f"Please give {areas(numbers, opening=False)} back to {lead}{by}.")
    return [*sentences, "They type in what you write. It is marked as recorded for you."]


def _leads(pack: Pack) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = {}
    for each in pack.areas:
        closes_on = each.form.closes_on
        key = (each.lead_name, day_in_words(closes_on) if closes_on else "")
        found.setdefault(key, []).append(each.number)
    return found


def another_way(pack: Pack) -> list[str]:
    """How to ask for this in another form, and the needs that are recorded."""
    leads = list(dict.fromkeys(each.lead_name for each in pack.areas))
    ask = (
        f"Do you need this another way? Tell {listed(leads)}. It could be easy read, a phone call, "
        "another language, or an interpreter."
    )
    return [ask, f"We have noted that you need: {pack.needs}"] if pack.needs else [ask]


def privacy(seen: Privacy, recorder: str) -> str:
    """Who will see names and words, and what not to write."""
    return (
        f"Confidential: {recorder} types in your answer, so they see it. Nobody else does before "
        "the round closes. Then the review group sees your words and levels by perspective, "
        f"without a name. {_who_sees_names(seen)} "
        "Please do not name or describe someone who could be recognised."
    )


def _who_sees_names(seen: Privacy) -> str:
    if seen.leads_are_shared:
        also = " and the leads of areas" if seen.area_leads_see_names else ""
        return f"The leads of reviews here, such as {seen.lead_name},{also} then see your name."
    if seen.area_leads_see_names:
        return f"The lead, {seen.lead_name}, and the leads of areas then see your name."
    return f"The lead, {seen.lead_name}, then sees your name as well."


def heading(area: PackArea) -> str:
    """An area's number with its short title, which is ours or the review's own."""
    form = area.form
    what = "The draft. " if area.confirm else ""
    whose = "local" if form.area.label_is_local else "ours"
    return f"Area {area.number}. {what}{form.area.label} (short title: {whose})"


def plain_lines(area: Area, statement: Statement) -> list[str]:
    """What helps to read a statement, marked as ours or local; nothing for an area as a whole."""
    found = [each for each in area.indicators if each.code == statement.code]
    return [line for each in found for line in _help(each)]


def _help(indicator: Indicator) -> Iterable[str]:
    whose = "local" if indicator.help_is_local else "our"
    if indicator.plain:
        yield f"In plain English ({whose} words): {indicator.plain}"
    if indicator.future_users:
        yield "This asks about people who do not use services now but need to, or will."
    if indicator.example:
        yield f"For example (our words): {indicator.example}"
    for term, meaning in indicator.expansions:
        yield f"“{term}” means (our words): {meaning}"


def choices(edition: Edition) -> dict[str, str]:
    """Everything that can be chosen for a statement, in words, by key; lowest level first."""
    keys = (*(level.key for level in edition.levels), DONT_KNOW, NOT_APPLICABLE)
    return {key: choice_name(edition, key) for key in keys}


def questions(edition: Edition) -> dict[str, str]:
    """The worksheet's three questions, by field."""
    return dict(zip(WORDS, edition.questions, strict=False))


# --- a draft ------------------------------------------------------------------------------


def draft_words(form: ConfirmForm) -> list[tuple[str, str]]:
    """The draft's answers under their questions, as far as there are any."""
    titles = {**questions(form.edition), "gap": "Where people see this differently"}
    return [(name, form.words[field]) for field, name in titles.items() if form.words.get(field)]


def draws_on(form: ConfirmForm) -> str:
    """Whose views the draft draws on; "" where that is not said."""
    return f"It draws on: {listed(form.draws_on)}." if form.draws_on else ""


def proposed(form: ConfirmForm, code: str) -> str:
    """The level proposed for a statement, in words; "" where none is."""
    return choice_name(form.edition, form.proposed.get(code, ""))


def spreads(form: ConfirmForm, code: str) -> list[tuple[str, Spread]]:
    """A statement's ratings: everyone's, and each group's."""
    for result in form.result.statements:
        if result.statement.code == code:
            groups = [(each.name, each.spread) for each in result.groups]
            return [(EVERYONE, result.spread), *groups]
    return []


def spread_line(edition: Edition, who: str, spread: Spread) -> str:
    """A spread in a line: “Everyone: Progressing 2, Achieving 9, don't know 1”."""
    names = [level.name for level in edition.levels]
    counts = [*zip(names, spread.counts, strict=True)]
    counts += [("don't know", spread.dont_know), ("not applicable", spread.not_applicable)]
    return f"{who}: {', '.join(f'{name} {count}' for name, count in counts if count) or 'none'}"


def said(form: ConfirmForm) -> list[tuple[str, list[tuple[str, str]]]]:
    """What others said, by question: who, as a group, and their words. Nothing hidden is there."""
    titles = {**WORDS, **questions(form.edition), "evidence": "Evidence", "comment": "Comments"}
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in titles}
    for each in form.utterances:
        if not each.is_all_hidden and (text := _words(each)):
            found[each.field].append((each.group, text))
    return [(titles[name], texts) for name, texts in found.items() if texts]


def _words(each: Utterance) -> str:
    return " ".join(filter(None, (f"{each.source}:" if each.source else "", each.text, each.link)))
