// The worker of the installed page: shows notices that arrive while it is closed, and a page of its own when there is no
// line. It keeps no other page: what stands in them is private.

const KEPT = "casero-offline-STYLE";

self.addEventListener("install", (event) => {
  const fill = async () => (await caches.open(KEPT)).addAll(["/offline", "STYLE"]);
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const clean = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(clean());
});

self.addEventListener("fetch", (event) => {
  const offline = async () =>
    (await caches.open(KEPT)).match(event.request.mode === "navigate" ? "/offline" : event.request);
  const isStyle = new URL(event.request.url).pathname === "STYLE";
  if (event.request.mode !== "navigate" && !isStyle) return;
  event.respondWith(fetch(event.request).catch(offline));
});

self.addEventListener("push", (event) => {
  let said = {};
  try {
    said = event.data.json();
  } catch {
    // Something must be shown for every push.
  }
  const options = {
    body: said.body || "Hay novedades. Tocá para verlas.",
    tag: said.tag || "casero",
    renotify: true,
    requireInteraction: said.urgent === true,
    icon: "/icon-192.png",
    badge: "/icon-192.png",
    data: { url: said.url || "/admin" },
  };
  event.waitUntil(self.registration.showNotification(said.title || "Casero", options));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const open = async () => {
    const url = new URL(event.notification.data.url, self.location.origin);
    // A link of another site is never opened.
    const path = url.origin === self.location.origin ? url.href : "/admin";
    const windows = await self.clients.matchAll({ type: "window" });
    const known = windows.find((client) => client.url === path);
    return known ? known.focus() : self.clients.openWindow(path);
  };
  event.waitUntil(open());
});
