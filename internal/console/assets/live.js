// A conversation with a customer who is still there: new turns come by themselves.
import { find, composing, post } from "./page.js";

const log = find("log"), form = find("say");
let last = Number(log?.dataset.last ?? 0), loading = Promise.resolve();

const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 80;
const toEnd = () => { log.scrollTop = log.scrollHeight; };

// load fetches the turns after the last one that is shown.
function load() {
  loading = loading.then(async () => {
    const answer = await fetch(`${log.dataset.turns}?after=${last}`);
    if (!answer.ok) return;
    const follow = atEnd();
    log.insertAdjacentHTML("beforeend", await answer.text()); // written by the server's templates, which escape
    local(log);
    last = Number(log.lastElementChild?.dataset.sequence ?? last);
    if (follow) toEnd();
  }).catch(() => {}); // the next event asks again
  return loading;
}

// An open page must not keep a session alive that nobody uses: after a quarter of an hour without a
// key or a touch it stops listening, and with the next one it looks what is new.
let source, resting;
function listen() {
  source = new EventSource(log.dataset.events);
  source.addEventListener("message", event => {
    if (JSON.parse(event.data).sequence > last) load();
  });
}
function awake() {
  clearTimeout(resting);
  resting = setTimeout(() => { source.close(); source = null; }, 15 * 60 * 1000);
  if (!source) listen();
}
if (log?.dataset.events) {
  for (const sign of ["keydown", "pointerdown", "pointermove", "focus"]) addEventListener(sign, awake, { passive: true });
  awake();
}
if (log) toEnd();

// local writes times as people here write them.
function local(within) {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
  for (const time of within.querySelectorAll("time[datetime]")) time.textContent = format.format(new Date(time.dateTime));
}
local(document);

// send sends without leaving the page. Whoever goes on writing meanwhile loses nothing: what is sent waits
// for what was sent before. If that fails the form is sent in the ordinary way, with the same id, so that
// nothing is said twice.
const unsent = [];
async function send() {
  const words = form.elements.text;
  if (!words.value.trim()) return;
  const idle = unsent.push(words.value) === 1;
  words.value = "";
  words.focus();
  if (!idle) return;
  try {
    for (; unsent.length; unsent.shift()) {
      const fields = new FormData(form);
      fields.set("text", unsent[0]);
      fields.set("part", "id");
      form.elements.message.value = await post(form.action, fields);
      load();
    }
  } catch {
    words.value = unsent.join("\n");
    form.submit();
  }
}

if (form) {
  form.addEventListener("submit", event => { event.preventDefault(); send(); });
  form.elements.text.addEventListener("keydown", event => {
    if (composing(event) || event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    send();
  });
}
