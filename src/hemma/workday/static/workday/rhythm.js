// Nudges to move. They live here, in this browser: what was shown, when and what came of it is
// neither sent nor written anywhere but in this browser's own store. Nothing here asks the network.

const STORE = "hemma.rhythm";
const MINUTE = 60000;
const MOVE = 57, MICRO = 27, DESK = 28, LATER = 10, ACROSS_MS = 15000;
// A gap in the ticks as long as this is a computer put to sleep: whoever did that has moved.
const GAP = 5 * MINUTE;

function read() {
  try {
    return JSON.parse(localStorage.getItem(STORE)) || {};
  } catch {
    return {};
  }
}

function write(change) {
  localStorage.setItem(STORE, JSON.stringify({ ...read(), ...change }));
}

/** Minutes after which to nudge by these settings; 0: never. */
export function every({ move = true, micro = false, desk = false }) {
  const wanted = [move && MOVE, micro && MICRO, desk && DESK].filter(Boolean);
  return wanted.length ? Math.min(...wanted) : 0;
}

/** Whether to nudge: `state` as stored, `now` in ms, `bar` what the bar says of the mode. */
export function due(state, now, bar) {
  const wait = every(state);
  if (!wait || bar.contact || bar.rests || !bar.here) return false;
  if (state.laterUntil) return now >= state.laterUntil;
  return now - (state.since ?? now) >= wait * MINUTE;
}

function bar() {
  const element = document.getElementById("mebar");
  return {
    here: Boolean(element),
    rests: element?.hasAttribute("data-rests") ?? false,
    contact: element?.hasAttribute("data-contact") ?? false,
  };
}

function tick() {
  const now = Date.now();
  const state = read();
  const here = bar();
  const asleep = state.tick && now - state.tick > GAP;
  if (here.rests || asleep || !state.since) {
    hide();
    write({ since: now, laterUntil: 0, tick: now });
    return;
  }
  write({ tick: now });
  if (here.contact) hide();
  else if (due(state, now, here)) show();
}

function show() {
  const place = document.getElementById("notices");
  const words = document.getElementById("nudge-words");
  if (!place || !words || place.querySelector("[data-nudge]")) return;
  const nudge = words.content.cloneNode(true);
  if (every(read()) !== MOVE) {
    nudge.querySelector("[data-nudge-move]").hidden = true;
    nudge.querySelector("[data-nudge-micro]").hidden = false;
  }
  place.append(nudge);
}

function hide() {
  document.querySelector("#notices [data-nudge]")?.remove();
}

function choose(box) {
  const usual = { move: true, micro: false, desk: false };
  const name = box.dataset.rhythm;
  box.checked = read()[name] ?? usual[name];
  box.addEventListener("change", () => {
    write({ [name]: box.checked, laterUntil: 0 });
    hide();
  });
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-nudge-done]")) write({ since: Date.now(), laterUntil: 0 });
  else if (event.target.closest?.("[data-nudge-later]")) write({ laterUntil: Date.now() + LATER * MINUTE });
  else return;
  hide();
});
for (const box of document.querySelectorAll("[data-rhythm]")) choose(box);
for (const line of document.querySelectorAll(".js-off")) line.hidden = true;
tick();
window.setInterval(tick, ACROSS_MS);
