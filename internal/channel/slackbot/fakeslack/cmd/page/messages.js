// The messages of a place, thread by thread.
import { el, keep, languageOf } from "./dom.js";
import { mrkdwn } from "./text.js";
import { blocks } from "./blocks.js";

// stream shows a place. make(gesture) tells the workspace.
export function stream(into, place, me, make) {
  const down = into.scrollHeight - into.scrollTop - into.clientHeight < 40;
  const here = (gesture) => make({ ...gesture, channel: place.id });
  keep(into, threads(place), (t) => t.ts, (t, old) => thread(t, old, me, here));
  if (down) into.scrollTop = into.scrollHeight;
}

// threads puts replies below what they answer. A reply to a message that is gone stands alone.
function threads(place) {
  const roots = new Map();
  for (const m of place.messages ?? []) {
    const root = roots.get(m.thread);
    if (root && m.thread !== m.ts) root.replies.push(m);
    else roots.set(m.ts, { ts: m.ts, root: m, replies: [], status: place.status[m.ts] ?? "" });
  }
  return [...roots.values()];
}

function thread(t, old, me, make) {
  const e = old ?? el("section", { className: "thread" }, el("div"), el("div", { className: "replies" }), answering(t, make));
  const [root, replies, form] = e.children;
  keep(root, [t.root], (m) => m.ts, (m) => article(m, me, make));
  keep(replies, t.replies, (m) => m.ts, (m) => article(m, me, make));
  form.querySelector(".dim").textContent = t.status && `passdesk ${t.status}`;
  form.querySelector("form").classList.toggle("hidden", t.root.private);
  return e;
}

function answering(t, make) {
  const input = el("input", { "aria-label": "Reply in the thread", placeholder: "Reply in the thread" });
  const form = el("form", { className: "reply" }, input, el("button", {}, "Reply"));
  form.addEventListener("submit", (s) => {
    s.preventDefault();
    if (!input.value.trim()) return;
    make({ what: "write", thread: t.ts, text: input.value });
    input.value = "";
  });
  return el("div", { className: "replies" }, el("span", { className: "dim" }), form);
}

function article(m, me, make) {
  const act = (action, value) => make({ what: "press", ts: m.ts, action, value });
  const plain = !m.blocks || m.user === me;
  const body = plain ? [el("div", { className: "block" }, el("p", {}, mrkdwn(m.text)))] : blocks(m.blocks, act);
  for (const a of m.attachments ?? []) body.push(...(a.blocks ? blocks(a.blocks, act) : [el("p", {}, mrkdwn(a.text ?? a.fallback ?? ""))]));
  const marks = (m.reactions ?? []).map((r) => el("span", { className: "dim" }, `:${r}:`));
  return el("article", { className: m.private ? "private" : "", lang: languageOf(m.text) }, head(m, me, make), body, marks);
}

function head(m, me, make) {
  const at = new Date(Number(m.ts) * 1000);
  const notes = [m.edited ? "edited" : "", m.private ? "only visible to you" : ""].filter(Boolean).join(", ");
  const text = `Notification text: ${m.text}`;
  return el("header", { lang: "en" }, el("strong", {}, m.name), m.name === "passdesk" ? el("span", { className: "app" }, "APP") : null,
    el("time", { dateTime: at.toISOString(), title: text }, at.toLocaleTimeString("en-GB")), el("span", { className: "dim" }, notes), acts(m, me, make));
}

function acts(m, me, make) {
  const quiet = (label, then) => {
    const b = el("button", { type: "button", className: "quiet" }, label);
    b.addEventListener("click", then);
    return b;
  };
  if (m.private) return el("span", { className: "acts" });
  const all = [quiet("⚡ Shortcut", () => make({ what: "shortcut", ts: m.ts }))];
  if (m.user === me) {
    all.push(quiet("Edit", () => {
      const text = window.prompt("The message:", m.text);
      if (text) make({ what: "edit", ts: m.ts, text });
    }), quiet("Delete", () => make({ what: "delete", ts: m.ts })));
  }
  return el("span", { className: "acts" }, all);
}
