import { el, panel, choice, lines, clock } from "./dom.js";

export function chat(app) {
  const said = lines("", 400);
  const room = choice([["", "All rooms"]], "");
  const text = el("input", { maxlength: "200", placeholder: "The server says...", "aria-label": "Announcement", required: true });
  const form = app.may("say") ? [el("form", { class: "row", onsubmit: async (e) => {
    e.preventDefault();
    if (!(await app.act({ do: "say", room: room.value, text: text.value }))) text.value = "";
  } }, room, text, el("button", { class: "strong" }, "Announce"))] : [];
  room.setAttribute("aria-label", "Room");
  return {
    id: "chat", name: "Chat",
    content: [panel("What is said to all, and to a side", said.element, ...form,
      el("p", { class: "dim" }, "Whispers are nobody else's business. To mute somebody, see Players."))],
    opened: () => said.end(),
    again: () => said.clear(),
    hear: {
      chat(list) {
        said.add(...list.map((l) => el("p", { class: l.name ? "" : "server" }, el("time", {}, clock(l.time)), el("span", { class: "dim" }, l.room || "all"),
          el("span", { class: "from" }, (l.name || "Server") + (l.team ? " (" + l.team + ")" : "")), el("span", { class: "text" }, l.text))));
      },
      state(s) {
        const names = ["", ...s.places.map((p) => p.room)];
        if (names.join() === [...room.options].map((o) => o.value).join()) return;
        const was = room.value;
        room.replaceChildren(...names.map((n) => el("option", { value: n }, n || "All rooms")));
        if (names.includes(was)) room.value = was;
      },
    },
  };
}
