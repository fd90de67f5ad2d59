// What went to and fro between the workspace and the app.
import { el, keep } from "./dom.js";

// journal shows the last entries; those that are open stay open.
export function journal(into, entries) {
  keep(into, entries ?? [], (e) => String(e.number), (e, old) => entry(e, old?.open ?? false));
}

const arrows = { call: "→", delivery: "←", socket: "↔", stray: "?" };

function entry(e, open) {
  const made = el("details", { open }, el("summary", {}, `${e.at} ${arrows[e.kind] ?? ""} ${e.what} `, el("span", { className: e.good ? "good" : "bad" }, e.outcome)));
  const fill = () => {
    if (!made.open || made.querySelector("pre")) return;
    for (const part of [e.sent, e.answer]) if (part) made.append(el("pre", {}, JSON.stringify(part, null, 1)));
  };
  made.addEventListener("toggle", fill);
  fill();
  return made;
}
