// Runs before the page is drawn: what is only for browsers without scripts is not seen at all. If the
// rest of the script does not come, the page is as it is without one.
document.documentElement.classList.add("scripting");
addEventListener("error", event => {
  if (event.target.tagName === "SCRIPT") document.documentElement.classList.remove("scripting");
}, true);
