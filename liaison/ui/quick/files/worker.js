"use strict";
// Holds the page itself, so that it opens without a line. What people log never comes here.
const NAME = "lz-quick-{version}";
const SHELL = ["../quick", "quick.css", "quick.js", "manifest.webmanifest"];
const shell = (url) => SHELL.map((path) => new URL(path, self.location).href).includes(url);

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(SHELL)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith("lz-quick-") && name !== NAME);
  event.waitUntil(
    caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))).then(() => self.clients.claim())
  );
});
self.addEventListener("fetch", (event) => {
  const url = event.request.url.split(/[?#]/)[0];
  if (event.request.method !== "GET" || !shell(url)) return;
  event.respondWith(caches.open(NAME).then((cache) => cache.match(url)).then((held) => held || fetch(event.request)));
});
