// Making and keeping elements. Text is only ever set as text, never as HTML.

// el makes an element with properties and children, which are elements or texts.
export function el(name, properties = {}, ...children) {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (key in e && !key.startsWith("aria") && key !== "list") e[key] = value;
    else e.setAttribute(key, value);
  }
  e.append(...children.flat().filter((c) => c !== null && c !== undefined));
  return e;
}

// keep makes the children of a parent those of a list. What has not changed stays as it is, so that
// nobody loses what they are typing. make gets the item and the old element, if there is one.
export function keep(parent, items, keyOf, make) {
  const before = new Map([...parent.children].map((c) => [c.dataset.key, c]));
  let at = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item), sign = JSON.stringify(item), old = before.get(key);
    let e = old;
    if (!old || old.dataset.sign !== sign) {
      e = make(item, old);
      e.dataset.key = key;
      e.dataset.sign = sign;
      if (old && e !== old) {
        if (at === old) at = e;
        old.replaceWith(e);
      }
    }
    before.delete(key);
    if (e === at) at = at.nextElementSibling;
    else parent.insertBefore(e, at);
  }
  for (const gone of before.values()) gone.remove();
}

// languageOf is a guess, for fonts and voices: a text with kana is Japanese.
export function languageOf(text) {
  return /[\u3040-\u30ff]/.test(text) ? "ja" : /[a-z]/i.test(text) ? "en" : undefined;
}
