// What shows the time renews itself at the turn of the minute, but only while somebody can see it:
// a thousand pages in background tabs ask for nothing. `data-minute="1200"` says that nothing changes by
// time alone in the next 1200 seconds.

const SPREAD_MS = 3000; // not everybody at the same moment

/** Give every `[data-minute]` the DOM event `minute` once a minute, and when its page is seen again. */
export function startMinutes() {
  const turn = () => {
    window.setTimeout(turn, 60000 - (Date.now() % 60000));
    if (document.visibilityState === "visible") tell(Math.random() * SPREAD_MS, isDue);
  };
  window.setTimeout(turn, 60000 - (Date.now() % 60000));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") tell(0, () => true);
  });
}

// What was drawn anew brings its own number of seconds with it.
function isDue(element) {
  const left = Number(element.dataset.minute) - 60;
  if (left > 0) element.dataset.minute = String(left);
  return !(left > 0);
}

function tell(afterMs, due) {
  window.setTimeout(() => {
    for (const element of document.querySelectorAll("[data-minute]")) {
      if (due(element)) element.dispatchEvent(new CustomEvent("minute"));
    }
  }, afterMs);
}
