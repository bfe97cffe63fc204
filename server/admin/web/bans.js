import { el, panel, field, put, table, ask, span, day } from "./dom.js";
import { actions, muted, nameButton } from "./person.js";
import * as api from "./api.js";

export function bans(app) {
  const left = (s) => (s.until ? span((new Date(s.until) - new Date(app.state.time)) / 1000) : "for good");
  const columns = [
    { name: "Whom", make: (item) => [item().person ? nameButton(app, item) : el("span", { class: "name" }), el("span", { class: "tagline" })],
      show(s, td) {
        put(td.firstChild, s.name || "Somebody");
        put(td.lastChild, s.network ? "everybody from " + s.network : "");
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
  const found = table([
    { name: "Name", make: (item) => [nameButton(app, item)], show: (p, td) => put(td.firstChild, p.name) },
    { name: "Last here", short: "last here", text: (p) => day(p.last_seen) },
    { name: "Person", short: "", class: "mono", text: (p) => p.person },
    { name: "", class: "actions", make: (item) => actions(app, item, false), show: (p, td) => app.may("mute") && put(td.firstChild, muted(app, p) ? "Unmute" : "Mute") },
  ], (p) => p.person, "Nobody.");
  const said = el("p", { class: "bad", role: "alert", hidden: true });
  const results = el("div", { hidden: true }, found.element);
  const view = {
    id: "bans", name: "Bans",
    content: [
      panel("In force", list.element),
      panel("Look somebody up", el("form", { class: "row", onsubmit: async (e) => {
        e.preventDefault();
        const list = await api.look("/host/people?name=" + encodeURIComponent(name.value));
        put(said, list.error || "");
        said.hidden = !list.error;
        results.hidden = !!list.error;
        if (!list.error) found.update(list.map((p) => ({ ...p, key: p.person })));
      } }, name, el("button", { class: "strong" }, "Find")), el("p", { class: "dim" }, "Everybody who was ever here, by the name they had last. The 32 digits are the person, whatever they are called; the console takes them too."), said, results),
    ],
    hear: { state(s) { view.badge.textContent = s.sanctions.length || ""; list.update(s.sanctions); } },
  };
  return view;
}

function liftAsk(app, s) {
  const why = el("input", { maxlength: "200", autofocus: true });
  ask("Lift the " + s.kind + " of " + (s.network || s.name || "somebody"), "Lift", false, [field("Why (for the audit)", why)],
    () => app.act({ do: "lift", text: s.id, reason: why.value }));
}
