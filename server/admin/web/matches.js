import { el, panel, choice, field, ask, put, span, table, day, bytes } from "./dom.js";
import * as api from "./api.js";

const shown = (entry) => (entry || "").replace(":", ", ");

export function matches(app) {
  const cards = new Map();
  const list = el("div", { class: "two" });
  const rotation = el("input", { placeholder: "foundry:brawl, closet:squads, ...", "aria-label": "Rotation", required: true });
  const arenas = app.hello.arenas.join(", "), modes = app.hello.modes.join(", ");
  const all = app.may("rotation") ? [panel("What is played in turn, in all rooms",
    el("form", { class: "row", onsubmit: (e) => { e.preventDefault(); app.act({ do: "rotation", text: rotation.value }); } }, rotation, el("button", { class: "strong" }, "Set")),
    el("p", { class: "dim" }, "Until the next start; --rotation holds for good. Arenas: " + arenas + ". Modes: " + modes + "."))] : [];
  const replays = recordings(app), said = el("p", { class: "bad", role: "alert" });
  const view = {
    id: "matches", name: "Matches",
    content: [list, ...all, panel("Matches that were recorded", replays.element, said)],
    async opened() {
      const recorded = await api.look("/host/replays");
      put(said, recorded.error || "");
      if (!recorded.error) replays.update(recorded);
    },
    hear: {
      state(s) {
        const gone = new Set(cards.keys());
        for (const place of s.places) {
          gone.delete(place.room);
          if (!cards.has(place.room)) {
            const card = makeCard(app, place.room);
            cards.set(place.room, card);
            list.append(card.element);
          }
          cards.get(place.room).update(place, s.status.rooms.find((r) => r.name === place.room));
        }
        for (const name of gone) {
          cards.get(name).element.remove();
          cards.delete(name);
        }
        const main = s.places.find((p) => p.room === "main");
        if (main && !rotation.value && document.activeElement !== rotation) rotation.value = main.rotation.join(", ");
      },
    },
  };
  return view;
}

// recordings lists matches that can be watched on the game's page.
function recordings(app) {
  const game = app.hello.game || "";
  const page = game.startsWith(":") ? "//" + location.hostname + game + "/" : game;
  return table([
    { name: "When", text: (r) => day(r.began) },
    { name: "Room", short: "in", text: (r) => r.room },
    { name: "Played", short: "", text: (r) => r.map + ", " + r.mode },
    { name: "Length", short: "", class: "number", text: (r) => span(r.seconds) + (r.whole ? "" : ", cut") },
    { name: "First", short: "first", class: "wrap", text: (r) => r.best.join(", ") },
    { name: "Size", short: "", class: "number", text: (r) => bytes(r.bytes) },
    { name: "", class: "actions", make: (item) => [
      ...page && item().plays && item().public
        ? [el("a", { href: page + "?replay=" + encodeURIComponent(item().id), target: "_blank", rel: "noopener" }, "Watch")]
        : item().plays ? [] : [el("span", { class: "dim" }, "other version")],
      el("a", { href: "/host/replays/" + encodeURIComponent(item().id), download: "" }, "Save"),
    ] },
  ], (r) => r.id, "Nothing was recorded yet: a match with people in it is, when it is over.");
}

// makeCard shows a room, and what an admin can do about what is played there.
function makeCard(app, room) {
  const now = el("b", {}), next = el("b", { class: "later" }), phase = el("span", {}), people = el("span", { class: "dim" });
  const arena = choice(app.hello.arenas.map((a) => [a, a])), mode = choice([["", "mode as now"], ...app.hello.modes.map((m) => [m, m])], "");
  const act = app.may("map") ? [
    el("form", { class: "row", onsubmit: (e) => {
      e.preventDefault();
      app.act({ do: "map", room, text: arena.value + (mode.value ? ":" + mode.value : "") });
    } }, field("Play next", arena), field("Mode", mode), el("button", {}, "Play next"),
    el("button", { type: "button", class: "danger", onclick: () => ask("End the match in " + room + "?", "End it", true,
      [el("p", {}, "Its result counts as it stands now. What comes next follows after the podium.")], () => app.act({ do: "end", room })) }, "End the match")),
  ] : [];
  return {
    element: el("section", { class: "panel" }, el("div", { class: "head" }, el("h2", {}, room), people),
      el("div", { class: "tiles" }, el("div", { class: "tile" }, now, phase), el("div", { class: "tile" }, next, el("span", {}, "next"))), ...act,
      el("p", { class: "dim" }, el("a", { href: "/rooms/" + encodeURIComponent(room) + "/bytes", target: "_blank", rel: "noopener" }, "What is sent here, by kind"))),
    update(p, r) {
      put(now, shown(p.rotation[p.now]));
      put(next, shown(p.rotation[p.next]));
      put(phase, "match " + p.match + ", " + p.phase + ", " + span(p.left) + " left");
      if (r) put(people, r.players + " of " + r.max + " playing, " + r.spectators + " watching, " + r.bots + " bots");
    },
  };
}
