// Draws a card with Microsoft's renderer and Teams' host configuration. Knows nothing of any card.

const markdown = window.markdownit({ html: false, linkify: false, breaks: true });
AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown.render(text);
  result.didProcess = true;
};

const configs = {};
for (const theme of ["light", "dark"]) {
  configs[theme] = await (await fetch(`/lib/teams-${theme}.json`)).json();
  // The page has headings of levels 1 to 3 above a card.
  configs[theme].textBlock = { headingLevel: 4 };
}
// Microsoft's red is too dark on its dark card for small text (WCAG 2.2, 1.4.3).
for (const style of Object.values(configs.dark.containerStyles)) {
  style.foregroundColors.attention = { default: "#ff99a4", subtle: "#ff99a4" };
}

function* nodes(tree) {
  if (Array.isArray(tree)) {
    for (const item of tree) yield* nodes(item);
  } else if (tree && typeof tree === "object") {
    yield tree;
    for (const value of Object.values(tree)) yield* nodes(value);
  }
}

// A people picker's choices come from the directory here, from Microsoft Graph in Teams.
function filled(card, pickers, values) {
  const copy = structuredClone(card);
  for (const node of nodes(copy)) {
    const query = node["choices.data"];
    if (node.type === "Input.ChoiceSet" && query) {
      const known = new Set((node.choices ?? []).map((choice) => choice.value));
      const people = (pickers[query.dataset] ?? []).filter((one) => !known.has(one.value));
      node.choices = [...(node.choices ?? []), ...people];
      delete node["choices.data"];
    }
    if (String(node.type).startsWith("Input.") && values.has(node.id)) {
      node.value = values.get(node.id);
    }
  }
  return copy;
}

// What the renderer made of a press: inputs checked and laid over the data.
function composed(action) {
  const made = { type: action.getJsonTypeName(), title: action.title, data: action.data ?? {} };
  if (action.id) made.id = action.id;
  if (action.verb) made.verb = action.verb;
  return made;
}

// The renderer names the box around a filtered list, but not the input inside it.
function nameFiltered(place) {
  for (const input of place.querySelectorAll(".ac-choiceSetInput-filtered")) {
    const names = input.parentElement.getAttribute("aria-labelledby");
    if (names) input.setAttribute("aria-labelledby", names);
  }
}

// The renderer tells of every button; those that show and hide are its own affair.
const REACHES_THE_BOT = new Set(["Action.Execute", "Action.Submit"]);

let folds = 0;

// Two cards of one chat may name their folds alike; on a page each needs a name of its own.
function nameFolds(place) {
  for (const button of place.querySelectorAll("button[aria-controls]")) {
    const folded = place.querySelector(`#${CSS.escape(button.getAttribute("aria-controls"))}`);
    if (!folded) continue;
    folded.id = `fold-${(folds += 1)}`;
    button.setAttribute("aria-controls", folded.id);
  }
}

// The renderer tells of an open fold on the fold itself, where ARIA does not allow it, not on the
// button that opened it.
function tellFolds(place) {
  for (const button of place.querySelectorAll("button[aria-controls]")) {
    const folded = document.getElementById(button.getAttribute("aria-controls"));
    if (!folded) continue;
    button.setAttribute("aria-expanded", String(folded.style.display !== "none"));
    folded.removeAttribute("aria-expanded");
  }
}

// Draws `card` into `place`; `press(action)` is called for a button that reaches the bot.
// Answers a function that gives what is typed in it now, by input id.
export function draw(place, card, { pickers, press, values = new Map() }) {
  const drawn = new AdaptiveCards.AdaptiveCard();
  drawn.hostConfig = new AdaptiveCards.HostConfig(configs[document.documentElement.dataset.theme]);
  drawn.onExecuteAction = (action) => {
    const kind = action.getJsonTypeName();
    if (kind === "Action.OpenUrl") window.open(action.url, "_blank", "noopener");
    else if (REACHES_THE_BOT.has(kind)) press(composed(action));
    else setTimeout(tellFolds, 0, place); // the renderer tells of a button before it acts on it
  };
  drawn.parse(filled(card, pickers, values));
  const made = drawn.render();
  // The renderer lets Tab stop on the card itself, where there is nothing to do.
  made?.removeAttribute("tabindex");
  place.replaceChildren(made ?? "This card cannot be shown.");
  nameFiltered(place);
  nameFolds(place);
  tellFolds(place);
  place.onclick = () => nameFiltered(place);
  for (const link of place.querySelectorAll("a[href]")) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
  return () => new Map(drawn.getAllInputs().map((input) => [input.id, input.value ?? ""]));
}
