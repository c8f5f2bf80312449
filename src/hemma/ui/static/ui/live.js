// Live pages: one event stream a browser, shared by its tabs.
//
// The tab that holds the lock has the stream and tells the others (Web Locks, BroadcastChannel);
// when it closes, the lock passes on. Without those two every tab has its own. An event names a
// topic; every element with it in `data-live` gets the DOM event `live`, at most once in 300 ms and
// spread over another 150 ms, so that a thousand open pages do not ask at the same moment; one with
// `data-live-pace` at most once in so many seconds, spread over a third of them, and said to the server:
// it makes way for whoever goes to a page. The stream is told when the page was begun and
// begins with what has changed since, or with `all` when that is not known: nothing is missed. Its
// beat becomes the DOM event `beat` on every `[data-live-beat]`, which says that somebody is there.

import { hide, show } from "./notices.js";
import { signedOut } from "./session.js";

const PACE_MS = 300;
const SPREAD_MS = 150;
const QUIET_MS = 5000; // a shorter gap is nobody's concern
const ANSWER_MS = 50000; // the stream's beats that are answered lie at least this far apart
const RETRY_MS = [2000, 5000, 10000, 20000, 40000];
const NAME = "hemma-live";

/** Follow the stream named by `<body data-live-stream>`; nothing on pages without one. */
export function startLive() {
  const url = document.body.dataset.liveStream;
  if (!url) return;
  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    if (ctx.sourceEvent?.type !== "live" || !ctx.sourceElement.dataset.livePace) return;
    ctx.request.headers["Hemma-Renews"] = "1";
  });
  const shared = "locks" in navigator && "BroadcastChannel" in window;
  let leave = join(url, shared);
  // A page put aside by the browser must not sit on the stream.
  window.addEventListener("pagehide", () => leave());
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    leave = join(url, shared);
    refreshAll();
  });
}

function join(url, shared) {
  if (!shared) {
    const stream = new Stream(url, hear);
    stream.open();
    return () => stream.close();
  }
  const channel = new BroadcastChannel(NAME);
  const gone = new AbortController();
  const stream = new Stream(url, (message) => {
    hear(message);
    channel.postMessage(message);
  });
  let holding = false;
  channel.addEventListener("message", ({ data }) => {
    if (data.ask && holding) channel.postMessage({ state: stream.state });
    else if (!data.ask) hear(data);
  });
  navigator.locks
    .request(NAME, { signal: gone.signal }, () => {
      holding = true;
      stream.open();
      return new Promise((release) => gone.signal.addEventListener("abort", release));
    })
    .catch(() => {});
  channel.postMessage({ ask: true });
  return () => {
    gone.abort();
    stream.close();
    channel.close();
  };
}

/** One EventSource that comes back by itself, also where the browser would give up. */
class Stream {
  constructor(url, tell) {
    this.url = url;
    this.tell = tell;
    this.state = "opening";
    this.tries = 0;
  }

  open() {
    this.source = new EventSource(this.url);
    this.source.addEventListener("open", () => {
      this.tries = 0;
      this.#is("open");
      // After a gap one may be taken for gone; a page that follows another need not say it again.
      if (this.opened) forget();
      this.opened = true;
      answer();
    });
    this.source.addEventListener("beat", answer);
    this.source.addEventListener("message", ({ data }) => this.tell(JSON.parse(data)));
    this.source.addEventListener("error", () => {
      this.#is("lost");
      if (this.source.readyState === EventSource.CLOSED) this.#retry();
    });
  }

  close() {
    clearTimeout(this.timer);
    this.closed = true;
    this.source?.close();
  }

  #is(state) {
    this.state = state;
    this.tell({ state });
  }

  // The browser gives up after an answer that is no stream; whether it was a refusal decides.
  async #retry() {
    const wait = RETRY_MS[Math.min(this.tries++, RETRY_MS.length - 1)];
    if (await this.#refused()) {
      this.#is("signed-out");
      return;
    }
    if (this.closed) return;
    this.timer = setTimeout(() => this.open(), wait * (0.75 + Math.random() / 2));
  }

  async #refused() {
    const stop = new AbortController();
    try {
      const response = await fetch(this.url, { signal: stop.signal });
      return signedOut(response);
    } catch {
      return false;
    } finally {
      stop.abort();
    }
  }
}

const ANSWERED = "hemma-answered";

function forget() {
  sessionStorage.removeItem(ANSWERED);
}

// By the beat of the server, not by a timer of the page: those of a tab in the background are slowed.
function answer() {
  const since = Date.now() - Number(sessionStorage.getItem(ANSWERED));
  if (since >= 0 && since < ANSWER_MS) return;
  sessionStorage.setItem(ANSWERED, String(Date.now()));
  for (const element of document.querySelectorAll("[data-live-beat]")) {
    element.dispatchEvent(new CustomEvent("beat"));
  }
}

let quiet;
let lost = false;

/** Whether the stream is lost right now, from the first moment on. */
export function isLost() {
  return lost;
}

function hear(message) {
  if (message.state) connection(message.state);
  else if (message.topic === "all") refreshAll();
  else refresh(`[data-live~="${CSS.escape(message.topic)}"]`);
}

function connection(state) {
  lost = state === "lost";
  if (state === "lost") {
    quiet ??= setTimeout(() => show("offline"), QUIET_MS);
    return;
  }
  clearTimeout(quiet);
  quiet = undefined;
  hide("offline");
  if (state === "signed-out") show("signed-out");
  else hide("signed-out");
}

function refreshAll() {
  refresh("[data-live]");
}

const last = new WeakMap();
const due = new WeakSet();

function refresh(selector) {
  for (const element of document.querySelectorAll(selector)) {
    if (due.has(element)) continue;
    due.add(element);
    const pace = Number(element.dataset.livePace) * 1000 || PACE_MS;
    const since = performance.now() - (last.get(element) ?? -pace);
    const spread = element.dataset.livePace ? pace / 3 : SPREAD_MS;
    const wait = Math.max(0, pace - since) + Math.random() * spread;
    setTimeout(() => {
      due.delete(element);
      last.set(element, performance.now());
      if (element.isConnected) element.dispatchEvent(new CustomEvent("live"));
    }, wait);
  }
}
