// Keeps what is being written in `textarea[data-draft="case-42"]`, per person, in this browser:
// through a reload, a lost line, a lost sign-in. It is thrown away when it has been sent, when the
// server has something newer (`data-draft-since`, ISO time of the newest text it knows), when the
// person signs out, or after three days.

const PREFIX = "hemma.draft.";
const KEEP_MS = 3 * 24 * 60 * 60 * 1000;
const WAIT_MS = 400;

/** Restore and keep drafts on this page and in fragments that come later. */
export function startDrafts() {
  const person = document.body.dataset.person;
  if (!person || "error" in document.body.dataset) {
    unsend();
    return;
  }
  const mine = `${PREFIX}${person}.`;
  sweep(mine);
  adopt(mine, document);
  document.addEventListener("input", (event) => write(mine, event.target));
  document.addEventListener("submit", (event) => leave(mine, event));
  document.addEventListener("htmx:after:swap", () => adopt(mine, document));
  document.addEventListener("htmx:after:request", (event) => answered(mine, event.detail.ctx));
}

const waiting = new WeakMap();

function write(mine, field) {
  if (!field.matches?.("textarea[data-draft]")) return;
  clearTimeout(waiting.get(field));
  waiting.set(field, setTimeout(() => save(mine, field), WAIT_MS));
}

function save(mine, field) {
  clearTimeout(waiting.get(field));
  waiting.delete(field);
  const key = mine + field.dataset.draft;
  if (field.value.trim() && field.value !== field.defaultValue) put(key, { text: field.value, at: now() });
  else localStorage.removeItem(key);
}

function adopt(mine, root) {
  for (const field of root.querySelectorAll("textarea[data-draft]")) {
    if (field.dataset.draftSeen) continue;
    field.dataset.draftSeen = "1";
    restore(mine + field.dataset.draft, field);
  }
}

function restore(key, field) {
  const draft = get(key);
  if (!draft) return;
  const since = Date.parse(field.dataset.draftSince ?? "");
  if (draft.at < since) {
    localStorage.removeItem(key);
    return;
  }
  if (draft.text === field.value || document.activeElement === field) return;
  const own = field.defaultValue;
  field.value = draft.text;
  note(field, () => {
    field.value = own;
    localStorage.removeItem(key);
    field.focus();
  });
}

function note(field, discard) {
  const template = document.getElementById("notice-draft");
  if (!template) return;
  const line = template.content.firstElementChild.cloneNode(true);
  line.querySelector("[data-discard]").addEventListener("click", () => {
    line.remove();
    discard();
  });
  field.after(line);
}

function fieldsOf(form) {
  return form ? [...form.querySelectorAll("textarea[data-draft]")] : [];
}

// A page load cannot tell whether the form arrived; it is marked, and the next page decides.
function leave(mine, event) {
  if (event.target.matches("[data-signs-out]")) {
    for (const key of keys(mine)) localStorage.removeItem(key);
    return;
  }
  for (const field of fieldsOf(event.target)) {
    save(mine, field);
    const draft = get(mine + field.dataset.draft);
    if (draft && !event.defaultPrevented) put(mine + field.dataset.draft, { ...draft, sent: true });
  }
}

function answered(mine, ctx) {
  const ok = ctx.response.status >= 200 && ctx.response.status < 300;
  if (!ok || ctx.hemmaSignedOut || ctx.request.method === "GET") return;
  for (const field of fieldsOf(ctx.request.form)) {
    clearTimeout(waiting.get(field));
    localStorage.removeItem(mine + field.dataset.draft);
  }
}

// Sent, and here is an ordinary page that was gone to: it arrived. A reload or a step back, or the
// same field with a complaint, means that it may not have: then it is kept.
function sweep(mine) {
  const arrived = performance.getEntriesByType("navigation")[0]?.type === "navigate";
  for (const key of keys(PREFIX)) {
    const draft = get(key);
    if (!draft || now() - draft.at > KEEP_MS) localStorage.removeItem(key);
    else if (draft.sent && key.startsWith(mine)) {
      const name = CSS.escape(key.slice(mine.length));
      const field = document.querySelector(`textarea[data-draft="${name}"]`);
      const refused = field?.form?.querySelector('[aria-invalid="true"], .errors');
      if (arrived && !refused) localStorage.removeItem(key);
      else put(key, { text: draft.text, at: draft.at });
    }
  }
}

// A sign-in page or an error page: whatever was sent did not arrive.
function unsend() {
  for (const key of keys(PREFIX)) {
    const draft = get(key);
    if (draft?.sent) put(key, { text: draft.text, at: draft.at });
  }
}

function keys(prefix) {
  return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
}

function get(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function put(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // Full or forbidden storage: the page still works, there is just nothing to restore.
  }
}

function now() {
  return Date.now();
}
