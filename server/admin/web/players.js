import { el, panel, put, field, choice, table, ask, span, clock } from "./dom.js";
import * as api from "./api.js";

export const spans = [["10m", "10 minutes"], ["1h", "1 hour"], ["1d", "1 day"], ["7d", "1 week"], ["30d", "30 days"], ["forever", "for good"]];

export function players(app) {
  const search = el("input", { type: "search", placeholder: "Name, room or network", "aria-label": "Look for a player", oninput: () => show() });
  const named = {
    name: "Player",
    show(p, td) {
      const notes = [p.spectator && "watches", p.away && "line broken", p.team, !p.person && "no device"].filter(Boolean).join(", ");
      const mute = muted(app, p) ? "muted" : "";
      const want = JSON.stringify([p.name, notes, mute]);
      if (td.dataset.is === want) return;
      td.dataset.is = want;
      td.replaceChildren(el("span", { class: "name" }, p.name), el("span", { class: "tagline" }, notes), el("span", { class: "tagline warn" }, mute));
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
    actions(app, true),
  ], (p) => p.key, "Nobody is here.");
  const gone = table([
    named,
    { name: "Room", short: "was in", text: (p) => p.room },
    { name: "Came", short: "came", text: (p) => clock(p.left) },
    ...network,
    actions(app, false),
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

const muted = (app, p) => p.person && app.state.sanctions.some((s) => s.kind === "mute" && s.person === p.person);

// actions are what can be done about a player.
function actions(app, here) {
  return {
    name: "", class: "actions",
    make: (item) => [
      app.may("mute") && el("button", { class: "small", onclick: () => (muted(app, item()) ? app.act({ do: "unmute", who: item().key }) : muteAsk(app, item())) }, "Mute"),
      here && app.may("kick") && el("button", { class: "small", onclick: () => kickAsk(app, item()) }, "Kick"),
      app.may("ban") && el("button", { class: "small danger", onclick: () => banAsk(app, item()) }, "Ban"),
    ].filter(Boolean),
    show: (p, td) => app.may("mute") && put(td.firstChild, muted(app, p) ? "Unmute" : "Mute"),
  };
}

const reasons = ["Cheating", "Insults", "Spam", "Spoils the game on purpose", "Unfit name"];

function reasonField() {
  const list = el("datalist", { id: "reasons" }, ...reasons.map((r) => el("option", { value: r })));
  const input = el("input", { maxlength: "200", required: true, autofocus: true, list: "reasons", autocomplete: "off" });
  return { input, element: el("div", {}, field("Reason (the player reads it)", input), list) };
}

// past shows what somebody did before.
function past(p) {
  const box = el("div", { class: "past" }, "...");
  if (!p.person) {
    box.textContent = "Shows no device: nothing is known of them, and only their network can be banned.";
  } else {
    api.order({ do: "history", who: p.person }).then((a) => (box.textContent = a.error || a.words));
  }
  return box;
}

export function muteAsk(app, p) {
  const reason = reasonField();
  const helper = app.hello.role === "helper";
  const how = choice(helper ? spans.slice(0, 3) : spans, "1h");
  ask("Mute " + p.name, "Mute", false, [reason.element, field("How long", how), past(p)],
    () => app.act({ do: "mute", who: p.key, for: how.value, reason: reason.input.value }));
}

function kickAsk(app, p) {
  const reason = reasonField();
  ask("Kick " + p.name, "Kick", true, [reason.element, el("p", { class: "dim" }, "They may come back at once."), past(p)],
    () => app.act({ do: "kick", who: p.key, reason: reason.input.value }));
}

function banAsk(app, p) {
  const reason = reasonField();
  const how = choice(spans, "1d");
  const net = el("input", { type: "checkbox" });
  const network = p.network
    ? [el("label", { class: "check" }, net, el("span", {}, "Everybody from " + p.network + " too. Others may live behind the same address."))]
    : [el("p", { class: "dim" }, "Their network is not known.")];
  ask("Ban " + p.name, "Ban", true, [reason.element, field("How long", how), ...network, past(p)],
    () => app.act({ do: net.checked ? "netban" : "ban", who: p.key, for: how.value, reason: reason.input.value }));
}
