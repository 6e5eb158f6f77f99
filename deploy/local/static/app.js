// The page: who there is, whose chats are shown, and keeping them up to date.

import { el, look, placeIn, tell } from "./api.js";
import * as clock from "./clock.js";
import { Pane } from "./pane.js";

const BESIDE = ["(min-width: 1200px)", "(min-width: 1700px)"];
const chats = document.getElementById("chats");
const who = document.getElementById("who");
const first = new Pane();
const beside = [];
const entries = new Map();
let state;

const panes = () => [first, ...beside.map((one) => one.pane)];
const isChannel = (value) => value === "channel";

// --- who there is ---------------------------------------------------------

class Entry {
  constructor(value) {
    this.name = el("span");
    this.post = el("span", { class: "post" });
    this.count = el("span");
    this.unread = el("span", { class: "unseen" });
    this.badge = el("span", { class: "badge" }, this.count, this.unread);
    const text = el("span", { class: "entry" }, this.name, this.post);
    const attributes = { type: "button", "data-value": value, onclick: () => choose(value) };
    this.button = el("button", attributes, text, this.badge);
    this.line = el("li", {}, this.button);
  }

  show(name, post, unread, current) {
    this.name.textContent = name;
    this.post.textContent = post;
    const words = unread === 1 ? " unread message" : " unread messages";
    this.count.textContent = unread || "";
    this.unread.textContent = unread ? words : "";
    this.badge.hidden = !unread;
    if (current) this.button.setAttribute("aria-current", "true");
    else this.button.removeAttribute("aria-current");
    return this.line;
  }
}

// A button stays the same one, or a click that is half done would be lost.
function entry(value, name, post, unread) {
  if (!entries.has(value)) entries.set(value, new Entry(value));
  return entries.get(value).show(name, post, unread, value === chosen());
}

function withoutTeams(person) {
  if (!entries.has(person.key)) {
    const note = `${person.post}. No Teams account.`;
    const line = el("li", { class: "outside" }, el("span", {}, person.name), el("span", { class: "post" }, note));
    entries.set(person.key, { line });
  }
  return entries.get(person.key).line;
}

function list() {
  const people = state.people.map((one) =>
    one.in_teams ? entry(one.key, one.name, one.guest ? `${one.post}, guest` : one.post, one.unread) : withoutTeams(one));
  placeIn(document.getElementById("people"), people);
  const here = state.people.find((one) => one.key === first.person);
  const channel = entry("channel", state.team.name, "Channel", here?.unread_channel ?? 0);
  placeIn(document.getElementById("team"), [channel]);
}

function unreadElsewhere() {
  const others = state.people.filter((one) => one.unread && one.key !== first.person).length;
  return others ? `${others} ${others === 1 ? "other person has" : "others have"} unread messages` : "";
}

function options(select, blank) {
  const made = state.people.map((one) => {
    if (!one.in_teams) return el("option", { disabled: true }, `${one.name} (no Teams account)`);
    const unread = one.unread ? ` (${one.unread} unread)` : "";
    return el("option", { value: one.key }, one.name + unread);
  });
  const kept = select.value;
  const none = blank ? [el("option", { value: "" }, blank)] : [];
  const channel = el("option", { value: "channel" }, `${state.team.name} (channel)`);
  select.replaceChildren(...none, ...made, channel);
  select.value = kept;
}

const chosen = () => (isChannel(first.conversation) ? "channel" : first.person);

// --- whose chats are shown ---------------------------------------------------

// The channel is seen as whoever was looked at last.
async function showIn(pane, value) {
  const person = isChannel(value) ? (pane.person ?? first.person) : value;
  const left = pane.person;
  await pane.show(person, isChannel(value) ? "channel" : "personal");
  if (left && left !== person) await leave(left);
  await update();
}

// Others may still be looking at the same person's chat.
async function leave(person) {
  if (!panes().some((pane) => pane.person === person)) await tell("leave", { person });
}

async function choose(value) {
  sessionStorage.setItem("chosen", value);
  await showIn(first, value);
}

function addBeside() {
  const label = beside.length ? "And beside" : "Beside";
  const select = el("select", {}, el("option", { value: "" }, "Nobody"));
  const chooser = el("label", { class: "chooser" }, el("span", {}, label), select);
  const pane = new Pane(chooser, beside.length ? "Third chat" : "Second chat");
  select.addEventListener("change", () => (select.value ? showIn(pane, select.value) : close(pane)));
  beside.push({ pane, select });
  options(select, "Nobody");
  chats.append(pane.element);
}

function close(pane) {
  const { person } = pane;
  pane.empty();
  if (person) leave(person);
}

function fitBeside() {
  const wanted = BESIDE.filter((query) => matchMedia(query).matches).length;
  while (beside.length < wanted) addBeside();
  while (beside.length > wanted) {
    const { pane } = beside.pop();
    close(pane);
    pane.element.remove();
  }
  chats.dataset.panes = String(1 + beside.length);
}

// --- keeping up to date ----------------------------------------------------------

async function update() {
  state = await look("state?brief=1");
  clock.show(state);
  list();
  options(who);
  who.value = chosen() ?? "";
  document.getElementById("others").textContent = unreadElsewhere();
  for (const { select } of beside) options(select, "Nobody");
  for (const pane of panes()) pane.describe(state);
}

let waiting = null;

function soon() {
  waiting ??= setTimeout(() => {
    waiting = null;
    update();
  }, 100);
}

function listen() {
  const events = new EventSource("/control/events");
  events.addEventListener("message", ({ data }) => {
    const changed = new Set(JSON.parse(data));
    for (const pane of panes()) if (changed.has(pane.person)) pane.load();
    soon();
  });
}

function theme() {
  const button = document.getElementById("theme");
  const root = document.documentElement;
  const name = () => (button.textContent = root.dataset.theme === "dark" ? "Light colours" : "Dark colours");
  button.addEventListener("click", () => {
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    localStorage.setItem("theme", root.dataset.theme);
    name();
    for (const pane of panes()) pane.redraw();
  });
  name();
}

async function begin() {
  theme();
  chats.append(first.element);
  state = await look("state?brief=1");
  const people = state.people.filter((one) => one.in_teams);
  const kept = sessionStorage.getItem("chosen");
  const start = people.find((one) => one.key === kept) ?? people[0];
  who.addEventListener("change", () => choose(who.value));
  await showIn(first, start.key);
  fitBeside();
  for (const query of BESIDE) matchMedia(query).addEventListener("change", fitBeside);
  listen();
  await clock.start();
  await update();
  document.body.dataset.ready = "true";
}

addEventListener("pagehide", () => {
  for (const { person } of panes()) if (person) tell("leave", { person }, { keepalive: true });
});

begin();
