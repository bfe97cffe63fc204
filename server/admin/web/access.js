import { el, panel, field, choice, table, ask, day } from "./dom.js";
import * as api from "./api.js";

export function access(app) {
  if (!app.may("invite")) return null;
  const role = choice([["helper", "helper: looks and mutes"], ["moderator", "moderator: kicks and bans too"], ["admin", "admin: everything"]], "moderator");
  const name = el("input", { maxlength: "40", required: true, placeholder: "Who it is for" });
  const life = choice([["1h", "an hour"], ["1d", "a day"], ["7d", "a week"]], "1d");
  const link = el("input", { readonly: true, "aria-label": "The link", onfocus: (e) => e.target.select() });
  const made = el("div", { hidden: true }, el("p", {}, "Send this to them alone. It is good once, and is not shown again."), el("div", { class: "link" }, link,
    el("button", { type: "button", onclick: async () => {
      link.select();
      try { await navigator.clipboard.writeText(link.value); app.tell("Copied."); } catch { app.tell("Press Ctrl+C to copy it."); }
    } }, "Copy")));
  const sessions = table([
    { name: "Who", show(s, td) { td.replaceChildren(el("span", { class: "name" }, s.name), el("span", { class: "tagline" }, s.role + (s.own ? ", this one" : ""))); } },
    { name: "Since", short: "since", text: (s) => day(s.began) },
    { name: "Until", short: "until", text: (s) => day(s.until) },
    { name: "", class: "actions", make: (item) => [el("button", { class: "small", onclick: () => ask("Sign out " + item().name + "?", "Sign out", true, [], () => app.act({ do: "signout", text: item().id })) }, "Sign out")] },
  ], (s) => s.id, "Nobody is signed in.");
  const deeds = table([
    { name: "When", text: (d) => day(d.time) },
    { name: "Who", short: "", text: (d) => d.name + ", " + d.role },
    { name: "Did", short: "", text: (d) => d.do },
    { name: "Whom", short: "", text: (d) => [d.whom, d.room && "in " + d.room].filter(Boolean).join(" ") },
    { name: "What", class: "wrap", text: (d) => [d.text, d.reason, d.until && "until " + day(d.until), d.failed && "refused: " + d.failed].filter(Boolean).join("; ") },
  ], (d) => d.key, "Nothing was done yet.");
  let done = [], count = 0;
  return {
    id: "access", name: "Access",
    content: [
      el("div", { class: "two" },
        panel("Invite", el("form", { class: "row", onsubmit: async (e) => {
          e.preventDefault();
          const answer = await api.order({ do: "invite", text: role.value + ' "' + name.value.replaceAll('"', "") + '" ' + life.value });
          if (answer.error) return app.tell(answer.error, true);
          link.value = location.origin + "/#" + answer.words.split("#").pop().trim();
          made.hidden = false;
          name.value = "";
        } }, field("Role", role), field("Name", name), field("Good for", life), el("button", { class: "strong" }, "Make a link")), made),
        panel("Signed in", sessions.element)),
      panel("What was done", deeds.element),
    ],
    again() { done = []; },
    hear: {
      state(s) { sessions.update(s.sessions || []); },
      deeds(list) {
        done = [...list.map((d) => ({ ...d, key: ++count })).reverse(), ...done].slice(0, 500);
        deeds.update(done);
      },
    },
  };
}
