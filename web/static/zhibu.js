// Comforts over pages that are whole without them: a preview while typing pauses, drafts, one click one send.
const PAUSE = 500;
const owner = document.body.dataset.owner || "";
const key = (path) => `zhibu:${owner}:${path}`;
const placeOf = (form) => form.dataset.at || new URL(form.action).pathname;
const skipped = new Set(["token", "id", "password", "old", "drafted"]);

function store(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch { /* no room, or not allowed: drafts are a comfort */ }
}

function read(name) {
  try { return JSON.parse(localStorage.getItem(name)); } catch { return null; }
}

function draftKeys() {
  const found = [];
  try {
    for (let at = 0; at < localStorage.length; at++) {
      const name = localStorage.key(at);
      if (name.startsWith(`zhibu:${owner}:`)) found.push(name);
    }
  } catch { /* as above */ }
  return found;
}

// What is typed, without what belongs to this one sending.
function typed(form) {
  return [...new FormData(form)].filter(([name, value]) => !skipped.has(name) && typeof value === "string" && value);
}

function fill(form, pairs) {
  for (const field of form.elements) {
    if (!field.name || skipped.has(field.name) || field.type === "hidden" || field.type === "file") continue;
    const values = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
    else if (values.length) field.value = values[values.length - 1];
    else if (field.tagName !== "BUTTON") field.value = "";
    if (values.length) field.closest("details")?.setAttribute("open", "");
  }
}

function keepDraft(form) {
  store(key(placeOf(form)), JSON.stringify({ title: form.dataset.draft, pairs: typed(form) }));
}

function restoreDraft(form) {
  const name = key(placeOf(form)), draft = read(name);
  const fresh = form.dataset.at || location.search === "" || location.search === "?draft=1";
  const answered = document.getElementById("problems") || document.querySelector(".preview h2, [data-saved]");
  if (!draft?.pairs?.length || !fresh || answered) return;
  fill(form, draft.pairs);
  const told = form.querySelector("[data-restored]");
  if (!told) return;
  told.hidden = false;
  told.querySelector("button").addEventListener("click", () => {
    store(name, null);
    form.reset();
    told.hidden = true;
    form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });
}

// Put the part of a fetched page in the place of ours, the focus staying where it is.
function swap(id, page) {
  const ours = document.getElementById(id), theirs = page.getElementById(id);
  if (!ours || !theirs || ours.contains(document.activeElement)) return;
  ours.replaceWith(document.importNode(theirs, true));
}

function checking(form) {
  let timer = 0, running = null;
  const away = form.querySelector("[data-away]");
  const check = async () => {
    running?.abort();
    running = new AbortController();
    const body = new URLSearchParams(new FormData(form));
    body.set("check", "1");
    body.set("part", "preview");
    try {
      const answer = await fetch(form.action, { method: "POST", body, signal: running.signal, redirect: "error" });
      away.hidden = true;
      if (answer.status !== 200) return;
      swap("preview", new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch (error) {
      // Newer typing came, or nobody answers: then what stands there is of what was typed before.
      if (error.name === "AbortError") return;
      away.hidden = false;
      document.getElementById("preview").replaceChildren();
    }
  };
  const needed = () => [...form.querySelectorAll(".need")].every((mark) => {
    const field = document.getElementById(mark.closest("label")?.htmlFor || "");
    return !field || field.value;
  });
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => { keepDraft(form); if (needed()) check(); }, PAUSE);
  });
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  restoreDraft(form);
  let touched = false;
  form.addEventListener("input", () => { touched = true; });
  if (form.hasAttribute("data-check")) checking(form);
  else form.addEventListener("input", () => keepDraft(form));
  // Sent within the pause, or into a session that has ended: it must not be lost.
  form.addEventListener("submit", () => {
    if (!touched) return;
    keepDraft(form);
    // So that a login need not carry along what comes back from the draft.
    const mark = Object.assign(document.createElement("input"), { type: "hidden", name: "drafted", value: "1" });
    form.append(mark);
  });
}

// A double click sends once; the hidden id would make it one event anyway.
for (const form of document.querySelectorAll("form[method=post]")) {
  let sent = 0;
  form.addEventListener("submit", (event) => {
    const now = Date.now();
    if (now - sent < 2000) event.preventDefault();
    else sent = now;
  });
}

// Who opens the roll or ticks somebody's seat wants the numbers from it: it shows everybody as present from the start.
for (const roll of document.querySelectorAll(".roll")) {
  roll.querySelector("summary").addEventListener("click", () => {
    const count = roll.querySelector("input[name=roll]");
    if (roll.open || count.checked) return;
    count.checked = true;
    count.dispatchEvent(new Event("input", { bubbles: true }));
  });
  roll.addEventListener("change", (event) => {
    if (event.target.type === "radio") roll.querySelector("input[name=roll]").checked = true;
  });
}

// Judging many clauses: Enter goes on to the next one's points, up and down lead from points to points.
for (const list of document.querySelectorAll(".judging")) {
  const rows = [...list.children], points = (row) => row?.querySelector("input[name^='points.']");
  list.addEventListener("keydown", (event) => {
    const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key], field = event.target;
    if (!step || event.isComposing || field.tagName !== "INPUT" || (event.key !== "Enter" && !field.name.startsWith("points."))) return;
    event.preventDefault();
    points(rows[rows.indexOf(field.closest("li")) + step])?.focus();
  });
}

// The sum of the ticked rows, while they are ticked.
for (const form of document.querySelectorAll("form[data-sum]")) {
  const boxes = () => [...form.querySelectorAll("input[name=paid]")];
  const total = () => {
    const cents = boxes().filter((box) => box.checked).map((box) => Math.round(100 * Number(form.elements[`amount.${box.value}`].value))).filter(Number.isFinite).reduce((a, b) => a + b, 0);
    form.querySelector("[data-total]").textContent = (cents / 100).toFixed(2);
  };
  form.addEventListener("input", total);
  const all = form.querySelector("[data-tick-all]");
  all.hidden = !boxes().length;
  all.addEventListener("click", () => { boxes().forEach((box) => { box.checked = true; }); form.dispatchEvent(new Event("input")); });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

for (const saved of document.querySelectorAll("[data-saved]")) store(key(saved.dataset.saved), null);

for (const place of document.querySelectorAll("[data-drafts]")) {
  const list = place.querySelector("ul"), template = place.querySelector("template");
  for (const name of draftKeys()) {
    const path = name.slice(key("").length), draft = read(name);
    if (!draft?.pairs?.length || !path.startsWith(`${location.pathname}/`)) continue;
    const row = template.content.firstElementChild.cloneNode(true);
    const link = row.querySelector("a");
    link.href = `${path}?draft=1`;
    link.textContent = draft.title || path;
    row.querySelector("button").addEventListener("click", () => { store(name, null); row.remove(); place.hidden = !list.children.length; });
    list.append(row);
  }
  place.hidden = !list.children.length;
}

// After a refusal the summary is what there is to read first, else the field refused; after a look ahead, what would come.
const refused = document.getElementById("problems") ?? document.querySelector("[aria-invalid=true]");
if (refused) refused.focus();
else document.querySelector("#preview h2")?.scrollIntoView({ block: "center" });
document.querySelector("form[action='/logout']")?.addEventListener("submit", () => draftKeys().forEach((name) => store(name, null)));
