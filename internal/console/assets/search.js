// Search as you type: a combobox whose list box is always open.
import { find, composing, post } from "./page.js";
import { look, looked, add, copy, uses } from "./draft.js";

const box = find("q"), found = find("found"), reading = find("reading"), message = find("text");
const longMessage = 60; // characters; a longer text is a customer's, not a search
let asked, searching = Promise.resolve(), reader;

const options = () => [...found.querySelectorAll("[role=option]")];
const selected = () => options().findIndex(o => o.id === box.getAttribute("aria-activedescendant"));

function mark(option) {
  for (const other of options()) other.setAttribute("aria-selected", String(other === option));
  box.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function select(option) {
  mark(option);
  look(option.dataset.answer);
}

// search asks for what fits the text. Of several questions under way only the last one is answered.
// The first time the page may show an answer already, which stays.
function search(first) {
  asked?.abort();
  const mine = asked = new AbortController(), text = box.value.trim();
  clearTimeout(reader);
  searching = post("/agent/search", { q: text }, mine.signal).then(html => {
    if (mine.signal.aborted) return;
    list(html);
    const best = options()[0], shown = first === true && options().find(o => o.dataset.answer === looked());
    if (shown) mark(shown);
    else if (text && best) select(best);
    else if (first !== true) look("");
    if (text && !best) reader = setTimeout(() => read(text), 300);
    else reading.textContent = "";
  }).catch(() => {}); // given up for a newer one, or the service is away: what was found last stays
}

// list shows what was found; what this agent uses more comes first among what fits equally well.
function list(html) {
  found.innerHTML = html; // written by the server's templates, which escape
  const used = uses(), results = find("results");
  results.append(...options().map((option, i) => ({ option, i })).sort((a, b) =>
    a.option.dataset.rank - b.option.dataset.rank ||
    (used[b.option.dataset.answer] ?? 0) - (used[a.option.dataset.answer] ?? 0) || a.i - b.i).map(o => o.option));
  box.setAttribute("aria-expanded", String(options().length > 0));
  box.removeAttribute("aria-activedescendant");
}

// read has a customer's message understood and shows the answer, or the question to ask.
async function read(text) {
  const mine = asked;
  let html = "";
  try { html = await post("/agent/read", { text, part: "reading" }); } catch { /* searching goes on without */ }
  if (mine !== asked) return; // something else was typed meanwhile
  reading.innerHTML = html; // written by the server's templates, which escape
  const answer = reading.querySelector(".read")?.dataset.answer;
  if (answer) await look(answer);
}

const moves = {
  ArrowDown: (at, last) => at < last ? at + 1 : 0, ArrowUp: (at, last) => at > 0 ? at - 1 : last,
  Home: () => 0, End: (at, last) => last,
};

async function key(event) {
  if (composing(event)) return;
  const all = options();
  if (moves[event.key] && all.length && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    select(all[moves[event.key](selected(), all.length - 1)]);
  } else if (event.key === "Enter") {
    event.preventDefault();
    event.stopPropagation(); // or it would be heard a second time
    const adding = event.ctrlKey || event.metaKey;
    await searching;
    if (adding) add(); else copy("plain");
  } else if (event.key === "Escape" && box.value) {
    event.preventDefault();
    clear();
  }
}

function clear() {
  box.value = "";
  search();
}

// paste takes a whole message out of the search box into the place for messages.
function paste(event) {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!/\n/.test(text.trim()) && text.length <= longMessage) return;
  event.preventDefault();
  find("message").open = true;
  message.value = text;
  message.focus();
  asked?.abort();
  asked = new AbortController();
  read(text);
}

if (box) {
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-controls": "results", "aria-expanded": "false",
  })) box.setAttribute(name, value);
  box.removeAttribute("maxlength");
  box.addEventListener("input", () => search());
  box.addEventListener("keydown", key);
  box.addEventListener("paste", paste);
  find("search").addEventListener("submit", event => event.preventDefault());
  found.addEventListener("click", event => {
    const option = event.target.closest("[role=option]");
    if (option) { select(option); box.focus(); }
  });
  message.form.addEventListener("submit", event => { event.preventDefault(); asked = new AbortController(); read(message.value); });
  message.addEventListener("keydown", event => {
    if (composing(event) || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    message.form.requestSubmit();
  });
  reading.addEventListener("click", event => {
    const link = event.target.closest("a[data-answer]");
    if (link) { event.preventDefault(); look(link.dataset.answer); }
  });
  box.focus();
  search(true);
}
