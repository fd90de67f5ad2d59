// Texts as Slack shows them: mrkdwn, plain text and rich text.
import { el } from "./dom.js";

let names = {};

// know says what ids stand for.
export function know(scene) {
  names = { [scene.bot]: "passdesk" };
  for (const p of scene.people) names[p.id] = p.name;
  for (const p of scene.places) names[p.id] = p.name;
}

const unescape = (s) => s.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const mention = (sign, id) => el("span", { className: "mention" }, sign + (names[id] ?? id));

// link leads to web and mail addresses only: a bot could write anything.
function link(address, label) {
  const safe = /^(https?:|mailto:)/i.test(address);
  return safe ? el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, label || address) : label || address;
}

// marked reads <…>, which stands for people, channels and links.
function marked(inside) {
  const [what, label] = inside.split("|");
  if (what.startsWith("@")) return mention("@", what.slice(1));
  if (what.startsWith("#")) return mention("#", what.slice(1));
  if (what.startsWith("!")) return mention("@", label || what.slice(1));
  return link(unescape(what), unescape(label ?? ""));
}

const styles = [
  [/```([^]+?)```/, (s) => el("pre", {}, unescape(s))],
  [/`([^`\n]+)`/, (s) => el("code", {}, unescape(s))],
  [/<([^<>\n]+)>/, (s) => marked(s)],
  [/(?<![\p{L}\p{N}])\*([^*\n]+)\*(?![\p{L}\p{N}])/u, (s) => el("strong", {}, mrkdwn(s))],
  [/(?<![\p{L}\p{N}])_([^_\n]+)_(?![\p{L}\p{N}])/u, (s) => el("em", {}, mrkdwn(s))],
  [/(?<![\p{L}\p{N}])~([^~\n]+)~(?![\p{L}\p{N}])/u, (s) => el("s", {}, mrkdwn(s))],
];

// mrkdwn is a text with Slack's marks. As in Slack, *bold* needs something else than a letter around it,
// which is why it fails inside Japanese.
export function mrkdwn(text) {
  let first = null;
  for (const [pattern, make] of styles) {
    const found = pattern.exec(text);
    if (found && (!first || found.index < first.found.index)) first = { found, make };
  }
  if (!first) return text ? [unescape(text)] : [];
  const { found, make } = first;
  return [unescape(text.slice(0, found.index)), make(found[1]), ...mrkdwn(text.slice(found.index + found[0].length))];
}

// words is a text object of a block.
export function words(object) {
  if (!object) return [];
  return object.type === "mrkdwn" ? mrkdwn(object.text) : [object.text];
}

// rich is what stands in a rich_text block.
export function rich(block) {
  return (block.elements ?? []).map((e) => {
    const inside = () => (e.elements ?? []).map(part);
    switch (e.type) {
      case "rich_text_list": return list(e);
      case "rich_text_quote": return el("blockquote", {}, inside());
      case "rich_text_preformatted": return el("pre", {}, inside());
      default: return el("p", {}, inside());
    }
  });
}

function list(e) {
  const items = (e.elements ?? []).map((i) => el("li", {}, (i.elements ?? []).map(part)));
  if (e.style !== "ordered") return el("ul", {}, items);
  return el("ol", { start: (e.offset ?? 0) + 1 }, items);
}

function part(e) {
  let shown;
  switch (e.type) {
    case "link": shown = link(e.url, e.text); break;
    case "user": shown = mention("@", e.user_id); break;
    case "usergroup": shown = mention("@", e.usergroup_id); break;
    case "channel": shown = mention("#", e.channel_id); break;
    case "broadcast": shown = mention("@", e.range); break;
    case "emoji": shown = e.unicode ? String.fromCodePoint(...e.unicode.split("-").map((c) => parseInt(c, 16))) : `:${e.name}:`; break;
    default: shown = e.text ?? `[${e.type}]`;
  }
  for (const [style, tag] of [["bold", "strong"], ["italic", "em"], ["strike", "s"], ["code", "code"]]) {
    if (e.style?.[style]) shown = el(tag, {}, shown);
  }
  return shown;
}
