// Toasts go away by themselves, but never from under a hand, a focus or a screen reader's reach:
// hovering or focusing one stops its clock, and one with a way back stays until it is closed.

const READ_MS = 8000;

/** Look after the toasts that are there and those that come. */
export function startToasts() {
  const place = document.getElementById("toasts");
  if (!place) return;
  for (const toast of place.querySelectorAll("[data-toast]")) look(toast);
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) if (node.matches?.("[data-toast]")) look(node);
    }
  }).observe(place, { childList: true });
}

function look(toast) {
  const close = toast.querySelector("[data-close]");
  if (close) {
    close.hidden = false;
    close.addEventListener("click", () => toast.remove());
  }
  if (toast.querySelector("form, a")) return;
  let clock;
  const stop = () => clearTimeout(clock);
  const start = () => {
    stop();
    clock = setTimeout(() => toast.remove(), READ_MS);
  };
  for (const event of ["pointerenter", "focusin"]) toast.addEventListener(event, stop);
  for (const event of ["pointerleave", "focusout"]) toast.addEventListener(event, start);
  start();
}
