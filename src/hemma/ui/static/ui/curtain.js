// Hides what customers have told us from those who share the kitchen table: by a button, by F8, by
// Escape twice, and by itself when nothing has been touched for a while. It lives in this browser
// alone, in all its tabs. Nothing here is sent: not that it was hidden, not when, not for how long.

const HIDDEN = "hemma.curtain";
const AFTER = "hemma.curtain.minutes";
const TOUCHED = "hemma.curtain.touched";
const USUAL_MINUTES = 5;
const MINUTE_MS = 60000, TICK_MS = 5000, TWICE_MS = 700, SHARE_MS = 5000;

let dialog, title;
let touched = Date.now(), shared = 0, escaped = 0;

/** Give the page its curtain. */
export function startCurtain() {
  dialog = document.getElementById("curtain");
  if (!dialog) {
    localStorage.removeItem(HIDDEN); // the door shows nothing that has to be hidden
    delete document.documentElement.dataset.curtain;
    return;
  }
  for (const button of document.querySelectorAll("[data-hide]")) {
    button.hidden = false;
    button.addEventListener("click", hide);
  }
  dialog.querySelector("[data-show]").addEventListener("click", show);
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  document.addEventListener("keydown", pressed, { capture: true });
  document.addEventListener("pointerdown", touch, { capture: true, passive: true });
  document.addEventListener("pointermove", touch, { capture: true, passive: true });
  document.addEventListener("wheel", touch, { capture: true, passive: true });
  window.addEventListener("storage", ({ key, newValue }) => {
    if (key === HIDDEN) draw(newValue === "1");
  });
  draw(localStorage.getItem(HIDDEN) === "1");
  window.setInterval(tick, TICK_MS);
  watchOffers();
  for (const field of document.querySelectorAll("[data-curtain-minutes]")) choose(field);
  for (const box of document.querySelectorAll("[data-curtain-prints]")) remember(box, "prints");
  for (const box of document.querySelectorAll("[data-curtain-headset]")) remember(box, "headset");
}

function pressed(event) {
  touch();
  if (event.key === "F8" && !event.ctrlKey && !event.altKey && !event.metaKey) {
    event.preventDefault();
    if (dialog.open) show();
    else hide();
  } else if (event.key === "Escape" && dialog.open) {
    event.preventDefault();
  } else if (event.key === "Escape") {
    const now = Date.now();
    if (now - escaped < TWICE_MS) hide();
    escaped = now;
  } else {
    escaped = 0;
  }
}

function touch() {
  touched = Date.now();
  if (touched - shared < SHARE_MS) return;
  shared = touched;
  localStorage.setItem(TOUCHED, String(touched));
}

function tick() {
  const minutes = wanted();
  if (!minutes || dialog.open) return;
  const last = Math.max(touched, Number(localStorage.getItem(TOUCHED)) || 0);
  if (Date.now() - last >= minutes * MINUTE_MS) hide();
}

function wanted() {
  const kept = localStorage.getItem(AFTER);
  return kept === null ? USUAL_MINUTES : Number(kept);
}

function hide() {
  localStorage.setItem(HIDDEN, "1");
  draw(true);
}

function show() {
  localStorage.removeItem(HIDDEN);
  touch();
  draw(false);
}

function draw(hidden) {
  document.documentElement.toggleAttribute("data-curtain", hidden);
  if (hidden && !dialog.open) {
    title = document.title;
    document.title = "Hemma";
    // A popover or an open dialog lies above the page: what is opened last lies above them.
    dialog.showModal();
    closeNotifications();
  } else if (!hidden && dialog.open) {
    document.title = title;
    dialog.close();
  }
}

async function closeNotifications() {
  const registration = await navigator.serviceWorker?.getRegistration();
  for (const one of (await registration?.getNotifications()) ?? []) one.close();
}

// An offer that comes meanwhile is told of without a word about whose it is.
function watchOffers() {
  const line = dialog.querySelector("[data-waits]");
  const look = () => {
    line.hidden = !document.querySelector("[data-offered]");
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  look();
}

function choose(field) {
  field.value = String(wanted());
  field.disabled = false;
  field.addEventListener("change", () => localStorage.setItem(AFTER, field.value));
}

// What is on in this browser stands on the root of every page, for the styles to obey.
function remember(box, name) {
  const key = `hemma.${name}`;
  box.checked = localStorage.getItem(key) === "1";
  box.disabled = false;
  box.addEventListener("change", () => {
    if (box.checked) localStorage.setItem(key, "1");
    else localStorage.removeItem(key);
    document.documentElement.toggleAttribute(`data-${name}`, box.checked);
  });
}
