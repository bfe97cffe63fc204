import { el, panel, lines } from "./dom.js";
import * as api from "./api.js";

// fit puts columns below each other where there is no room beside.
const fit = (text) => (matchMedia("(max-width: 40rem)").matches ? text.replace(/(\S) {3,}/g, "$1\n    ") : text);

export function console_(app) {
  const out = lines("", 300);
  const input = el("input", { class: "mono", "aria-label": "Order", autocomplete: "off", autocapitalize: "off", spellcheck: "false", placeholder: "help" });
  const past = [];
  let at = 0;
  const say = (kind, text) => out.add(el("pre", { class: kind }, text));
  input.addEventListener("keydown", (e) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[e.key];
    if (!step || !past.length) return;
    e.preventDefault();
    at = Math.max(0, Math.min(past.length, at + step));
    input.value = past[at] || "";
  });
  return {
    id: "console", name: "Console",
    content: [panel("Orders by line", out.element, el("form", { class: "row", onsubmit: async (e) => {
      e.preventDefault();
      const text = input.value.trim() || "help";
      input.value = "";
      at = past.push(text);
      say("asked", "> " + text);
      const { words, ok } = await api.line(text);
      say(ok ? "" : "refused", fit(words.trimEnd()));
      out.end();
    } }, input, el("button", { class: "strong" }, "Send")))],
    opened() {
      if (!past.length && !out.element.childElementCount) {
        say("dim", fit(app.hello.help));
        out.element.scrollTop = 0;
      }
      if (matchMedia("(pointer: fine)").matches && !document.activeElement?.matches("[role=tab]")) input.focus(); // arrows go on to the next tab
    },
  };
}
