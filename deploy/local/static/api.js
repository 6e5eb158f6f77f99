// Calls to the stand-in. Every failed one throws an Error whose message can be shown.

async function answer(reply) {
  const body = await reply.json().catch(() => ({}));
  if (!reply.ok) {
    throw new Error(body.error ?? `The stand-in answered ${reply.status}.`);
  }
  return body;
}

async function call(path, options) {
  let reply;
  try {
    reply = await fetch(path, options);
  } catch {
    throw new Error("The stand-in has stopped. Start it again, then reload this page.");
  }
  return answer(reply);
}

export const look = (path) => call(`/control/${path}`);

export const tell = (name, body, more = {}) =>
  call(`/control/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    ...more,
  });

// A screen reader says it; nothing is seen. Cleared first, so that the same words are said again.
export function announce(words) {
  const region = document.getElementById("announce");
  region.textContent = "";
  setTimeout(() => (region.textContent = words), 50);
}

// An element with attributes, a text or children: el("p", { class: "x" }, "words", child)
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

// Only moves what is out of place, so that focus, typed words and half a click stay.
export function placeIn(list, lines) {
  lines.forEach((line, at) => {
    if (list.children[at] !== line) list.insertBefore(line, list.children[at] ?? null);
  });
  while (list.childElementCount > lines.length) list.lastElementChild.remove();
}
