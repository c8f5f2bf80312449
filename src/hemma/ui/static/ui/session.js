// What happens when an answer is not what was asked for: a sign-in page, a refusal, a fault.
// The page and what is written on it stay; a line says what to do.

import { hide, show, toast } from "./notices.js";

/** Watch htmx's answers. */
export function startSession() {
  document.addEventListener("htmx:before:response", (event) => {
    const { ctx } = event.detail;
    if (signedOut(ctx.response.raw)) {
      ctx.hemmaSignedOut = true;
      show("signed-out");
      event.preventDefault();
    }
  });
  document.addEventListener("htmx:after:request", (event) => {
    const status = event.detail.ctx.response.status;
    if (status < 400) hide("signed-out");
    else if (status >= 500 || status === 403) failed(event);
  });
  document.addEventListener("htmx:error", (event) => {
    if (event.detail.ctx) failed(event);
  });
}

// A fragment that renews itself in the background fails silently: the connection line tells of it.
function failed(event) {
  if (event.detail.ctx.sourceEvent?.type !== "live") toast("failed");
}

/** Whether `response` says that nobody is signed in any more. */
export function signedOut(response) {
  if (response.status === 401) return true;
  const login = document.body.dataset.login;
  return Boolean(login) && response.redirected && new URL(response.url).pathname === login;
}
