// What shows the time renews itself at the turn of the minute, but only while somebody can see it:
// a thousand pages in background tabs ask for nothing.

const SPREAD_MS = 3000; // not everybody at the same moment

/** Give every `[data-minute]` the DOM event `minute` once a minute, and when its page is seen again. */
export function startMinutes() {
  const turn = () => {
    window.setTimeout(turn, 60000 - (Date.now() % 60000));
    if (document.visibilityState === "visible") tell(Math.random() * SPREAD_MS);
  };
  window.setTimeout(turn, 60000 - (Date.now() % 60000));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") tell(0);
  });
}

function tell(afterMs) {
  window.setTimeout(() => {
    for (const element of document.querySelectorAll("[data-minute]")) {
      element.dispatchEvent(new CustomEvent("minute"));
    }
  }, afterMs);
}
