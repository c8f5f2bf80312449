// Two soft tones when one's own mode changes, for those who turned them on. They live in this browser:
// whether they are on and which came last lies in its own store, and nothing here asks the network.

const STORE = "hemma.sounds", PRESSED = "hemma.pressed";
const TONES = {
  queue: [523.25, 659.25], focus: [440, 349.23], pause: [587.33, 493.88], rast: [493.88, 392], home: [392, 261.63],
};
// A lost line and stepping away are nobody's business in the room: they have no sound.
const OF_MODE = {
  warmup: "queue", ready: "queue", in_contact: "queue", wrap_up: "queue", focus: "focus", meeting: "focus",
  recess: "pause", meal: "rast", off: "home",
};
const LOUD = 0.06, APART_S = 0.22, LONG_S = 0.5, WAIT_MS = 300, PRESS_MS = 10000;
let audio, seen;

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

function toneNow() {
  return OF_MODE[document.getElementById("mebar")?.dataset.mode];
}

function wait(ms) {
  return new Promise((done) => window.setTimeout(done, ms));
}

// A browser lets a page sound after somebody has pressed something in it, or to come to it.
function mayStart() {
  const pressed = Number(sessionStorage.getItem(PRESSED));
  return (navigator.userActivation?.hasBeenActive ?? true) || Date.now() - pressed < PRESS_MS;
}

/** Let a tone be heard, if the browser allows it now; what it does not is not made up for later. */
async function play(tone) {
  try {
    audio ??= new AudioContext();
    if (audio.state === "suspended") await Promise.race([audio.resume(), wait(WAIT_MS)]);
    if (audio.state !== "running") return;
    TONES[tone].forEach((hertz, turn) => begin(hertz, audio.currentTime + turn * APART_S));
  } catch {
    // A computer without a loudspeaker is silent, and that is all.
  }
}

function begin(hertz, at) {
  const source = audio.createOscillator(), volume = audio.createGain();
  source.frequency.value = hertz;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUD, at + 0.04);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + LONG_S);
  source.connect(volume).connect(audio.destination);
  source.start(at);
  source.stop(at + LONG_S);
}

// Of several tabs one sounds: the first that may. Whoever may not lets the others go first.
async function claim(tone) {
  const take = () => {
    if (read().last === tone) return false;
    write({ last: tone });
    return true;
  };
  return navigator.locks ? navigator.locks.request(STORE, take) : take();
}

async function look() {
  const tone = toneNow();
  if (!tone || tone === seen) return;
  seen = tone;
  if (!read().on) return;
  const may = mayStart();
  if (!may) await wait(WAIT_MS);
  if ((await claim(tone)) && may) play(tone);
}

// Whoever goes home is signed out: the page that comes then has no bar to see it by.
document.addEventListener("submit", ({ target }) => {
  sessionStorage.setItem(PRESSED, String(Date.now()));
  const home = document.getElementById("mebar")?.dataset.home;
  if (!read().on || !home || new URL(target.action).pathname !== home) return;
  seen = "home";
  write({ last: seen });
  play(seen);
});

function choose(box) {
  box.checked = Boolean(read().on);
  box.disabled = false;
  box.addEventListener("change", () => write({ on: box.checked, last: toneNow() }));
}

for (const box of document.querySelectorAll("[data-sounds]")) choose(box);
for (const button of document.querySelectorAll("[data-listen]")) {
  button.disabled = false;
  button.addEventListener("click", () => play(button.dataset.listen));
}
seen = read().last ?? toneNow();
look();
new MutationObserver(look).observe(document.body, {
  subtree: true, childList: true, attributes: true, attributeFilter: ["data-mode"],
});
