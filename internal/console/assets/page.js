// What all parts of the page's script share.

export const find = id => document.getElementById(id);

// composing tells whether a key belongs to an input method: Enter then chooses kanji and nothing else.
// Safari ends composing before it reports that Enter, and gives it the code 229.
export const composing = event => event.isComposing || event.keyCode === 229;

// post sends fields and returns the part of a page that comes back.
export async function post(path, fields, signal) {
  const answer = await fetch(path, { method: "POST", body: new URLSearchParams(fields), signal, headers: { Accept: "text/html" } });
  if (answer.status === 401) location.reload(); // the session is over; the page leads to signing in
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.text();
}

// tell says something in the page's one live region, also if it is what was said last.
let telling;
export function tell(text) {
  const toast = find("toast");
  if (!toast) return;
  clearTimeout(telling);
  toast.textContent = "";
  telling = setTimeout(() => {
    toast.textContent = text;
    telling = setTimeout(() => { toast.textContent = ""; }, 6000);
  }, 50);
}

// keep and kept remember small things in this browser. A browser may forbid that.
export function keep(storage, name, value) {
  try { window[storage].setItem("passdesk-" + name, JSON.stringify(value)); } catch { /* then it is not remembered */ }
}
export function kept(storage, name, otherwise) {
  try { return JSON.parse(window[storage].getItem("passdesk-" + name)) ?? otherwise; } catch { return otherwise; }
}
