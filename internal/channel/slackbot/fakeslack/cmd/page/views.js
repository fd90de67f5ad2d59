// Modals and the Home tab.
import { el, keep } from "./dom.js";
import { words } from "./text.js";
import { blocks } from "./blocks.js";
import { filled } from "./elements.js";

// formOf is what the elements of a view have to know.
function formOf(view, scene, here) {
  const option = (value, text) => ({ value, text: { type: "plain_text", text } });
  return {
    state: view.state, here, people: scene.people.map((p) => option(p.id, "@" + p.name)),
    places: scene.places.map((p) => option(p.id, p.kind === "im" ? "@" + p.name : "#" + p.name)),
  };
}

// home shows the Home tab.
export function home(into, scene, make) {
  const items = scene.home ? [{ id: scene.home.id, hash: scene.home.hash }] : [];
  keep(into, items.length ? items : [{ id: "none" }], (i) => i.id, () => {
    if (!scene.home) return el("p", { className: "dim" }, "The app has not published a Home tab.");
    const { id, content } = scene.home, body = el("div");
    const act = (action, value) => make({ what: "press view", view: id, action, value, values: filled(body) });
    body.append(...blocks(content.blocks, act, formOf(scene.home, scene)));
    return body;
  });
}

// modal shows the modal on top, if there is one.
export function modal(dialog, scene, here, make) {
  const top = scene.modals?.at(-1);
  if (!top) {
    if (dialog.open) dialog.close();
    dialog.replaceChildren();
    return;
  }
  keep(dialog, [{ id: top.id, hash: top.hash }], (i) => i.id, (_, old) => {
    const focus = old && dialog.contains(document.activeElement) ? document.activeElement : null;
    const made = bodyOf(top, scene, here, make);
    queueMicrotask(() => refocus(made, focus));
    return made;
  });
  if (!dialog.open) dialog.showModal();
  dialog.oncancel = (c) => {
    c.preventDefault();
    make({ what: "close", view: top.id });
  };
}

// refocus goes on where somebody was before the app changed the modal.
function refocus(made, before) {
  if (!before) return;
  const same = [...made.querySelectorAll("input, select, textarea, button")].find((e) =>
    e.id ? e.id === before.id : e.value === before.value && e.textContent === before.textContent);
  same?.focus();
}

function bodyOf(view, scene, here, make) {
  const { id, content } = view, form = el("form");
  const act = (action, value) => make({ what: "press view", view: id, action, value, values: filled(form) });
  const close = el("button", { type: "button" }, content.close ? words(content.close) : "Close");
  close.addEventListener("click", () => make({ what: "close", view: id }));
  form.append(el("h2", { id: "modal-title" }, words(content.title)), ...blocks(content.blocks, act, formOf(view, scene, here)),
    el("p", { className: "wrong", role: "alert" }),
    el("footer", {}, close, content.submit ? el("button", { className: "primary" }, words(content.submit)) : null));
  form.addEventListener("submit", async (s) => {
    s.preventDefault();
    complain(form, await make({ what: "submit", view: id, values: filled(form) }));
  });
  return form;
}

// complain shows the errors of a submission, each at its field.
function complain(form, { errors = {}, error = "", problems = [] }) {
  for (const room of form.querySelectorAll("[data-wrong]")) room.textContent = errors[room.dataset.wrong] ?? "";
  form.querySelector("[role=alert]").textContent = [error, ...problems].filter(Boolean).join("; ");
}
