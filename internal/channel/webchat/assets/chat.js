// Saves loading pages anew. If anything is odd the browser does what it would do without: messages
// have ids, so sending one twice does no harm.
(() => {
  "use strict";
  const $ = id => document.getElementById(id);
  const main = $("main"), base = main.dataset.path;
  let here = location.pathname + location.search, sending = false, plain = false, wanted = 0, stream;

  const load = async (url, init) => {
    const answer = await fetch(url, init);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!answer.ok || !page.getElementById("log") || page.documentElement.lang !== document.documentElement.lang) throw 0;
    return { page, url: answer.url };
  };

  // Lines that stay are left alone, so that none is read aloud twice.
  const merge = (log, fresh) => {
    const ids = new Set([...fresh.children].map(e => e.id));
    for (const e of [...log.children]) if (!ids.has(e.id)) e.remove();
    let next = log.firstElementChild, first;
    for (const e of [...fresh.children]) {
      if (next && next.id === e.id) next = next.nextElementSibling;
      else { log.insertBefore(e, next); first ||= e; }
    }
    return first;
  };

  const show = ({ page, url }) => {
    const held = document.activeElement, fresh = page.getElementById("main").dataset;
    for (const id of ["links", "older", "press-fields", "choices", "write-fields", "say-name", "so-far", "languages"])
      $(id).replaceChildren(...page.getElementById(id).childNodes);
    if (!held.isConnected) $("choices").focus();
    Object.assign(main.dataset, { turn: fresh.turn, latest: fresh.latest, listen: fresh.listen || "" });
    here = url.slice(location.origin.length);
    const first = merge($("log"), page.getElementById("log"));
    if (first) first.scrollIntoView();
    listen();
  };

  addEventListener("submit", async e => {
    const form = e.target, button = e.submitter, say = $("say"), said = say.value.trim();
    if (plain || "whole" in form.dataset) return;
    e.preventDefault();
    if (sending) return;
    sending = true;
    const body = new URLSearchParams(new FormData(form));
    if (button && button.name) body.append(button.name, button.value);
    if (form === $("press")) $("choices").focus(); // its buttons go, it stays
    main.setAttribute("aria-busy", "true");
    try {
      show(await load(base, { method: "POST", body }));
      history.pushState({ at: here }, "", here);
      if (form === $("write") && say.value.trim() === said) say.value = "";
    } catch {
      plain = true;
      form.requestSubmit(button);
    }
    sending = false;
    main.removeAttribute("aria-busy");
    catchUp();
  });

  addEventListener("keydown", e => {
    if (e.isComposing || e.keyCode === 229) return; // the input method's key
    if (e.key === "Enter" && e.target.id === "say" && !e.shiftKey) {
      e.preventDefault();
      if (!e.repeat) $("write").requestSubmit($("send"));
    }
    if (e.key === "Escape" && parent !== window) parent.postMessage("passdesk:close", "*");
  });

  history.replaceState({ at: base + "?t=" + main.dataset.turn }, "");
  addEventListener("popstate", async e => {
    const at = e.state?.at || location.pathname + location.search;
    if (at !== here) try { show(await load(at)); } catch { location.reload(); }
  });
  addEventListener("pageshow", e => { if (e.persisted) plain = sending = false; });

  // New turns come by themselves, unless earlier ones are being read.
  const catchUp = async () => {
    const { turn, latest } = main.dataset;
    if (sending || plain || wanted <= +latest || turn !== latest) return;
    const got = await load(base + "?t=" + wanted).catch(() => location.reload());
    if (!got || sending) return;
    show(got);
    history.replaceState({ at: here }, "", here);
    catchUp();
  };
  const listen = () => {
    if (stream || !main.dataset.listen) return;
    stream = new EventSource(main.dataset.listen + "?after=" + main.dataset.latest);
    stream.addEventListener("turn", e => { wanted = JSON.parse(e.data).sequence; catchUp(); });
  };
  listen();
})();
