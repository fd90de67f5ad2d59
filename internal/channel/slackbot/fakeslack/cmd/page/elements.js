// Elements that are pressed, chosen from or filled in. act(action, value) tells the app.
import { el } from "./dom.js";
import { words } from "./text.js";

const plain = (object) => object?.text ?? "";
const all = (e) => [...(e.options ?? []), ...(e.option_groups ?? []).flatMap((g) => g.options)];

// element is one outside of input blocks: whatever is done with it is told at once.
export function element(e, blockID, act, form) {
  switch (e.type) {
    case "button":
    case "icon_button": return button(e, act);
    case "feedback_buttons":
      return el("span", { className: "row" }, [e.positive_button, e.negative_button].map((half) => button({ ...half, action_id: e.action_id }, act)));
    default: {
      const control = make(e, blockID, form);
      control.addEventListener("change", () => act(e.action_id, String(control.value ?? "") || checked(control)));
      return control;
    }
  }
}

function button(e, act) {
  const made = el("button", { type: "button", className: e.style ?? "", "aria-label": e.accessibility_label }, e.text ? words(e.text) : `[${e.icon}]`);
  made.addEventListener("click", () => {
    if (e.confirm && !window.confirm(`${plain(e.confirm.title)}\n\n${plain(e.confirm.text)}`)) return;
    if (e.url) window.open(e.url, "_blank", "noopener");
    act(e.action_id, e.value ?? "");
  });
  return made;
}

// field is an input block: a label, its element, a hint, and room for an error.
export function field(b, act, form) {
  const e = b.element, control = make(e, b.block_id, form), id = `in-${b.block_id}-${e.action_id}`;
  const label = [...words(b.label), b.optional ? el("span", { className: "dim" }, " (optional)") : null];
  const wrong = el("p", { className: "wrong", id: `${id}-wrong` });
  wrong.dataset.wrong = b.block_id;
  control.setAttribute("aria-describedby", wrong.id);
  if (b.dispatch_action) dispatch(e, control, act);
  const hint = b.hint ? el("p", { className: "dim" }, words(b.hint)) : null;
  if (control.tagName === "FIELDSET") {
    control.prepend(el("legend", {}, label));
    return el("div", { className: "input" }, control, hint, wrong);
  }
  control.id = id;
  return el("div", { className: "input" }, el("label", { htmlFor: id }, label), control, hint, wrong);
}

function dispatch(e, control, act) {
  const tell = () => act(e.action_id, String(control.value ?? "") || checked(control));
  if (!["plain_text_input", "number_input", "email_text_input", "url_text_input"].includes(e.type)) {
    control.addEventListener("change", tell);
    return;
  }
  const on = e.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  if (on.includes("on_character_entered")) control.addEventListener("input", tell);
  if (!on.includes("on_enter_pressed")) return;
  const enter = (k) => k.key === "Enter" && !k.isComposing && k.keyCode !== 229;
  control.addEventListener("keypress", (k) => enter(k) && k.preventDefault()); // it would submit the form
  control.addEventListener("keydown", (k) => {
    if (!enter(k)) return;
    k.preventDefault();
    tell();
  });
}

// make is the control itself, with what stands in it so far.
function make(e, blockID, form) {
  const now = form?.state?.[blockID]?.[e.action_id], control = kinds(e, now, form);
  control.dataset.block = blockID;
  control.dataset.action = e.action_id;
  control.dataset.type = e.type;
  return control;
}

function kinds(e, now, form) {
  switch (e.type) {
    case "plain_text_input": return el(e.multiline ? "textarea" : "input", { value: now?.value ?? e.initial_value ?? "", maxLength: e.max_length, placeholder: plain(e.placeholder) });
    case "number_input": return el("input", { inputMode: "decimal", value: now?.value ?? e.initial_value ?? "" });
    case "email_text_input":
    case "url_text_input": return el("input", { value: now?.value ?? e.initial_value ?? "" });
    case "datepicker": return el("input", { type: "date", value: now?.selected_date ?? e.initial_date ?? "" });
    case "timepicker": return el("input", { type: "time", value: now?.selected_time ?? e.initial_time ?? "" });
    case "static_select":
    case "overflow": return select(all(e), [now ? now.selected_option?.value : e.initial_option?.value], plain(e.placeholder));
    case "multi_static_select": return select(all(e), chosen(e, now), "", true);
    case "users_select": return select(form?.people ?? [], [now?.selected_user ?? e.initial_user], "");
    case "channels_select":
    case "conversations_select": return select(form?.places ?? [], [now?.selected_conversation ?? now?.selected_channel ?? e.initial_conversation ?? (e.default_to_current_conversation ? form?.here : undefined)], "");
    case "radio_buttons": return choices(e, "radio", [now ? now.selected_option?.value : e.initial_option?.value]);
    case "checkboxes": return choices(e, "checkbox", chosen(e, now));
    default: return el("p", { className: "bad" }, `This page does not show elements of the type ${e.type}.`);
  }
}

const chosen = (e, now) => (now ? now.selected_options ?? [] : e.initial_options ?? []).map((o) => o.value);

function select(options, values, placeholder, multiple) {
  const made = el("select", { multiple: multiple ?? false }, multiple ? null : el("option", { value: "" }, placeholder || "—"));
  for (const o of options) made.append(el("option", { value: o.value, selected: values.includes(o.value) }, words(o.text)));
  return made;
}

let groups = 0;

function choices(e, type, values) {
  const name = `group-${++groups}`;
  return el("fieldset", {}, (e.options ?? []).map((o) => el("label", { className: "choice" },
    el("input", { type, name, value: o.value, checked: values.includes(o.value) }), " ", words(o.text),
    o.description ? el("span", { className: "dim" }, " ", words(o.description)) : null)));
}

const checked = (control) => control.querySelector("input:checked")?.value ?? "";

// filled is what stands in all fields of a form: block id, action id, value.
export function filled(root) {
  const values = {};
  for (const control of root.querySelectorAll("[data-block]")) {
    const { block, action, type } = control.dataset;
    values[block] ??= {};
    values[block][action] = valueOf(control, type);
  }
  return values;
}

function valueOf(control, type) {
  if (type === "multi_static_select") return [...control.selectedOptions].map((o) => o.value);
  if (type === "checkboxes") return [...control.querySelectorAll("input:checked")].map((i) => i.value);
  return type === "radio_buttons" ? checked(control) : control.value;
}
