// Reads a JSON array of cards on stdin; prints, for each, what Microsoft's parser says of it.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");

const cards = require(
  join(__dirname, "../../deploy/local/node_modules/adaptivecards/dist/adaptivecards.min.js"),
);
cards.GlobalSettings.enableFullJsonRoundTrip = true; // events then know the JSON they came from

// Teams takes people pickers in version 1.5 and without fixed choices; this parser knows neither.
function peoplePicker({ event, message, source }) {
  const kind = cards.ValidationEvent[event];
  if (kind === "UnsupportedProperty") return message.includes('"choices.data"');
  return kind === "CollectionCantBeEmpty" && Boolean(source.getCustomProperty("choices.data"));
}

function events(source) {
  cards.CardElement.langProperty.regEx.lastIndex = 0; // its /g would refuse every second card's
  const context = new cards.SerializationContext(cards.Versions.v1_5);
  const card = new cards.AdaptiveCard();
  card.parse(source, context);
  const parsed = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at));
  return [...parsed, ...card.validateProperties().validationEvents]
    .filter((event) => !peoplePicker(event))
    .map((event) => `${cards.ValidationEvent[event.event]}: ${event.message}`);
}

const sources = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(sources.map(events)));
