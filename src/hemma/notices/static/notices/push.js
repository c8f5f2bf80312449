// Notices in this browser, on the page of settings: asks the browser for leave, says in words what
// came of it, and tells the server where this browser can be reached.

const place = document.getElementById("this-browser");
const WHO = "hemma.notices.person";

function say(name) {
  for (const one of place.querySelectorAll("[data-say]")) one.hidden = one.dataset.say !== name;
  place.querySelector("[data-turn-on]").hidden = !["off", "failed"].includes(name);
}

function supported() {
  return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
}

function isApple() {
  return /iPhone|iPad/.test(navigator.userAgent) && !("PushManager" in window);
}

async function look() {
  if (!place.dataset.keyOf) return say("wait");
  if (isApple()) return say("ios");
  if (!supported()) return say("cannot");
  if (Notification.permission === "denied") return say("denied");
  const there = await (await ready()).pushManager.getSubscription();
  // A browser that the server has forgotten may be turned on again.
  if (there && sameKey(there) && (await rowOf(there))) return say("on");
  return say("off");
}

// This browser's own row among those that show notices: the server keeps its address as a digest.
async function rowOf(subscription) {
  const hashed = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(subscription.endpoint));
  const digest = [...new Uint8Array(hashed)].map((one) => one.toString(16).padStart(2, "0")).join("");
  return document.querySelector(`[data-browser="${digest}"]`);
}

// Whoever removes the browser in front of them leaves nothing of it with the browser's maker either.
async function remove(event) {
  event.preventDefault();
  const form = event.target;
  try {
    const there = await (await ready()).pushManager.getSubscription();
    if (there && (await rowOf(there)) === form) await there.unsubscribe();
  } finally {
    form.submit();
  }
}

function ready() {
  return navigator.serviceWorker.register("/ui/worker.js", { scope: "/" }).then(() => navigator.serviceWorker.ready);
}

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (one) => one.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// A browser subscribed with another key (Hemma was installed anew) has to subscribe again.
function sameKey(subscription) {
  const key = subscription.options?.applicationServerKey;
  return !key || text(key) === place.dataset.keyOf;
}

async function turnOn() {
  say("asking");
  const answer = await Notification.requestPermission();
  if (answer !== "granted") return say(answer === "denied" ? "denied" : "off");
  try {
    const manager = (await ready()).pushManager;
    const old = await manager.getSubscription();
    if (old && !sameKey(old)) await old.unsubscribe();
    const made = await manager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: bytes(place.dataset.keyOf),
    });
    await tellServer(made);
  } catch {
    return say("failed");
  }
  localStorage.setItem(WHO, document.body.dataset.person);
  return location.reload();
}

async function tellServer(subscription) {
  const told = new FormData();
  told.set("address", subscription.endpoint);
  told.set("point", text(subscription.getKey("p256dh")));
  told.set("secret", text(subscription.getKey("auth")));
  const token = JSON.parse(document.body.getAttribute("hx-headers:inherited"))["X-CSRFToken"];
  const answer = await fetch(place.dataset.add, {
    method: "POST",
    body: told,
    headers: { "X-CSRFToken": token },
  });
  if (!answer.ok) throw new Error(String(answer.status));
}

if (place) {
  place.querySelector("[data-turn-on]").addEventListener("click", turnOn);
  if (supported()) for (const form of document.querySelectorAll("[data-browser]")) form.addEventListener("submit", remove);
  look();
}
