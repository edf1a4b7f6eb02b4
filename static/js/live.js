// Live updates: one WebSocket per page, a cursor per stream, plain HTTP where sockets die.
//
// Elements name their stream and the number they were rendered at (data-stream, data-seq).
// An event carries a part whose root element says where it belongs:
//   an id that is on the page          → it takes that element's place
//   data-live="append" and a target    → it is added at the end of what data-live-target names
//   data-live="prepend" and a target   → at the beginning
//   data-live="remove"                 → the element with its id goes
// Every event is applied once: what has a number at or below the cursor is passed over.

const BEAT_LIMIT = 60000; // two heartbeats missed: the line is dead
const FIRST_WAIT = 500;
const LONGEST_WAIT = 30000;
const POLL_EVERY = 5000;
const FAILURES_BEFORE_POLLING = 3;

const cursors = new Map(); // stream → last number applied
const epochs = new Map();
let socket = null;
let failures = 0;
let polling = null;
let lastHeard = 0;

function regions(stream) {
  const all = [...document.querySelectorAll("[data-stream]")];
  return all.filter((element) => element.dataset.stream === stream);
}

function collect() {
  for (const element of document.querySelectorAll("[data-stream]")) {
    const seq = element.dataset.seq === "" ? null : Number(element.dataset.seq);
    if (!cursors.has(element.dataset.stream)) cursors.set(element.dataset.stream, seq);
  }
  return cursors.size > 0;
}

function say(state) {
  document.documentElement.dataset.line = state; // "open", "waiting" or "polling"
  document.dispatchEvent(new CustomEvent("hub:line", { detail: { state } }));
}

function place(part) {
  const known = part.id ? document.getElementById(part.id) : null;
  if (part.dataset.live === "remove") {
    known?.remove();
    return known !== null;
  }
  if (known) {
    const newer = Number(part.dataset.version || 0) >= Number(known.dataset.version || 0);
    if (newer && !known.contains(document.activeElement)) known.replaceWith(part);
    else if (newer) known.dataset.stale = "true";
    return true;
  }
  const target = document.querySelector(part.dataset.liveTarget || ":not(*)");
  if (!target) return false;
  part.classList.add("is-new");
  if (part.dataset.live === "prepend") target.prepend(part);
  else target.append(part);
  return true;
}

function apply(event) {
  const cursor = cursors.get(event.stream);
  if (cursor !== null && event.seq <= cursor) return;
  if (cursor !== null && event.seq > cursor + 1) {
    catchUp(event.stream);
    return;
  }
  cursors.set(event.stream, event.seq);
  const box = document.createElement("template");
  box.innerHTML = event.html;
  for (const part of [...box.content.children]) {
    if (!place(part)) missed(part);
  }
  for (const region of regions(event.stream)) {
    region.dataset.seq = event.seq;
    region.dispatchEvent(new CustomEvent("hub:event", { detail: event, bubbles: true }));
  }
}

function missed(part) {
  // The page shows another window of the list: say so, do not move what is being read.
  const note = document.querySelector(part.dataset.liveMissed || "[data-live-missed-note]");
  if (!note) return;
  note.hidden = false;
  const counter = note.querySelector("[data-count]");
  if (counter) counter.textContent = String(Number(counter.textContent || 0) + 1);
}

async function refresh(stream, seq) {
  // The cursor cannot be continued: fetch the page anew and exchange the region, nothing else.
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) {
    location.reload();
    return;
  }
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const region of regions(stream)) {
    const twin = [...fresh.querySelectorAll("[data-stream]")].find(
      (element) => element.dataset.stream === stream && element.id === region.id,
    );
    if (twin && !region.contains(document.activeElement)) region.replaceWith(document.adoptNode(twin));
    cursors.set(stream, twin ? Number(twin.dataset.seq) : seq);
  }
}

async function catchUp(stream) {
  const cursor = cursors.get(stream);
  const query = new URLSearchParams({ stream });
  if (cursor !== null) query.set("after", cursor);
  const answer = await fetch(`/live/events/?${query}`, { headers: { Accept: "application/json" } });
  if (answer.status === 404) return denied(stream);
  if (!answer.ok) throw new Error(`The hub answered ${answer.status}`);
  const found = await answer.json();
  const changed = epochs.has(stream) && found.epoch !== epochs.get(stream);
  epochs.set(stream, found.epoch);
  if (found.reset || changed) return refresh(stream, found.seq);
  if (cursor === null) cursors.set(stream, found.seq);
  found.events.forEach(apply);
}

function denied(stream) {
  cursors.delete(stream);
  for (const region of regions(stream)) {
    if (region.dataset.deniedReload !== "no") location.reload();
  }
}

function heard(message) {
  if (message.type === "event") apply(message);
  else if (message.type === "reset") refresh(message.stream, message.seq);
  else if (message.type === "denied") denied(message.stream);
  else if (message.type === "subscribed") subscribed(message.streams);
  else if (message.type === "heartbeat") {
    for (const [stream, seq] of Object.entries(message.streams)) {
      if (cursors.has(stream) && seq > (cursors.get(stream) ?? 0)) catchUp(stream).catch(() => {});
    }
  }
}

function subscribed(streams) {
  for (const [stream, { seq, epoch }] of Object.entries(streams)) {
    if (epochs.has(stream) && epochs.get(stream) !== "" && epochs.get(stream) !== epoch) refresh(stream, seq);
    epochs.set(stream, epoch);
    if (cursors.get(stream) === null) cursors.set(stream, seq);
  }
  stopPolling();
  say("open");
}

function connect() {
  const address = new URL("/live/", location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  socket = new WebSocket(address);
  socket.addEventListener("open", () => {
    failures = 0;
    lastHeard = Date.now();
    socket.send(JSON.stringify({ type: "subscribe", streams: Object.fromEntries(cursors) }));
  });
  socket.addEventListener("message", (frame) => {
    lastHeard = Date.now();
    heard(JSON.parse(frame.data));
  });
  socket.addEventListener("close", () => {
    socket = null;
    failures += 1;
    if (!polling) say("waiting");
    if (failures >= FAILURES_BEFORE_POLLING) startPolling();
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(failures - 1, 6));
    setTimeout(connectIfNeeded, wait / 2 + Math.random() * wait);
  });
}

function connectIfNeeded() {
  if (!socket && cursors.size > 0) connect();
}

function startPolling() {
  if (polling) return;
  polling = setInterval(async () => {
    try {
      for (const stream of cursors.keys()) await catchUp(stream);
      say("polling");
    } catch {
      say("waiting");
    }
  }, POLL_EVERY);
}

function stopPolling() {
  clearInterval(polling);
  polling = null;
}

export function follow() {
  // New regions have come onto the page: follow their streams too.
  const before = new Set(cursors.keys());
  collect();
  const added = [...cursors].filter(([stream]) => !before.has(stream));
  if (added.length && socket?.readyState === WebSocket.OPEN) {
    socket.send(JSON.stringify({ type: "subscribe", streams: Object.fromEntries(added) }));
  }
  connectIfNeeded();
}

setInterval(() => {
  if (socket?.readyState === WebSocket.OPEN && Date.now() - lastHeard > BEAT_LIMIT) socket.close();
}, 10000);
addEventListener("online", connectIfNeeded);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) connectIfNeeded();
});
if (collect()) connect();
