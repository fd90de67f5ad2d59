// The console's script. Every page works without it; it makes searching, copying and talking quick.
import "./draft.js";
import "./search.js";
import "./keys.js";
import "./live.js";

document.documentElement.dataset.ready = "yes"; // for whoever waits for it
