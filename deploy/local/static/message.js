// One message in a chat: whose it is, its words or its card, and what came of a press.

import { announce, el, tell } from "./api.js";
import { draw } from "./cards.js";
import { full, time } from "./when.js";

export class MessageView {
  constructor(pane) {
    this.pane = pane;
    this.working = 0;
    this.name = el("span", { class: "name" });
    this.stamp = el("time");
    this.words = el("p", { class: "words" });
    this.file = el("div", { class: "file", role: "group" });
    this.card = el("div", { class: "card", role: "group", tabindex: "-1", "aria-busy": "false" });
    this.busy = el("p", { class: "busy", role: "status" });
    this.says = el("p", { class: "says", role: "alert" });
    const head = el("p", { class: "head" }, this.name, " ", this.stamp);
    this.item = el("li", {}, head, this.words, this.file, this.card, this.busy, this.says);
  }

  show(message, pickers) {
    const fresh = this.message?.mark !== message.mark || this.message?.deleted !== message.deleted;
    Object.assign(this, { message, pickers });
    this.item.className = message.sender === "bot" ? "bot" : "person";
    this.item.classList.toggle("mine", message.sender === this.pane.person);
    this.item.classList.toggle("reply", Boolean(message.thread));
    this.name.textContent = message.name;
    const at = new Date(message.at);
    this.stamp.textContent = (message.by ? "by " : "") + time(at);
    this.stamp.dateTime = message.at;
    this.stamp.title = full(at);
    this.words.textContent = this.said();
    this.words.hidden = !this.words.textContent;
    this.card.hidden = !message.card;
    const held = this.file.contains(document.activeElement);
    if (fresh) this.showFile(message.file);
    if (fresh && message.card) this.draw();
    if (held && !message.file) this.focus(); // the button that was pressed is gone
    return fresh;
  }

  said() {
    if (this.message.deleted) return "This message was deleted.";
    return this.message.text + (this.message.edited ? " (edited)" : "");
  }

  // Teams draws its own cards for files: an offer to take or decline, and a saved file to open.
  showFile(file) {
    this.file.replaceChildren();
    this.file.hidden = !file;
    if (!file) return;
    this.file.setAttribute("aria-label", `File ${file.name}`);
    const name = el("p", { class: "file-name" }, file.name);
    const { description, sizeInBytes } = file.content;
    if (file.contentUrl) {
      this.file.append(name, el("a", { href: file.contentUrl, download: file.name }, "Open the file"));
      return;
    }
    const about = el("p", {}, `${description} (${Math.ceil(sizeInBytes / 1024)} KB)`);
    const button = (title, answer) =>
      el("button", { type: "button", onclick: () => this.answerFile(answer) }, title);
    const buttons = el("p", { class: "buttons" }, button("Allow", "accept"), button("Decline", "decline"));
    this.file.append(name, about, buttons);
  }

  // Taken or declined once: Teams takes the buttons away while the bot answers.
  async answerFile(answer) {
    if (this.working) return;
    this.wait(+1);
    this.says.textContent = "";
    try {
      const told = await tell("file", { person: this.pane.person, message: this.message.id, answer });
      await this.pane.load();
      if (told.error) this.tellThem(told.error);
    } catch (problem) {
      this.tellThem(problem.message);
    } finally {
      this.wait(-1);
    }
  }

  draw(values) {
    const { card, name } = this.message;
    this.card.setAttribute("aria-label", `Card from ${name}`);
    if (card.lang) this.card.lang = card.lang;
    const press = (action) => this.press(action);
    this.typed = draw(this.card, card, { pickers: this.pickers, press, values });
    this.says.textContent = "";
  }

  // Other colours, the same words in the inputs.
  redraw() {
    if (this.message.card) this.draw(this.typed());
  }

  // Nobody should type into a card that is about to be replaced.
  async refresh() {
    const { person } = this.pane;
    this.wait(+1);
    try {
      const { refreshed } = await tell("refresh", { person, message: this.message.id });
      if (refreshed) await this.pane.load();
    } finally {
      this.wait(-1);
    }
  }

  async press(action) {
    this.wait(+1);
    this.says.textContent = "";
    try {
      const { person } = this.pane;
      const told = await tell("press", { person, message: this.message.id, composed: action });
      await this.pane.load();
      this.settle(action, told);
    } catch (problem) {
      this.tellThem(problem.message);
    } finally {
      this.wait(-1);
    }
  }

  // Teams wipes an old-style submit's inputs; a card given in answer takes the focus.
  settle(action, told) {
    if (told.error || told.text) this.tellThem(told.error ?? told.text);
    if (!told.error && action.type === "Action.Submit") this.draw();
    if (told.replaced) this.focus();
  }

  tellThem(words) {
    this.says.textContent = words;
    this.says.scrollIntoView({ block: "nearest" });
  }

  focus() {
    this.card.focus({ preventScroll: true });
    this.item.scrollIntoView({ block: "start" });
    announce(`The card changed. ${this.opening()}`);
  }

  // Its first lines: what came of the press stands above the card's heading.
  opening() {
    return this.card.innerText.trim().replace(/\s+/g, " ").slice(0, 200);
  }

  wait(change) {
    this.working += change;
    this.card.setAttribute("aria-busy", String(this.working > 0));
    for (const button of this.file.querySelectorAll("button")) {
      button.setAttribute("aria-disabled", String(this.working > 0));
    }
    this.busy.textContent = this.working ? "Sending…" : "";
  }
}
