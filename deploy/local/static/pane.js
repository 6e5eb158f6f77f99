// One chat: a person's own with the bot, or the channel as that person sees it.

import { announce, el, look, placeIn, tell } from "./api.js";
import { MessageView } from "./message.js";
import { day } from "./when.js";

let count = 0;

export class Pane {
  // `place` tells panes apart where two show the same: "Second chat", for those who cannot see it.
  constructor(chooser = null, place = "") {
    this.place = place;
    const id = `pane-${(count += 1)}`;
    this.person = this.conversation = null;
    this.views = new Map();
    this.title = el("h2", { id, class: chooser && "unseen" });
    this.about = el("p", { class: "post" });
    this.notice = el("div", { class: "notice" });
    this.list = el("ol");
    this.none = el("p", { class: "none" }, "No messages yet.");
    this.log = el("div", { class: "log", role: "region", tabindex: "0" }, this.none, this.list);
    this.compose = new Compose(id, (text, mention) => this.say(text, mention));
    const head = el("div", { class: "pane-head" }, ...(chooser ? [chooser] : []), this.title, this.about);
    this.element = el("section", { "aria-labelledby": id, class: "pane" }, head, this.notice, this.log, this.compose.form);
    this.empty();
  }

  empty() {
    this.person = this.conversation = null;
    this.title.textContent = `${this.place}: nobody chosen`;
    this.about.textContent = "Choose whose chat to show here.";
    this.notice.replaceChildren();
    this.log.hidden = this.compose.form.hidden = true;
  }

  // Come to a chat, having left the one that was here.
  async show(person, conversation) {
    Object.assign(this, { person, conversation });
    this.views.clear();
    this.list.replaceChildren();
    this.log.hidden = this.compose.form.hidden = false;
    this.log.setAttribute("aria-busy", "true");
    try {
      await tell("leave", { person });
      await tell("open", { person, conversation });
      await this.load();
    } finally {
      this.log.setAttribute("aria-busy", "false");
    }
    this.toEnd();
  }

  describe(state) {
    const person = state.people.find((one) => one.key === this.person);
    if (!person) return;
    const channel = this.conversation === "channel";
    const place = this.place && `${this.place}: `;
    this.title.textContent = place + (channel ? `${state.team.name} (channel)` : person.name);
    this.about.textContent = channel ? `Seen as ${person.name}` : describePost(person);
    this.log.setAttribute("aria-label", place + (channel ? "Posts" : `Messages of ${person.name}`));
    this.compose.ask(channel ? `Post as ${person.name}` : `Message from ${person.name}`, channel);
    const there = channel ? state.team.installed : person.has_app;
    this.compose.form.hidden = !there;
    this.offerInstall(there, channel ? "the team" : person.name, channel ? { team: true } : { person: person.key });
  }

  offerInstall(there, whom, body) {
    if (there) return this.notice.replaceChildren();
    if (this.notice.childElementCount) return;
    const add = () => tell("install", body).then(() => this.load(), (problem) => this.fail(problem));
    const button = el("button", { type: "button", onclick: add }, "Add the app");
    this.notice.append(el("p", {}, `The app is not installed for ${whom}.`), button);
  }

  fail(problem) {
    this.compose.says.textContent = problem.message;
  }

  async load() {
    const { person, conversation } = this;
    if (!person) return;
    const chat = await look(`chat?person=${person}&conversation=${conversation}`);
    if (person !== this.person || conversation !== this.conversation) return;
    const before = this.list.childElementCount;
    this.arrange(chat);
    const typing = this.list.contains(document.activeElement);
    if (this.list.childElementCount > before && !typing) this.toEnd();
    this.refresh(chat.messages.filter((message) => message.wants_refresh));
  }

  arrange({ messages, pickers }) {
    const lines = [];
    let last = "";
    for (const message of inOrder(messages)) {
      const on = day(new Date(message.at));
      if (on !== last) lines.push(this.dayLine((last = on)));
      lines.push(this.line(message, pickers));
    }
    placeIn(this.list, lines);
    this.none.hidden = lines.length > 0;
  }

  dayLine(on) {
    const key = `day ${on}`;
    if (!this.views.has(key)) {
      this.views.set(key, { item: el("li", { class: "day" }, el("h3", {}, on)) });
    }
    return this.views.get(key).item;
  }

  line(message, pickers) {
    const known = this.views.has(message.id);
    const view = known ? this.views.get(message.id) : new MessageView(this);
    this.views.set(message.id, view);
    view.show(message, pickers);
    if (!known && message.sender === "bot" && hasSome(this.list)) {
      announce(`New message from ${message.name}. ${message.summary || message.text}`);
    }
    return view.item;
  }

  // Teams refreshes a card that asks for it when its person sees it.
  refresh(wanting) {
    for (const { id } of wanting) this.views.get(id).refresh().catch((problem) => this.fail(problem));
  }

  redraw() {
    for (const view of this.views.values()) view.redraw?.();
  }

  // To the newest message; to its beginning where it is long.
  toEnd() {
    const last = this.list.lastElementChild;
    const scrolls = getComputedStyle(this.log).overflowY !== "visible";
    const room = scrolls ? this.log.clientHeight : innerHeight;
    last?.scrollIntoView({ block: last.offsetHeight > room * 0.7 ? "start" : "end" });
  }

  async say(text, mention) {
    const { person, conversation } = this;
    await tell("say", { person, conversation, text, mention });
    await this.load();
    this.toEnd();
  }
}

const hasSome = (list) => list.childElementCount > 0;

function describePost(person) {
  const where = person.in_team ? "" : ", not in the team";
  return `${person.post}${person.guest ? ", guest" : ""}${where}`;
}

// Answers in a channel stand under the post they answer.
function inOrder(messages) {
  const roots = messages.filter((message) => !message.thread);
  const answers = (root) => messages.filter((message) => message.thread === root.id);
  return roots.flatMap((root) => [root, ...answers(root)]);
}

class Compose {
  constructor(id, send) {
    this.send = send;
    this.label = el("label", { for: `${id}-text` });
    this.text = el("textarea", { id: `${id}-text`, rows: "1", placeholder: "Type a message", onkeydown: (event) => this.key(event) });
    this.mention = el("input", { type: "checkbox", id: `${id}-mention`, checked: true });
    this.mentioned = el("p", { class: "mention" }, this.mention, el("label", { for: `${id}-mention` }, "Mention the bot"));
    this.says = el("p", { class: "says", role: "alert" });
    const button = el("button", { type: "submit" }, "Send");
    const row = el("div", { class: "row" }, this.text, button);
    this.form = el("form", { class: "compose" }, this.label, row, this.mentioned, this.says);
    this.form.addEventListener("submit", (event) => this.submit(event));
  }

  ask(label, channel) {
    this.label.textContent = label;
    this.mentioned.hidden = !channel;
  }

  key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  async submit(event) {
    event.preventDefault();
    const text = this.text.value.trim();
    if (!text) return;
    this.text.value = this.says.textContent = "";
    try {
      await this.send(text, this.mention.checked);
    } catch (problem) {
      this.says.textContent = problem.message;
      this.text.value ||= text;
    }
  }
}
