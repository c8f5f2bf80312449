// Single-letter shortcuts: `data-key="n"` on a button or link. Never while somebody writes, never
// with a modifier held, and every person can turn them off (WCAG 2.1.4). `?` lists them.

const OFF = "hemma.shortcuts.off";
const WRITING = "input, textarea, select, [contenteditable]:not([contenteditable='false'])";

/** Listen for shortcuts and keep the list of them true. */
export function startShortcuts() {
  const dialog = document.getElementById("shortcuts");
  document.addEventListener("keydown", (event) => press(event, dialog));
  if (!dialog) return;
  const choice = dialog.querySelector("[data-shortcuts-on]");
  choice.checked = isOn();
  choice.addEventListener("change", () => {
    if (choice.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  });
  // Filled when it opens: fragments come and go.
  dialog.addEventListener("beforetoggle", (event) => {
    if (event.newState === "open") list(dialog.querySelector("[data-keys]"));
  });
}

function isOn() {
  return localStorage.getItem(OFF) === null;
}

function press(event, dialog) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.key.length !== 1 || !isOn()) return;
  if (event.target.closest?.(WRITING) || document.querySelector("dialog:modal")) return;
  if (event.key === "?" && dialog) {
    event.preventDefault();
    dialog.showModal();
    return;
  }
  const target = reachable().find((one) => one.dataset.key === event.key.toLowerCase());
  if (!target) return;
  event.preventDefault();
  target.focus();
  target.click();
}

function reachable() {
  return [...document.querySelectorAll("[data-key]")].filter(
    (one) => !one.disabled && one.ariaDisabled !== "true" && one.checkVisibility?.() !== false,
  );
}

function list(place) {
  for (const old of place.querySelectorAll("[data-listed]")) old.remove();
  const seen = new Set();
  for (const one of reachable()) {
    if (seen.has(one.dataset.key)) continue;
    seen.add(one.dataset.key);
    const term = document.createElement("dt");
    const key = document.createElement("kbd");
    const words = document.createElement("dd");
    key.textContent = one.dataset.key.toUpperCase();
    words.textContent = nameOf(one);
    term.dataset.listed = words.dataset.listed = "";
    term.append(key);
    place.append(term, words);
  }
}

function nameOf(element) {
  const label = element.getAttribute("aria-label");
  if (label) return label;
  const copy = element.cloneNode(true);
  for (const key of copy.querySelectorAll("kbd")) key.remove();
  return copy.textContent.trim();
}
