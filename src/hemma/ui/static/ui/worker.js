// What stands between the browser and the line. VERSION, SHELL (addresses that hold nobody's data),
// OFFLINE (language → page) and ICON are written above this by the server. No page of anybody's is
// ever kept here: only what stands in SHELL, which is the same for all who work anywhere.

const CACHE = `hemma-${VERSION}`;
const CHOICE = "hemma-choice";

self.addEventListener("install", (event) => {
  // The styles stand in the browser's own store already; a new release is fetched as one.
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll([...SHELL, ...Object.values(OFFLINE)]))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => names.filter((name) => name !== CACHE && name !== CHOICE))
      .then((old) => Promise.all(old.map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (SHELL.includes(new URL(request.url).pathname)) event.respondWith(shell(request));
});

async function page(request) {
  try {
    return await fetch(request);
  } catch {
    const kept = await caches.open(CHOICE);
    const language = await (await kept.match("/ui/choice/language"))?.text();
    const cache = await caches.open(CACHE);
    return (await cache.match(OFFLINE[language] ?? OFFLINE.sv)) ?? Response.error();
  }
}

async function shell(request) {
  return (await (await caches.open(CACHE)).match(request)) ?? fetch(request);
}

self.addEventListener("push", (event) => {
  event.waitUntil(tell(event.data));
});

async function tell(data) {
  const said = read(data);
  await self.registration.showNotification(said.title ?? "Hemma", {
    body: said.body ?? "",
    lang: said.lang ?? "",
    tag: said.tag ?? "hemma",
    icon: ICON,
    badge: ICON,
    data: { path: said.path ?? "/" },
  });
}

function read(data) {
  try {
    return data.json();
  } catch {
    return {};
  }
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.path ?? "/"));
});

async function open(path) {
  const address = new URL(path, self.location.origin);
  if (address.origin !== self.location.origin) return;
  const windows = await self.clients.matchAll({ type: "window" });
  const there = windows.find((one) => new URL(one.url).pathname === address.pathname);
  if (there) await there.focus();
  else await self.clients.openWindow(address.href);
}
