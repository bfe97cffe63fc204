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
  const shares = el("div", { class: "shares" }), fields = el("div", { class: "shares" });
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
        panel("What is sent in the main room", shares, el("h3", {}, "Of what changes in sight"), fields,
          el("p", { class: "dim" }, el("a", { href: "/rooms/main/bytes", target: "_blank", rel: "noopener" }, "All of it, in figures")))),
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
        showShares(shares, s.bill, 7, (b) => parts[b.name] || b.name);
        showShares(fields, s.fields, 7, (b) => b.kind.replace("_", " ") + ": " + b.name.replace("_", " "));
      },
    },
    opened() { ticks.update(samples); flow.update(samples); },
  };
}

// parts words what bytes of a frame are for.
const parts = {
  chunks: "what changes in sight", keyframes: "what comes into sight", own: "one's own ship", roster: "the scoreboard", kills: "hits and kills",
  game: "the match", chat: "chat", welcome: "welcomes", envelope: "the frame itself",
};

function showShares(box, bill, most, name) {
  const all = (bill || []).reduce((sum, b) => sum + b.amount, 0);
  if (!all) return box.replaceChildren(el("span", { class: "dim" }, "Nothing was sent yet."));
  const shown = bill.slice(0, most);
  while (box.childElementCount > 3 * shown.length || box.firstElementChild?.className === "dim") box.lastElementChild.remove();
  while (box.childElementCount < 3 * shown.length) box.append(el("span"), el("div", { class: "bar" }, el("i")), el("span", { class: "dim" }));
  shown.forEach((b, i) => {
    const [label, bar, share] = [...box.children].slice(3 * i);
    put(label, name(b));
    bar.firstChild.style.width = (100 * b.amount) / all + "%";
    put(share, ((100 * b.amount) / all).toFixed(1) + " %");
  });
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
