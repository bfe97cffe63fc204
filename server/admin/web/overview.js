import { el, panel, field, put, bytes, span } from "./dom.js";
import { graph, legend } from "./graph.js";

export function overview(app) {
  const tiles = {};
  const tile = (id, words) => el("div", { class: "tile" }, (tiles[id] = el("b", {}, "-")), el("span", {}, words));
  const row = el("div", { class: "tiles" }, tile("players", "playing"), tile("watching", "watching"), tile("bots", "bots"),
    tile("rooms", "rooms"), tile("tick", "longest round of ticks"), tile("out", "sent a second"));
  const ms = (v) => (v >= 10 || !v ? v.toFixed(0) : v.toFixed(v < 1 ? 2 : 1)) + " ms";
  const ticks = graph("Rounds of ticks", [
    { name: "longest", of: (s) => s.max, color: "wake" }, { name: "on average", of: (s) => s.mean, color: "ion" },
  ], ms, app.hello.budget);
  const flow = graph("Bandwidth", [
    { name: "received", of: (s) => s.in, color: "wake" }, { name: "sent", of: (s) => s.out, color: "ion" },
  ], bytes);
  const shares = el("div", { class: "shares" });
  const limits = el("p", {});
  let samples = [];

  return {
    id: "overview", name: "Overview",
    content: [
      row,
      el("div", { class: "two" },
        panel("Tick", ticks.element, legend(["wake", "longest of 2 s"], ["ion", "on average"], ["warn-line", "what a tick lasts"])),
        panel("Bandwidth", flow.element, legend(["ion", "sent"], ["wake", "received"]))),
      el("div", { class: "two" },
        panel("Newcomers", limits, ...limitForms(app)),
        panel("What frames of the main room are made of", shares, el("p", { class: "dim" }, "All of it: ", el("a", { href: "/rooms/main/bytes", target: "_blank", rel: "noopener" }, "bytes by kind")))),
    ],
    again() { samples = []; },
    hear: {
      graph(list) {
        samples = samples.concat(list).slice(-300);
        ticks.update(samples);
        flow.update(samples);
        const last = samples[samples.length - 1];
        put(tiles.tick, ms(last.max));
        put(tiles.out, bytes(last.out));
      },
      state(s) {
        put(tiles.players, s.status.players + " ");
        tiles.players.append(el("small", {}, "of " + s.status.max));
        put(tiles.watching, s.status.spectators);
        put(tiles.bots, s.status.bots);
        put(tiles.rooms, s.status.rooms.length);
        put(limits, s.limits.words);
        showShares(shares, s.bill);
      },
    },
    opened() { ticks.update(samples); flow.update(samples); },
  };
}

function showShares(box, bill) {
  const all = (bill || []).reduce((sum, b) => sum + b.amount, 0);
  box.replaceChildren(...(bill || []).slice(0, 7).flatMap((b) => {
    const fill = el("i");
    fill.style.width = (100 * b.amount) / all + "%";
    return [el("span", {}, b.name), el("div", { class: "bar" }, fill), el("span", { class: "dim" }, ((100 * b.amount) / all).toFixed(1) + " %")];
  }));
  if (!all) box.replaceChildren(el("span", { class: "dim" }, "Nothing was sent yet."));
}

// limitForms are what an admin does against a raid.
function limitForms(app) {
  if (!app.may("lockdown")) return [];
  const form = (label, command, hint) => {
    const text = el("input", { placeholder: hint, size: "8", required: true });
    const send = (value) => app.act({ do: command, text: value });
    return el("form", { class: "row", onsubmit: (e) => { e.preventDefault(); send(text.value.trim()).then((refused) => { if (!refused) text.value = ""; }); } },
      el("div", { class: "field grow" }, field(label, text)), el("button", {}, "Set"), el("button", { type: "button", class: "quiet", onclick: () => send("off") }, "Off"));
  };
  return [
    form("Let nobody new in, for", "lockdown", "30m"),
    form("Newcomers a minute, at most", "joins", "20"),
    form("Newcomers cannot talk, for", "quiet", "1m"),
  ];
}
