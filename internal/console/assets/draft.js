// The message that is being put together: laid out by the server, copied here.
import { find, post, tell, keep, kept } from "./page.js";
import { put } from "./clipboard.js";

const form = find("draft"), sheet = find("sheet");
let now = sheet?.querySelector("[name=now]")?.value ?? ""; // the answer looked at
let chain = Promise.resolve(), latest = 0;

// refresh lays the message out anew. Changes wait for each other; of what only looks, the last one counts.
function refresh(act) {
  const mine = ++latest;
  chain = chain.then(async () => {
    if (!act && mine !== latest) return;
    const fields = new URLSearchParams(new FormData(form));
    fields.set("now", now);
    fields.set("part", "sheet");
    if (act) fields.set("act", act);
    replace(await post(form.action, fields));
  }).catch(() => tell(form.dataset.failed));
  return chain;
}

// replace shows what came back and keeps the focus where it was, or near.
function replace(html) {
  const focused = sheet.contains(document.activeElement) ? document.activeElement : null;
  sheet.innerHTML = html; // written by the server's templates, which escape
  if (!focused) return;
  const same = focused.id ? find(focused.id) : sheet.querySelector(`[data-copy="${focused.dataset.copy}"]`);
  (same && !same.disabled ? same : sheet.querySelector(".tray button:enabled, .copies button") ?? find("q") ?? form.elements[0]).focus();
}

// look shows an answer behind those that were added; "" shows only those.
export function look(answer) {
  if (answer === now) return chain;
  now = answer;
  return refresh();
}

export const looked = () => now;

// add adds the answer that is looked at.
export function add() { return now ? refresh("add " + now) : chain; }

const language = () => form.elements.language.value;
const area = format => sheet.querySelector(`.twin[data-language="${language()}"] [data-text="${format}"]`);

// What a format consists of: the text areas for text/plain and for text/html.
const kinds = {
  plain: ["plain"], rich: ["plain", "html"], markdown: ["markdown"], slack: ["slack", "html"],
  mail: ["mail", "mail-html"], subject: ["subject"],
};

// copy copies what is shown, in the language chosen, once nothing is on its way any more.
export async function copy(format) {
  await chain;
  const button = sheet.querySelector(`[data-copy="${format}"]`);
  if (!button) return;
  const areas = (kinds[format] ?? []).map(area);
  const gaps = areas.find(a => a?.dataset.missing);
  if (gaps && !await confirmed(gaps)) return;
  const plain = format === "link" ? links() : areas[0].value;
  if (await put(plain, areas[1]?.value)) {
    count();
    tell(`${button.dataset.copied}: ${shown().join(", ")}`);
  } else {
    tell(form.dataset.failed);
  }
}

const links = () => [...sheet.querySelectorAll(`[data-page="${language()}"]`)].map(a => a.href).join("\n");
const shown = () => [...new Set([...sheet.querySelectorAll("[name=a], [name=now]")].map(i => i.value))];

// confirmed asks before anything is copied that has a gap.
function confirmed(gaps) {
  const dialog = find("unfilled"), back = document.activeElement;
  find("unfilled-names").textContent = gaps.dataset.missing;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener("close", () => {
    if (dialog.returnValue === "fill") find("v-" + gaps.dataset.first)?.focus();
    else back?.focus();
    resolve(dialog.returnValue === "copy");
  }, { once: true }));
}

// uses are how often this browser's agent has copied each answer. They only order what is found.
export const uses = () => kept("localStorage", "uses", {});
function count() {
  const all = uses();
  for (const answer of shown()) all[answer] = (all[answer] ?? 0) + 1;
  keep("localStorage", "uses", all);
}

// settings are kept while the tab is open, so that guided mode knows the customer's name too.
const lasting = () => [...form.querySelectorAll(".settings input")].filter(i => i.name !== "language" || !form.elements.l);
function saveSettings() {
  keep("sessionStorage", "settings", Object.fromEntries(lasting().filter(i => i.type !== "radio" || i.checked).map(i => [i.name, i.value])));
}
function loadSettings() {
  const all = kept("sessionStorage", "settings", null);
  if (!all) return false;
  for (const input of lasting()) {
    if (!(input.name in all)) continue;
    if (input.type === "radio") input.checked = input.value === all[input.name];
    else input.value = all[input.name];
  }
  return true;
}

if (form) {
  form.addEventListener("submit", event => {
    event.preventDefault();
    if (event.submitter?.value) refresh(event.submitter.value);
  });
  form.addEventListener("input", event => {
    if (!event.target.closest(".settings")) return;
    saveSettings();
    if (event.target.name !== "language") refresh();
  });
  form.addEventListener("click", event => {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button.dataset.copy);
  });
  find("next-customer").addEventListener("click", () => {
    const own = form.elements["v-agent"]?.value;
    keep("sessionStorage", "settings", own ? { "v-agent": own } : {});
    location.href = form.elements.l ? "/agent/guide" : "/agent/";
  });
  if (loadSettings()) refresh();
}
