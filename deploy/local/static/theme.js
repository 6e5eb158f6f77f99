// Runs before anything is drawn, so that a dark page does not flash light.
"use strict";
document.documentElement.dataset.theme =
  localStorage.getItem("theme") ??
  (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
