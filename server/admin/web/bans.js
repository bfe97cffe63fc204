import { el, panel, field, table, ask, span, day } from "./dom.js";

export function bans(app) {
  const left = (s) => (s.until ? span((new Date(s.until) - new Date(app.state.time)) / 1000) : "for good");
  const columns = [
    { name: "Whom", show(s, td) {
      const want = s.name + s.network;
      if (td.dataset.is === want) return;
      td.dataset.is = want;
      td.replaceChildren(el("span", { class: "name" }, s.name || "Somebody"), el("span", { class: "tagline" }, s.network ? "everybody from " + s.network : ""));
    } },
    { name: "What", short: "", text: (s) => (s.kind === "ban" ? "banned" : "muted") },
    { name: "Left", short: "left", class: "number", text: left },
    { name: "Until", short: "until", text: (s) => (s.until ? day(s.until) : "") },
    { name: "Reason", class: "wrap", text: (s) => s.reason },
    { name: "By", short: "by", text: (s) => s.by },
    { name: "Since", short: "since", text: (s) => day(s.began) },
  ];
  if (app.may("lift")) {
    columns.push({ name: "", class: "actions", make: (item) => [el("button", { class: "small", onclick: () => liftAsk(app, item()) }, "Lift")] });
  } else {
    columns.push({ name: "", class: "actions", make: (item) => [el("button", { class: "small", onclick: () => app.act({ do: "unmute", who: item().person }) }, "Unmute")],
      show: (s, td) => (td.hidden = s.kind !== "mute") });
  }
  const list = table(columns, (s) => s.id, "Nobody is banned or muted.");
  const name = el("input", { placeholder: "Name, or its beginning", required: true });
  const found = el("pre", { class: "past mono" });
  found.hidden = true;
  const view = {
    id: "bans", name: "Bans",
    content: [
      panel("In force", list.element),
      panel("Look somebody up", el("form", { class: "row", onsubmit: async (e) => {
        e.preventDefault();
        const { words, error } = await view.look(name.value);
        found.textContent = error || words;
        found.hidden = false;
      } }, name, el("button", { class: "strong" }, "Find")), el("p", { class: "dim" }, "The 32 digits are the person: ban, mute and history of the console take them, whether they are here or not."), found),
    ],
    look: async (text) => (await import("./api.js")).order({ do: "find", text }),
    hear: { state(s) { view.badge.textContent = s.sanctions.length || ""; list.update(s.sanctions); } },
  };
  return view;
}

function liftAsk(app, s) {
  const why = el("input", { maxlength: "200", autofocus: true });
  ask("Lift the " + s.kind + " of " + (s.network || s.name || "somebody"), "Lift", false, [field("Why (for the audit)", why)],
    () => app.act({ do: "lift", text: s.id, reason: why.value }));
}
