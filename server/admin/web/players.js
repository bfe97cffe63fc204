import { el, panel, put, table, span, clock } from "./dom.js";
import { actions, muted, nameButton } from "./person.js";

export function players(app) {
  const search = el("input", { type: "search", placeholder: "Name, room or network", "aria-label": "Look for a player", oninput: () => show() });
  const named = {
    name: "Player",
    make: (item) => [nameButton(app, item), el("span", { class: "tagline" }), el("span", { class: "tagline warn" })],
    show(p, td) {
      const notes = [p.spectator && "watches", p.away && "line broken", p.team, !p.person && "no device"].filter(Boolean).join(", ");
      const [name, tagline, mute] = td.children;
      put(name, p.name);
      put(tagline, notes);
      put(mute, muted(app, p) ? "muted" : "");
    },
  };
  const network = app.may("ban") ? [{ name: "Network", short: "from", text: (p) => p.network || "" }] : [];
  const here = table([
    named,
    { name: "Room", short: "in", text: (p) => p.room },
    { name: "Ping", short: "ping", class: "number", text: (p) => (p.away ? "" : p.ping + " ms") },
    { name: "Score", short: "score", class: "number", text: (p) => (p.spectator ? "" : p.score) },
    { name: "Kills / deaths", short: "k/d", class: "number", text: (p) => (p.spectator ? "" : p.kills + " / " + p.deaths) },
    { name: "Here", short: "here", class: "number", text: (p) => span(p.here) },
    ...network,
    column(app, true),
  ], (p) => p.key, "Nobody is here.");
  const gone = table([
    named,
    { name: "Room", short: "was in", text: (p) => p.room },
    { name: "Came", short: "came", text: (p) => clock(p.left) },
    ...network,
    column(app, false),
  ], (p) => p.key, "Nobody has left yet.");

  function show() {
    if (!app.state) return;
    const text = search.value.trim().toLowerCase();
    const fits = (p) => !text || [p.name, p.room, p.network || "", p.person || ""].some((x) => x.toLowerCase().includes(text));
    here.update(app.state.players.filter(fits));
    gone.update(app.state.recent.filter(fits).slice(0, 50));
  }
  const view = {
    id: "players", name: "Players",
    content: [
      el("section", { class: "panel" }, el("div", { class: "head" }, el("h2", {}, "Here now"), search), here.element),
      panel("Not here any more", gone.element),
    ],
    hear: { state(s) { view.badge.textContent = s.players.length || ""; show(); } },
  };
  return view;
}

// column has what can be done about a player.
const column = (app, here) => ({
  name: "", class: "actions", make: (item) => actions(app, item, here),
  show: (p, td) => app.may("mute") && put(td.firstChild, muted(app, p) ? "Unmute" : "Mute"),
});
