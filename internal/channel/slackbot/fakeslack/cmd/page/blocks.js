// Blocks, as messages and views have them.
import { el } from "./dom.js";
import { rich, words } from "./text.js";
import { element, field } from "./elements.js";

// blocks makes the blocks of a list. act says what pressing does; form, in views, what was filled in.
export function blocks(list, act, form) {
  return (list ?? []).map((b) => {
    const e = block(b, act, form);
    e.classList.add("block");
    return e;
  });
}

function block(b, act, form) {
  switch (b.type) {
    case "section": return section(b, act, form);
    case "header": return el("div", {}, el("h3", {}, words(b.text)));
    case "divider": return el("hr");
    case "context": return el("div", { className: "row context" }, (b.elements ?? []).map(small));
    case "rich_text": return el("div", {}, rich(b));
    case "markdown": return el("div", {}, el("p", {}, b.text));
    case "image": return el("figure", {}, picture(b), el("figcaption", { className: "dim" }, words(b.title)));
    case "actions":
    case "context_actions": return el("div", { className: "row" }, (b.elements ?? []).map((e) => element(e, b.block_id, act, form)));
    case "input": return field(b, act, form);
    default: return el("p", { className: "bad" }, `This page does not show blocks of the type ${b.type}.`);
  }
}

function section(b, act, form) {
  const text = el("div", {}, b.text ? el("p", {}, words(b.text)) : null,
    b.fields ? el("div", { className: "fields" }, b.fields.map((f) => el("p", {}, words(f)))) : null);
  if (!b.accessory) return text;
  const beside = b.accessory.type === "image" ? picture(b.accessory) : element(b.accessory, b.block_id, act, form);
  return el("div", { className: "split" }, text, beside);
}

const picture = (i) => el("img", { src: i.image_url, alt: i.alt_text ?? "" });
const small = (e) => (e.type === "image" ? el("img", { src: e.image_url, alt: e.alt_text ?? "", height: 20 }) : el("span", {}, words(e)));
