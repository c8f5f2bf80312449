// Words are not sent into a dead line: the browser would put its own error page in their place.
// While the stream is lost, a form with a draft asks first whether anybody is there; if not, the
// page stays as it is, the words are kept, and a line says so. It is never sent by itself later:
// whoever wrote decides.

import { isLost } from "./live.js";
import { show, toast } from "./notices.js";

const PROBE = "/healthz";
const PROBE_MS = 4000;

/** Watch forms that hold a draft. Start it before the drafts: what stays must not count as sent. */
export function startSending() {
  document.addEventListener("submit", look, true);
}

async function look(event) {
  const form = event.target;
  if (!form.querySelector("textarea[data-draft]") || !(isLost() || !navigator.onLine)) return;
  if (form.dataset.goes) {
    delete form.dataset.goes;
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  if (await isThere()) {
    form.dataset.goes = "1";
    form.requestSubmit(event.submitter ?? undefined);
    return;
  }
  show("offline");
  toast("unsent");
}

async function isThere() {
  try {
    const stop = AbortSignal.timeout(PROBE_MS);
    return (await fetch(PROBE, { method: "HEAD", cache: "no-store", signal: stop })).ok;
  } catch {
    return false;
  }
}
