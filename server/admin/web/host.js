// The page of those who run the server: the way in, the frame, and what goes where.
import { el, put } from "./dom.js";
import * as api from "./api.js";
import { overview } from "./overview.js";
import { players } from "./players.js";
import { chat } from "./chat.js";
import { matches } from "./matches.js";
import { bans } from "./bans.js";
import { log } from "./log.js";
import { console_ } from "./console.js";
import { access } from "./access.js";

const $ = (id) => document.getElementById(id);

// app is what the views share.
const app = {
  hello: null,
  state: null,
  may: (command) => app.hello.may.includes(command),
  // act has an order carried out and says what came of it; words that refuse it are returned.
  async act(what) {
    const answer = await api.order(what);
    tell(answer.error || answer.words, !!answer.error);
    return answer.error || "";
  },
  tell,
};

let telling;

function tell(words, bad) {
  const box = $("told");
  put(box, words);
  box.className = bad ? "told bad" : "told";
  box.hidden = false;
  clearTimeout(telling);
  telling = setTimeout(() => (box.hidden = true), bad ? 9000 : 5000);
}

let views = [];

// build makes the views that the role may see.
function build() {
  views = [overview, players, chat, matches, bans, log, console_, access].map((make) => make(app)).filter(Boolean);
  $("tabs").replaceChildren(...views.map((v) => {
    v.badge = el("span", { class: "count" });
    v.tab = el("button", { role: "tab", id: "tab-" + v.id, "aria-controls": "view", onclick: () => open(v) }, v.name, v.badge);
    return v.tab;
  }));
  open(views.find((v) => v.id === sessionStorage.getItem("ionwake.view")) || views[0]);
}

function open(view) {
  for (const v of views) {
    v.tab.setAttribute("aria-selected", v === view);
    v.tab.tabIndex = v === view ? 0 : -1;
  }
  sessionStorage.setItem("ionwake.view", view.id);
  $("view").replaceChildren(...view.content);
  $("view").setAttribute("aria-labelledby", view.tab.id);
  view.tab.scrollIntoView({ block: "nearest", inline: "nearest" });
  view.opened?.();
}

// Arrows go from tab to tab, as in every list of tabs.
$("tabs").addEventListener("keydown", (e) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
  const at = views.findIndex((v) => v.tab === document.activeElement);
  let to = step && at >= 0 ? (at + step + views.length) % views.length : { Home: 0, End: views.length - 1 }[e.key];
  if (to === undefined) return;
  e.preventDefault();
  open(views[to]);
  views[to].tab.focus();
});

function hear(name, data) {
  if (name === "hello") {
    const first = !app.hello || app.hello.role !== data.role;
    app.hello = data;
    put($("who"), data.name + (data.name === data.role ? "" : ", " + data.role));
    if (first) build();
    for (const v of views) v.again?.();
    $("door").hidden = true;
    $("board").hidden = false;
  }
  if (name === "state") {
    app.state = data;
    put($("server-name"), data.status.name);
    document.title = data.status.name + " - Ionwake host";
    const locked = data.limits.locked_until && new Date(data.limits.locked_until) > new Date(data.time);
    line(locked ? "locked" : "live", locked ? "warn" : "");
  }
  for (const v of views) v.hear?.[name]?.(data);
}

function line(words, kind) {
  put($("line"), words);
  $("line").className = "chip " + kind;
}

function door(words) {
  app.hello = null;
  $("board").hidden = true;
  $("door").hidden = false;
  if (words) put($("door-words"), words);
  $("door-words").className = words ? "bad" : "";
  $("door-link").focus();
}

async function enter(link) {
  const refused = link ? await api.signIn(link) : "";
  if (refused) {
    // Somebody may open a used link while signed in already.
    if (!localStorage.getItem("ionwake.page")) return door(refused);
  }
  await api.listen(hear, (words) => line("no line: " + words, "bad"), () => door(refused || ""));
}

$("door-form").addEventListener("submit", (e) => {
  e.preventDefault();
  const link = $("door-link").value;
  $("door-link").value = "";
  enter(link);
});
$("sign-out").addEventListener("click", async () => {
  await api.signOut();
  location.reload();
});

// The secret leaves the address at once: nobody reads it off the screen or the history.
const given = location.hash.slice(1);
if (given) history.replaceState(null, "", location.pathname);
enter(given);
