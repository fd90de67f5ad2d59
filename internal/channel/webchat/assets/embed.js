// Puts a button on the page that opens password help in a panel. Styles are adopted, not written into
// the page, so a strict policy of the site needs to allow this script and this frame and nothing else.
(() => {
  "use strict";
  const me = document.currentScript;
  if (!me) return;
  const all = {"words": "here"};
  const asked = me.dataset.language || "auto";
  const guess = all[asked] ? asked : document.documentElement.lang || navigator.language;
  const code = /^ja\b/i.test(guess) ? "ja" : "en", words = all[code];
  const home = new URL("embed", me.src);

  const make = (name, attributes, ...inside) => {
    const e = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
    e.append(...inside);
    return e;
  };
  const styles = new CSSStyleSheet();
  styles.replaceSync(`
    :host { all: initial; color-scheme: light dark }
    * { box-sizing: border-box; font: 600 16px/1.4 system-ui, "Hiragino Sans", "Yu Gothic UI", Meiryo, "Noto Sans JP", sans-serif }
    button { min-height: 48px; min-width: 48px; padding: 8px 20px; border: 2px solid transparent; border-radius: 24px; background: #1b5e7b; color: #fff; cursor: pointer }
    button:focus-visible { outline: 3px solid #1b5e7b; outline-offset: 3px; box-shadow: 0 0 0 3px #fff }
    #open { position: fixed; z-index: 2147483000; right: 16px; bottom: 16px; box-shadow: 0 2px 12px #0005 }
    #panel { position: fixed; z-index: 2147483001; right: 16px; bottom: 80px; width: 400px; max-width: calc(100vw - 32px);
      height: 640px; max-height: calc(100vh - 96px); max-height: calc(100dvh - 96px);
      display: flex; flex-direction: column; overflow: hidden; border: 1px solid #7a8a92; border-radius: 16px; background: Canvas; box-shadow: 0 8px 32px #0006 }
    #panel[hidden] { display: none }
    #bar { display: flex; justify-content: flex-end; background: #1b5e7b }
    #bar button { border-radius: 0 }
    #bar button:focus-visible { outline-color: #fff; outline-offset: -5px; box-shadow: none }
    iframe { flex: 1; width: 100%; min-height: 0; border: 0 }
    @media (max-width: 480px), (max-height: 480px) {
      #panel { inset: 0; width: auto; max-width: none; height: auto; max-height: none; border: 0; border-radius: 0 }
    }
    @media print { :host { display: none } }`);

  const open = make("button", { id: "open", type: "button", "aria-expanded": "false", "aria-controls": "panel" }, words.open);
  const close = make("button", { type: "button" }, words.close);
  const panel = make("section", { id: "panel", role: "dialog", "aria-label": words.title, hidden: "" }, make("div", { id: "bar" }, close));
  let frame = null;

  const show = yes => {
    if (yes === !panel.hidden) return;
    panel.hidden = !yes;
    open.setAttribute("aria-expanded", String(yes));
    if (yes && !frame) {
      home.searchParams.set("locale", code);
      frame = make("iframe", { src: home.href, title: words.title });
      panel.append(frame);
    }
    (yes ? frame : open).focus();
  };
  const onEscape = e => { if (e.key === "Escape" && !e.isComposing) show(false); };
  open.addEventListener("click", () => show(panel.hidden));
  close.addEventListener("click", () => show(false));
  panel.addEventListener("keydown", onEscape);
  open.addEventListener("keydown", onEscape);
  addEventListener("message", e => {
    if (frame && e.source === frame.contentWindow && e.origin === home.origin && e.data === "passdesk:close") show(false);
  });

  const host = make("div", { lang: code });
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [styles];
  root.append(open, panel);
  const start = () => document.body.append(host);
  if (document.body) start(); else addEventListener("DOMContentLoaded", start);
})();
