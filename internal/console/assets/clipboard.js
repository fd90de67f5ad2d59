// Puts text into the clipboard, as plain text and, where there is any, as HTML, in one item.

export async function put(plain, html) {
  if (navigator.clipboard?.write && window.ClipboardItem) {
    const item = { "text/plain": new Blob([plain], { type: "text/plain" }) };
    if (html) item["text/html"] = new Blob([html], { type: "text/html" });
    try {
      await navigator.clipboard.write([new ClipboardItem(item)]);
      return true;
    } catch { /* not allowed, or the page lost the focus: try the old way */ }
  }
  return byEvent(plain, html);
}

// byEvent is for pages that are not https: they have no navigator.clipboard. Something must be
// selected for the browser to copy, and what is copied instead is what the event says.
function byEvent(plain, html) {
  const focused = document.activeElement, stand = document.createElement("textarea");
  const range = "selectionStart" in focused ? [focused.selectionStart, focused.selectionEnd] : null;
  stand.value = " ";
  stand.className = "unseen";
  document.body.append(stand);
  stand.select();
  let done = false;
  const fill = event => {
    event.clipboardData.setData("text/plain", plain);
    if (html) event.clipboardData.setData("text/html", html);
    event.preventDefault();
    event.stopImmediatePropagation();
    done = true;
  };
  document.addEventListener("copy", fill, true);
  try { document.execCommand("copy"); } finally {
    document.removeEventListener("copy", fill, true);
    stand.remove();
    focused.focus({ preventScroll: true });
    if (range && range[0] !== null) focused.setSelectionRange(...range);
  }
  return done;
}
