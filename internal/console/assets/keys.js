// Keys that work wherever the focus is. Those that are a single character can be switched off, for
// people who dictate or whose keys slip.
import { find, composing, keep, kept } from "./page.js";
import { add, copy } from "./draft.js";

const dialog = find("keys"), single = find("single-keys");
const writes = target => target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");

function chord(event) {
  if (!find("draft") || event.altKey || event.shiftKey) return false;
  const key = event.key.toLowerCase(), control = event.ctrlKey, either = control || event.metaKey;
  if (either && key === "b") copy("rich");
  else if (control && key === "m") copy("mail");
  else if (either && event.key === "Enter") add();
  else return false;
  return true;
}

function character(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || !single?.checked || writes(event.target)) return false;
  if (event.key === "/") {
    if (find("q")) find("q").focus(); else location.href = "/agent/";
    return true;
  }
  if (event.key === "?" && dialog) return dialog.showModal(), true;
  const choices = document.querySelectorAll(".numbered a");
  const choice = event.key === "b" ? document.querySelector('[data-key="b"]') : choices[event.key - 1];
  choice?.click();
  return Boolean(choice);
}

document.addEventListener("keydown", event => {
  if (composing(event) || event.repeat || document.querySelector("dialog[open]")) return;
  if (chord(event) || character(event)) event.preventDefault();
});

document.addEventListener("click", event => {
  const opener = event.target.closest("[data-open]");
  if (opener) find(opener.dataset.open).showModal();
});

if (single) {
  single.checked = kept("localStorage", "single-keys", true);
  single.addEventListener("change", () => keep("localStorage", "single-keys", single.checked));
}
