// Small tools for the page. Whatever people wrote is put in as text, never as markup.

// el makes an element. What begins with "on" listens; children are elements or text.
export function el(name, with_ = {}, ...children) {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(with_)) {
    if (value === undefined || value === false) continue;
    if (key.startsWith("on")) e.addEventListener(key.slice(2), value);
    else if (key === "class") e.className = value;
    else if (key === "value") e.value = value;
    else e.setAttribute(key, value === true ? "" : value);
  }
  e.append(...children.filter((c) => c !== undefined && c !== null));
  return e;
}

export const panel = (title, ...children) =>
  el("section", { class: "panel" }, el("div", { class: "head" }, el("h2", {}, title)), ...children);

let fields = 0;

// field is a label with what it is for.
export function field(label, control) {
  control.id ||= "f" + ++fields;
  return el("div", { class: "field" }, el("label", { for: control.id }, label), control);
}

export const choice = (options, value) =>
  el("select", {}, ...options.map(([v, text]) => el("option", { value: v, selected: v === value }, text)));

// put changes a text only if it differs, so that nothing flickers and no selection is lost.
export function put(e, text) {
  text = String(text);
  if (e.textContent !== text) e.textContent = text;
}

// table shows a list whose rows stay the same elements as long as their key is there:
// whoever has the focus on a button in one keeps it.
export function table(columns, keyOf, empty) {
  const body = el("tbody");
  const nothing = el("p", { class: "empty" }, empty);
  const grid = el("table", { class: "cards" }, el("thead", {}, el("tr", {}, ...columns.map((c) => el("th", { class: c.class, scope: "col" }, c.name)))), body);
  const rows = new Map();
  const make = (item) => {
    const row = { item, cells: [] };
    row.tr = el("tr", {}, ...columns.map((c) => {
      const td = el("td", { class: c.class, "data-name": c.short });
      if (c.make) td.append(...c.make(() => row.item));
      row.cells.push(td);
      return td;
    }));
    return row;
  };
  return {
    element: el("div", { class: "scroll" }, grid, nothing),
    update(list) {
      const gone = new Set(rows.keys());
      let before = null;
      list.forEach((item) => {
        const key = keyOf(item);
        gone.delete(key);
        let row = rows.get(key);
        if (!row) rows.set(key, (row = make(item)));
        row.item = item;
        columns.forEach((c, i) => {
          if (c.text) put(row.cells[i], c.text(item));
          if (c.show) c.show(item, row.cells[i]);
        });
        const place = before ? before.nextSibling : body.firstChild;
        if (place !== row.tr) body.insertBefore(row.tr, place);
        before = row.tr;
      });
      for (const key of gone) {
        rows.get(key).tr.remove();
        rows.delete(key);
      }
      grid.hidden = list.length === 0;
      nothing.hidden = list.length > 0;
    },
  };
}

// lines is a list that grows at its end and follows it, unless one looks further up.
export function lines(kind, most) {
  const box = el("div", { class: "lines " + kind, tabindex: "0", role: "log", "aria-live": "off" });
  return {
    element: box,
    add(...more) {
      const follows = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
      box.append(...more);
      while (box.childElementCount > most) box.firstChild.remove();
      if (follows || more.length > 50) box.scrollTop = box.scrollHeight;
    },
    end() { box.scrollTop = box.scrollHeight; },
    clear() { box.replaceChildren(); },
  };
}

// ask opens a dialog and calls done when it is confirmed; done may refuse by returning
// words. Without words on the button there is nothing to confirm.
export function ask(title, strong, danger, content, done) {
  const said = el("p", { class: "dim", role: "alert" });
  const go = strong ? el("button", { class: danger ? "danger" : "strong" }, strong) : undefined;
  const form = el("form", { method: "dialog" }, el("h2", {}, title), ...content, said,
    el("div", { class: "foot" }, el("button", { type: "button", onclick: () => box.close() }, strong ? "Cancel" : "Close"), go));
  const box = el("dialog", { class: strong ? "" : "wide", "aria-label": title, onclose: () => box.remove() }, form);
  form.addEventListener("submit", async (e) => {
    e.preventDefault();
    if (!go) return box.close();
    go.disabled = true;
    const refused = await done();
    go.disabled = false;
    if (refused) put(said, refused);
    else box.close();
  });
  document.body.append(box);
  box.showModal();
  form.querySelector("[autofocus]")?.focus();
  return box;
}

const two = (n) => String(n).padStart(2, "0");

// span words a number of seconds.
export function span(s) {
  s = Math.max(0, Math.round(s));
  if (s < 60) return s + " s";
  if (s < 3600) return Math.floor(s / 60) + " min" + (s < 600 ? " " + two(s % 60) + " s" : "");
  if (s < 86400) return Math.floor(s / 3600) + " h " + two(Math.floor((s % 3600) / 60)) + " min";
  return Math.floor(s / 86400) + " d " + Math.floor((s % 86400) / 3600) + " h";
}

export const clock = (t) => new Date(t).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
export const day = (t) => new Date(t).toLocaleString([], { dateStyle: "medium", timeStyle: "short", hour12: false });

export function bytes(n) {
  if (n < 1000) return Math.round(n) + " B";
  if (n < 1e6) return (n / 1e3).toFixed(n < 1e4 ? 1 : 0) + " kB";
  return (n / 1e6).toFixed(n < 1e7 ? 1 : 0) + " MB";
}
