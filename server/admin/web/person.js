// What is known of somebody, and what can be done about them.
import { el, ask, field, choice, table, span, day } from "./dom.js";
import * as api from "./api.js";

export const spans = [["10m", "10 minutes"], ["1h", "1 hour"], ["1d", "1 day"], ["7d", "1 week"], ["30d", "30 days"], ["forever", "for good"]];

const reasons = ["Cheating", "Insults", "Spam", "Spoils the game on purpose", "Unfit name"];

export const muted = (app, p) => p.person && app.state.sanctions.some((s) => s.kind === "mute" && s.person === p.person);

// nameButton is a name that opens what is known of who has it.
export const nameButton = (app, item) => el("button", { class: "name", onclick: () => personAsk(app, item()) }, item().name);

// actions are what can be done about somebody, as buttons; here are those in a room.
export function actions(app, item, here) {
  return [
    app.may("mute") && el("button", { class: "small", onclick: () => (muted(app, item()) ? app.act({ do: "unmute", who: item().key }) : muteAsk(app, item())) }, "Mute"),
    here && app.may("kick") && el("button", { class: "small", onclick: () => kickAsk(app, item()) }, "Kick"),
    app.may("ban") && el("button", { class: "small danger", onclick: () => banAsk(app, item()) }, "Ban"),
  ].filter(Boolean);
}

// personAsk shows what is known of somebody.
function personAsk(app, p) {
  const all = el("div", { class: "person" }, el("p", { class: "dim" }, "..."));
  const box = ask(p.name || "Somebody", "", false, [all]);
  if (!p.person) {
    all.replaceChildren(el("p", { class: "dim" }, nobody));
    return;
  }
  api.look("/host/people/" + p.person).then((is) => {
    if (is.error) return all.replaceChildren(el("p", { class: "bad" }, is.error));
    all.replaceChildren(seen(is), standings(is.standings), el("h3", {}, "Bans and mutes"), sanctions(is.sanctions), el("p", { class: "dim" }, "Person ", el("code", {}, is.person)));
    box.querySelector(".foot button")?.focus();
  });
}

const nobody = "Shows no device: nothing is known of them, and only their network can be banned.";

const seen = (is) => el("p", { class: "dim" }, is.first_seen
  ? "First here " + day(is.first_seen) + ", last " + day(is.last_seen) + "; " + is.visits + (is.visits === 1 ? " visit." : " visits.")
  : "Here for the first time, or nothing is kept.");

const ratio = (s) => (s.deaths ? (s.kills / s.deaths).toFixed(2) : s.kills ? "all" : "-");

function standings(list) {
  const grid = table([
    { name: "Matches of", text: (s) => (s.season || "all time") + (s.mode ? ", " + s.mode : "") },
    { name: "Played", short: "played", class: "number", text: (s) => s.games },
    { name: "Won", short: "won", class: "number", text: (s) => s.wins },
    { name: "Left early", short: "left early", class: "number", text: (s) => s.abandoned },
    { name: "Kills / deaths", short: "k/d", class: "number", text: (s) => s.kills + " / " + s.deaths + " = " + ratio(s) },
    { name: "Points", short: "points", class: "number", text: (s) => s.score },
    { name: "Time", short: "time", class: "number", text: (s) => span(s.seconds) },
  ], (s) => s.season + "/" + s.mode, "Has ended no match here.");
  grid.update(list);
  return grid.element;
}

function sanctions(list) {
  const until = (s) => (s.until ? "until " + day(s.until) : "for good");
  const grid = table([
    { name: "When", text: (s) => day(s.began) },
    { name: "What", short: "", text: (s) => (s.kind === "ban" ? "banned " : "muted ") + until(s) },
    { name: "Why", class: "wrap", text: (s) => s.reason },
    { name: "By", short: "by", text: (s) => s.by || "" },
    { name: "Lifted", short: "lifted", class: "wrap", text: (s) => (s.lifted ? [day(s.lifted), s.lifted_by && "by " + s.lifted_by, s.lift_word].filter(Boolean).join(", ") : "") },
  ], (s) => s.id, "None.");
  grid.update(list);
  return grid.element;
}

function reasonField() {
  const list = el("datalist", { id: "reasons" }, ...reasons.map((r) => el("option", { value: r })));
  const input = el("input", { maxlength: "200", required: true, autofocus: true, list: "reasons", autocomplete: "off" });
  return { input, element: el("div", {}, field("Reason (the player reads it)", input), list) };
}

// past shows in a line what somebody did before, and every sanction they had.
function past(p) {
  const box = el("div", { class: "past" }, "...");
  if (!p.person) {
    box.textContent = nobody;
    return box;
  }
  api.look("/host/people/" + p.person).then((is) => {
    if (is.error) return (box.textContent = is.error);
    const all = is.standings.find((s) => !s.season && !s.mode);
    const lines = [all ? all.games + " matches, " + all.wins + " won, " + all.kills + " / " + all.deaths + " kills and deaths, " + span(all.seconds) : "Has ended no match here."];
    for (const s of is.sanctions) lines.push(day(s.began) + ": " + (s.kind === "ban" ? "banned" : "muted") + ", " + s.reason + (s.lifted ? " (lifted)" : ""));
    if (!is.sanctions.length) lines.push("Was never banned or muted.");
    box.textContent = lines.join("\n");
  });
  return box;
}

function muteAsk(app, p) {
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
