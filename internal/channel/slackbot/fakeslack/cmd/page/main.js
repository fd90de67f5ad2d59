// The page: who somebody is, where they are, and what the workspace says of it.
import { el, keep } from "./dom.js";
import { know } from "./text.js";
import { stream } from "./messages.js";
import { home, modal } from "./views.js";
import { journal } from "./journal.js";

const $ = (id) => document.getElementById(id);
let me = new URLSearchParams(location.search).get("user") ?? "U0CUSTOMER", at = "", scene = null, waiting = null;

// make tells the workspace of a gesture and shows what went wrong.
async function make(gesture) {
  $("notice").textContent = "";
  const answer = await fetch("do", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ user: me, ...gesture }) });
  const outcome = answer.ok ? await answer.json() : { error: await answer.text() };
  $("notice").textContent = [outcome.error, ...(outcome.problems ?? [])].filter(Boolean).join("; ");
  return outcome;
}

// watch asks for the scene again and again; the workspace answers when there is something new.
async function watch() {
  for (;;) {
    waiting = new AbortController();
    try {
      const asked = new URLSearchParams({ user: me, after: scene?.user === me ? scene.version : "" });
      const answer = await fetch(`state?${asked}`, { signal: waiting.signal });
      if (!answer.ok) throw new Error(await answer.text());
      const next = await answer.json();
      if (next.user === me) show(next);
    } catch (wrong) {
      if (wrong.name === "AbortError") continue;
      $("sockets").textContent = "The workspace does not answer.";
      await new Promise((again) => setTimeout(again, 1000));
    }
  }
}

function show(next) {
  const first = scene?.user !== next.user;
  scene = next;
  know(scene);
  keep($("person"), scene.people, (p) => p.id, (p) => el("option", { value: p.id }, p.name));
  $("person").value = me;
  $("locale").value = scene.locale;
  $("command").textContent = scene.app.command;
  $("sockets").textContent = scene.app.events ? `Requests go to ${scene.app.events}.` : scene.sockets ? `The app is connected (${scene.sockets}).` : "No app is connected.";
  if (first) {
    go(scene.places.some((p) => p.id === at) ? at : scene.places[0].id);
    return;
  }
  render();
}

function render() {
  const places = [{ id: "home", label: "Home of passdesk" }, ...scene.places.map((p) => ({ id: p.id, label: p.kind === "im" ? `DM with ${p.name}` : `# ${p.name}${p.kind === "group" ? " (private)" : ""}` }))];
  keep($("places"), places.map((p) => ({ ...p, here: p.id === at })), (p) => p.id, (p) => {
    const b = el("button", { type: "button", "aria-current": p.here ? "page" : undefined }, p.label);
    b.addEventListener("click", () => go(p.id));
    return el("li", {}, b);
  });
  $("title").textContent = places.find((p) => p.id === at)?.label ?? "";
  const place = scene.places.find((p) => p.id === at);
  $("composer").classList.toggle("hidden", !place);
  if (place) {
    stream($("stream"), place, me, make);
    keep($("prompts"), place.prompts ?? [], (p) => p.title, prompt);
  } else home($("stream"), scene, make);
  modal($("modal"), scene, place?.id, make);
  journal($("journal"), scene.journal);
}

function prompt(p) {
  const b = el("button", { type: "button" }, p.title);
  b.addEventListener("click", () => make({ what: "write", channel: at, text: p.message }));
  return b;
}

// go shows a place and, where Slack does, tells the app that it was opened.
function go(id) {
  if (id !== at) $("stream").replaceChildren();
  at = id;
  const place = scene.places.find((p) => p.id === id);
  if (!place || place.kind === "im") make({ what: "open", tab: place ? "messages" : "home" });
  render();
  $("stream").scrollTop = place ? $("stream").scrollHeight : 0;
}

function send() {
  const text = $("text").value.trim();
  if (!text) return;
  $("text").value = "";
  make({ what: "write", channel: at, text });
}

function begin(words) {
  $("text").value = words + $("text").value;
  $("text").focus();
}

$("composer").addEventListener("submit", (s) => {
  s.preventDefault();
  send();
});
$("text").addEventListener("keydown", (k) => {
  if (k.key !== "Enter" || k.shiftKey || k.isComposing || k.keyCode === 229) return;
  k.preventDefault();
  send();
});
$("mention").addEventListener("click", () => begin("@passdesk "));
$("command").addEventListener("click", () => begin(scene.app.command + " "));
$("global").addEventListener("click", () => make({ what: "global" }));
$("locale").addEventListener("change", () => make({ what: "locale", value: $("locale").value }));
$("person").addEventListener("change", () => {
  me = $("person").value;
  waiting?.abort();
});
watch();
