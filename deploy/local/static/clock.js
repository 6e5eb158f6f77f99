// The bot's clock: what it shows, and moving it.

import { announce, look, tell } from "./api.js";
import { full } from "./when.js";

const shown = document.getElementById("now");
const name = document.getElementById("clock-name");
const says = document.getElementById("clock-says");
const buttons = [document.getElementById("day"), document.getElementById("week")];
let offset = 0;
let moving = false;

export function show(state) {
  offset = new Date(state.now) - Date.now();
  name.textContent = state.clock_known ? "The bot’s clock:" : "This computer’s clock:";
  tick();
}

function tick() {
  const now = new Date(Date.now() + offset);
  shown.textContent = full(now);
  shown.dateTime = now.toISOString();
}

// A day at a time, so that each message carries the day it came.
async function move(days) {
  if (moving) return;
  busy(true);
  try {
    for (let day = 1; day <= days; day += 1) {
      says.textContent = days > 1 ? `Moving the clock: day ${day} of ${days}…` : "Moving the clock…";
      const { now } = await tell("advance", { advance: "P1D" });
      show({ now, clock_known: true });
    }
    announce(`It is now ${shown.textContent}.`);
    says.textContent = "";
  } catch (problem) {
    says.textContent = problem.message;
  }
  busy(false);
}

function busy(is) {
  moving = is;
  for (const button of buttons) button.setAttribute("aria-disabled", String(is));
}

export function start() {
  buttons[0].addEventListener("click", () => move(1));
  buttons[1].addEventListener("click", () => move(7));
  setInterval(tick, 5000);
  return look("clock").catch((problem) => (says.textContent = problem.message));
}
