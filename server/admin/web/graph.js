// Graphs of the last ten minutes, on a canvas.
import { el } from "./dom.js";

const ink = { ion: "#3df5ff", wake: "#ff3d9a", warn: "#ffb03a", grid: "#16203a", text: "#8a97b1" };

// nice returns the next larger of 1, 2, 5 times a power of ten.
function nice(x) {
  const power = 10 ** Math.floor(Math.log10(x || 1));
  return [1, 2, 5, 10].map((m) => m * power).find((v) => v >= x);
}

// graph draws curves [{of: sample => number, color, fill}] of samples; limit is a line
// across, unit words a number.
export function graph(label, curves, unit, limit) {
  const canvas = el("canvas", { role: "img", "aria-label": label });
  let samples = [];
  function draw() {
    const ratio = devicePixelRatio || 1, w = canvas.clientWidth, h = canvas.clientHeight;
    if (!w) return;
    canvas.width = w * ratio;
    canvas.height = h * ratio;
    const c = canvas.getContext("2d");
    c.scale(ratio, ratio);
    c.font = "12px system-ui, sans-serif";
    const left = 62, bottom = 20, top = 8, right = 6;
    let most = limit ? limit * 1.1 : 0;
    for (const s of samples) for (const curve of curves) most = Math.max(most, curve.of(s));
    most = nice(most);
    const y = (v) => top + (h - top - bottom) * (1 - v / most);
    const now = samples.length ? samples[samples.length - 1].t : 0;
    const x = (t) => left + (w - left - right) * (1 - (now - t) / 600);
    c.fillStyle = ink.text;
    c.strokeStyle = ink.grid;
    c.lineWidth = 1;
    c.textBaseline = "middle";
    for (const share of [0, 0.5, 1]) {
      const at = Math.round(y(most * share)) + 0.5;
      c.beginPath();
      c.moveTo(left, at);
      c.lineTo(w - right, at);
      c.stroke();
      c.textAlign = "right";
      c.fillText(unit(most * share), left - 8, at);
    }
    c.textBaseline = "alphabetic";
    for (const [minutes, align] of [[10, "left"], [5, "center"], [0, "right"]]) {
      c.textAlign = align;
      c.fillText(minutes ? "-" + minutes + " min" : "now", x(now - minutes * 60), h - 4);
    }
    if (limit && limit <= most) {
      c.strokeStyle = ink.warn;
      c.setLineDash([5, 4]);
      c.beginPath();
      c.moveTo(left, y(limit));
      c.lineTo(w - right, y(limit));
      c.stroke();
      c.setLineDash([]);
    }
    const recent = samples.filter((s) => s.t >= now - 600);
    for (const curve of curves) {
      c.strokeStyle = ink[curve.color];
      c.lineWidth = 1.5;
      c.lineJoin = "round";
      c.beginPath();
      recent.forEach((s, i) => (i ? c.lineTo(x(s.t), y(curve.of(s))) : c.moveTo(x(s.t), y(curve.of(s)))));
      c.stroke();
    }
  }
  new ResizeObserver(draw).observe(canvas);
  return {
    element: canvas,
    update(list) {
      samples = list;
      const last = list[list.length - 1];
      if (last) canvas.setAttribute("aria-label", label + ": " + curves.map((k) => k.name + " " + unit(k.of(last))).join(", "));
      draw();
    },
  };
}

// legend names curves.
export const legend = (...parts) =>
  el("div", { class: "legend" }, ...parts.map(([color, words]) => el("span", {}, el("i", { class: color }), words)));
