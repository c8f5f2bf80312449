// Hemma as an app on the phone: the worker that answers when the line is down, and what becomes of
// this browser's notices when somebody signs out or somebody else signs in.

const CHOICE = "hemma-choice";
const LANGUAGE = "/ui/choice/language";
const WHO = "hemma.notices.person";
const LEAVE = "hemma.notices.leave";

/** Start the worker, where the browser has one (https, or this computer itself). */
export async function startApp() {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return;
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-signs-out]")) localStorage.setItem(LEAVE, "1");
  });
  try {
    await navigator.serviceWorker.register("/ui/worker.js", { scope: "/" });
    await keepLanguage();
    await forgetOthers();
  } catch {
    // A browser in private mode may refuse: the pages work without.
  }
}

async function keepLanguage() {
  const kept = await caches.open(CHOICE);
  await kept.put(LANGUAGE, new Response(document.documentElement.lang));
}

// Whoever signed out, or used this browser before, hears nothing here any more.
async function forgetOthers() {
  const person = document.body.dataset.person;
  const mine = localStorage.getItem(WHO);
  const left = localStorage.getItem(LEAVE) === "1" && !person;
  if (!left && !(person && mine && mine !== person)) return;
  const registration = await navigator.serviceWorker.getRegistration();
  for (const one of (await registration?.getNotifications()) ?? []) one.close();
  await (await registration?.pushManager?.getSubscription())?.unsubscribe();
  localStorage.removeItem(WHO);
  localStorage.removeItem(LEAVE);
}
