import { el, lines, choice, clock } from "./dom.js";

export function log(app) {
  if (!app.may("kick")) return null;
  const box = lines("log", 1000);
  const level = choice([["", "All levels"], ["WARN", "Warnings and errors"], ["ERROR", "Errors"]], "");
  const text = el("input", { type: "search", placeholder: "Only lines with...", "aria-label": "Only lines with" });
  level.setAttribute("aria-label", "Level");
  const fits = (p) => {
    const deep = { WARN: ["WARN", "ERROR"], ERROR: ["ERROR"] }[level.value];
    return (!deep || deep.includes(p.dataset.level)) && p.textContent.toLowerCase().includes(text.value.trim().toLowerCase());
  };
  const sift = () => { for (const p of box.element.children) p.hidden = !fits(p); box.end(); };
  level.addEventListener("change", sift);
  text.addEventListener("input", sift);
  return {
    id: "log", name: "Log",
    content: [el("section", { class: "panel" }, el("div", { class: "head" }, el("h2", {}, "Log of the server"), el("div", { class: "row" }, level, text)), box.element)],
    opened: () => box.end(),
    again: () => box.clear(),
    hear: {
      log(list) {
        const more = list.map((l) => {
          const p = el("p", { class: l.level, "data-level": l.level }, el("time", {}, clock(l.time)), el("span", { class: "level" }, l.level.toLowerCase()), el("span", { class: "text" }, l.text));
          p.hidden = !fits(p);
          return p;
        });
        box.add(...more);
      },
    },
  };
}
