"use strict";
// What is typed is written to localStorage at every keystroke; a visit leaves this phone only once the server has said
// that it holds it. An entry is {id, person, place, values, state: draft | kept | refused | sent, at, sent, says, field}.
const $ = (id) => document.getElementById(id);
const form = $("form");
const asked = new URLSearchParams(location.search);
const HOME = asked.get("home") || "";
const KEY = "lz-quick-" + HOME + "-";
const SENT_KEPT = 5; // of those that were sent only who, where and when is kept, and only of the newest
const DAY = { weekday: "short", day: "numeric", month: "short" };
const RETRY = [2, 5, 10, 30, 60]; // seconds

// A browser that keeps nothing, or is full, is said to be so: nobody is to believe that a visit is safe.
let keeps = true;
const memory = new Map();
const read = (name) => {
  let held = memory.get(KEY + name);
  try {
    held = held || localStorage.getItem(KEY + name);
  } catch {
    keeps = false;
  }
  return JSON.parse(held || "null");
};
const write = (name, value) => {
  const text = JSON.stringify(value);
  try {
    localStorage.setItem(KEY + name, text);
    memory.delete(KEY + name);
    keeps = true;
  } catch {
    memory.set(KEY + name, text);
    keeps = false;
  }
};
const forget = (name) => {
  memory.delete(KEY + name);
  if (keeps) localStorage.removeItem(KEY + name);
};
const entries = () =>
  [...new Set([...memory.keys(), ...(keeps ? Object.keys(localStorage) : [])])]
    .filter((key) => key.startsWith(KEY + "entry-"))
    .map((key) => read(key.slice(KEY.length)))
    .sort((a, b) => (a.at < b.at ? 1 : -1));
const keep = (entry) => write("entry-" + entry.id, entry);
const drop = (entry) => forget("entry-" + entry.id);
const day = (ahead) => {
  const on = new Date();
  on.setDate(on.getDate() + ahead);
  return [on.getFullYear(), on.getMonth() + 1, on.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
};
const clock = (iso) => new Date(iso).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
const fresh = () => ({
  id: "q-" + Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join(""),
  place: null,
  values: { date: day(0), channel: "in_person" },
  state: "draft",
  at: new Date().toISOString(),
});

let list = { practices: [], today: [], materials: [] };
let now = fresh();

// --- the form -------------------------------------------------------------------------------------------------------
function taken() {
  const values = {};
  for (const [name, value] of new FormData(form)) {
    if (name === "person_id" || !value.trim()) continue;
    values[name] = name in values ? values[name] + ";" + value : value;
  }
  return values;
}

function changed() {
  now.values = taken();
  now.at = new Date().toISOString();
  const said = Object.keys(now.values).filter((name) => name !== "date" && name !== "channel");
  if (said.length || now.place) keep(now);
  else drop(now);
  tell();
}

function show(entry) {
  now = entry;
  for (const field of form.elements) {
    if (!field.name || field.name === "person_id") continue;
    const value = entry.values[field.name] || "";
    if (field.type === "checkbox") field.checked = value.split(";").includes(field.value);
    else if (field.type === "radio") field.checked = field.value === value;
    else field.value = value;
  }
  $("problem").open = !!(entry.values.barrier_kind || entry.values.barrier_what);
  $("more").open = ["people_met", "ask", "materials", "arrived_at", "minutes", "miles"].some((n) => entry.values[n]);
  place(entry.place);
  fault(entry);
  tell();
}

function place(to) {
  now.place = to;
  $("chosen").hidden = !to;
  $("picker").hidden = !!to;
  $("place").textContent = to ? to[1] : "";
  if (to && to[2]) $("place").append(Object.assign(document.createElement("small"), { textContent: to[2] }));
  $("find").value = "";
  find();
  warn();
}

// Beside one's own practices, any of the team: asked of the server once the finger rests, while there is a line.
let beyond = [];
let typing = 0;
async function reach() {
  const words = $("find").value.trim();
  const who = person();
  if (words.length < 2 || !who) return;
  try {
    const told = await get("quick/called", { person: who, words });
    if (words !== $("find").value.trim()) return;
    beyond = told.practices.filter((one) => !list.practices.some((own) => own[0] === one[0]));
    find();
  } catch {
    // Without a line those that this phone holds are what can be found.
  }
}

function find() {
  const words = $("find").value.trim().toLowerCase();
  const hit = (one) => (one[1] + " " + one[2]).toLowerCase().includes(words);
  const rank = (one) => (list.today.indexOf(one[0]) + 1 || 1e6);
  const own = list.practices.filter(hit).sort((a, b) => rank(a) - rank(b)).slice(0, 6);
  const found = [...own, ...(words.length < 2 ? [] : beyond.filter(hit))];
  $("found").replaceChildren(
    ...found.map((one) => {
      const pick = Object.assign(document.createElement("button"), { type: "button", textContent: one[1] });
      const town = list.today.includes(one[0]) ? "on today\u2019s route" : one[2];
      pick.append(Object.assign(document.createElement("small"), { textContent: town }));
      pick.addEventListener("click", () => {
        place(one);
        changed();
        $("other").focus();
      });
      const row = document.createElement("li");
      row.append(pick);
      return row;
    })
  );
  $("none").hidden = found.length > 0;
  $("none").textContent = !person()
    ? "Say who is logging: their practices then stand here."
    : list.practices.length
      ? "No practice that is known here is called so. Others need a line."
      : "The list of practices comes with the first line; what you type is kept.";
}

function fault(entry) {
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  $("notice").hidden = entry.state !== "refused";
  $("notice").textContent = entry.says || "";
  const field = entry.state === "refused" && entry.field && (form.elements[entry.field] || $(entry.field));
  if (!field) return;
  const inside = field.closest && field.closest("details");
  if (inside) inside.open = true;
  if (field.setAttribute) field.setAttribute("aria-invalid", "true");
}

async function warn() {
  $("clash").hidden = true;
  const [to, who] = [now.place, person()];
  if (!to || !who) return;
  const about = new URLSearchParams({ person: who, practice: to[0], date: $("date").value, home: HOME });
  try {
    const answer = await fetch("quick/clashes?" + about, { cache: "no-store" });
    const told = answer.ok ? (await answer.json()).says : [];
    if (now.place !== to) return;
    $("clash").textContent = told.join(" ");
    $("clash").hidden = !told.length;
  } catch {
    // Without a line nobody can say who else goes there; the visit is logged all the same.
  }
}

function counts() {
  const of = (name) => form.querySelector(`[name=${name}]:checked`);
  const [how, why] = [of("channel"), of("purpose")];
  $("counts").textContent = why && why.dataset.says ? why.dataset.says : (how && how.dataset.says) || "";
}

// --- words for what is where ----------------------------------------------------------------------------------------
function tell() {
  counts();
  const all = entries();
  const waiting = all.filter((one) => one.state === "kept").length;
  const typed = all.some((one) => one.id === now.id);
  const last = all.find((one) => one.state === "sent");
  $("state").textContent = !keeps
    ? "This browser keeps nothing: log before you leave"
    : waiting
      ? `${waiting} kept on this phone, not sent yet`
      : typed && now.state === "refused"
        ? "Not taken: see below"
        : typed
          ? "Kept on this phone"
          : last
            ? `Sent ${clock(last.sent)}`
            : "";
  const rows = all.filter((one) => one.id !== now.id);
  $("nothing").hidden = rows.length > 0;
  $("entries").replaceChildren(...rows.map(line));
}

const WORDS = {
  draft: () => "not finished, kept on this phone",
  kept: () => "kept on this phone, sent as soon as there is a line",
  sent: (one) => `sent ${clock(one.sent)}`,
  refused: (one) => `not taken: ${one.says}`,
};

function line(one) {
  const row = document.createElement("li");
  const what = document.createElement("p");
  const said = document.createElement("p");
  const on = one.values.date && new Date(one.values.date + "T12:00").toLocaleDateString([], DAY);
  what.textContent = `${one.place ? one.place[1] : "No practice yet"}, ${on || "no day"}`;
  said.className = one.state === "refused" ? "fault" : "says";
  said.textContent = WORDS[one.state](one);
  row.append(what, said);
  const does = document.createElement("div");
  does.className = "does";
  const button = (word, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: word });
    made.addEventListener("click", () => act(made));
    does.append(made);
  };
  if (one.state !== "sent") {
    button(one.state === "draft" ? "Go on" : "Edit", () => {
      // One that was kept is a draft again, or it would leave while it is changed.
      const open = { ...one, state: one.state === "kept" ? "draft" : one.state };
      keep(open);
      show(open);
      scrollTo(0, 0);
      const wrong = form.querySelector("[aria-invalid]");
      if (wrong) wrong.focus();
    });
    button("Throw away", (made) => {
      if (made.dataset.sure) {
        drop(one);
        tell();
      }
      made.dataset.sure = "yes";
      made.textContent = "Really throw away";
    });
    row.append(does);
  }
  return row;
}

// --- sending --------------------------------------------------------------------------------------------------------
let sending = false;
let tries = 0;
let timer = 0;
let pressed = 0;

async function send() {
  if (sending) return;
  sending = true;
  clearTimeout(timer);
  let line = true;
  for (const one of entries().filter((each) => each.state === "kept").reverse()) {
    line = await sendOne(one);
    tell();
    if (!line) break;
  }
  sending = false;
  if (line) tries = 0;
  else timer = setTimeout(send, 1000 * RETRY[Math.min(tries++, RETRY.length - 1)]);
}

// Whether there is a line to the server; what it said of the entry is kept with it.
async function sendOne(one) {
  const body = JSON.stringify({ id: one.id, home: HOME, person_id: one.person, practice_id: one.place[0],
    logged_at: one.at, ...one.values });
  let answer, told;
  try {
    answer = await fetch("quick/visits", { method: "POST", headers: { "Content-Type": "application/json" }, body,
      cache: "no-store", redirect: "manual" });
    told = await answer.json();
  } catch {
    if (answer && (answer.type === "opaqueredirect" || answer.status === 401)) signIn();
    return false;
  }
  if (answer.status === 401) signIn();
  if (answer.status >= 500 || answer.status === 401) return false;
  const standing = read("entry-" + one.id);
  // Changed or thrown away while it was on its way: the next send says what it is now.
  if (!standing || standing.at !== one.at || standing.state !== "kept") return true;
  if (answer.ok) {
    keep({ id: one.id, place: one.place, values: { date: one.values.date }, state: "sent", at: one.at, sent: told.at });
    entries().filter((each) => each.state === "sent").slice(SENT_KEPT).forEach(drop);
  } else {
    keep({ ...one, state: "refused", says: told.says || `the server said ${answer.status}.`, field: told.field });
  }
  return true;
}

function signIn() {
  $("state").textContent = "Kept on this phone: sign in again to send";
}

function check() {
  if (!person()) return ["person_id", "Who is logging is missing. Choose a name."];
  if (!now.place) return ["find", "The practice is missing. Choose one from the list."];
  if (!now.values.date) return ["date", "The day is missing."];
  if (now.values.barrier_what && !now.values.barrier_kind)
    return ["barrier_what", "The kind of barrier is missing. Choose one, or take the words away."];
  if (now.values.barrier_kind && !now.values.barrier_what)
    return ["barrier_what", "What happened is missing. Say it, or take the kind of barrier away."];
  return null;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (Date.now() - pressed < 1000) return; // a second press of the same finger
  now.values = taken();
  const wrong = check();
  if (wrong) {
    now = { ...now, state: "refused", field: wrong[0], says: wrong[1] };
    if (read("entry-" + now.id)) keep(now);
    fault(now);
    tell();
    $(wrong[0]).focus();
    return;
  }
  pressed = Date.now();
  keep({ ...now, person: person(), state: "kept", at: new Date().toISOString(), says: "", field: "" });
  show(fresh());
  scrollTo(0, 0);
  send();
});

// --- who, and their practices ---------------------------------------------------------------------------------------
const person = () => $("person_id").value;

function people(told) {
  const held = (read("me") || {}).person || told.me || "";
  const named = told.people.map((one) => new Option(one[1], one[0]));
  $("person_id").replaceChildren($("person_id").options[0], ...named);
  $("person_id").value = told.people.some((one) => one[0] === held) ? held : "";
  $("fiction").hidden = !told.fiction;
}

function practices(told) {
  list = told;
  $("left").hidden = !told.materials.length;
  $("materials").replaceChildren(
    ...told.materials.map(([id, name]) => {
      const chip = Object.assign(document.createElement("label"), { className: "chip" });
      const box = Object.assign(document.createElement("input"), { type: "checkbox", name: "materials", value: id });
      box.checked = (now.values.materials || "").split(";").includes(id);
      chip.append(box, Object.assign(document.createElement("span"), { textContent: name }));
      return chip;
    })
  );
  find();
}

async function get(path, about) {
  const answer = await fetch(path + "?" + new URLSearchParams({ home: HOME, ...about }), { cache: "no-store" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

async function bring() {
  const wanted = asked.get("practice");
  people(read("people") || { people: [] });
  if (person()) practices(read("list-" + person()) || list);
  start(wanted);
  try {
    const told = await get("quick/people", {});
    write("people", told);
    people(told);
    if (person()) {
      const whose = person();
      const found = await get("quick/practices", { person: whose, practice: wanted || "" });
      write("list-" + whose, found);
      if (whose === person()) practices(found);
    }
    start(wanted);
  } catch {
    // Without a line the lists are those that this phone holds.
  }
  send();
}

// The practice that a link named, once; a visit that was being typed stays on the list below.
let started = false;
function start(wanted) {
  const named = wanted && list.practices.find((one) => one[0] === wanted);
  if (started || !named) return;
  started = true;
  if (now.place && now.place[0] === wanted) return;
  if (entries().some((one) => one.id === now.id)) show(fresh());
  place(named);
  changed();
}

form.addEventListener("input", (event) => {
  if (event.target.id === "find") {
    find();
    clearTimeout(typing);
    typing = setTimeout(reach, 300);
  }
  else if (event.target.id !== "person_id") changed();
});
form.addEventListener("change", (event) => {
  if (event.target.id === "person_id") {
    write("me", { person: person() });
    list = { practices: [], today: [], materials: [] };
    bring();
  }
  if (event.target.id === "date") warn();
});
// A chosen chip that is pressed again is chosen no more; how it took place always has an answer.
form.addEventListener("pointerdown", (event) => {
  const chip = event.target.closest("label.chip");
  const radio = chip && chip.querySelector("input[type=radio]");
  if (radio) radio.dataset.was = radio.checked && radio.name !== "channel" ? "on" : "";
});
form.addEventListener("click", (event) => {
  if (event.target.type !== "radio" || event.target.dataset.was !== "on") return;
  event.target.checked = false;
  event.target.dataset.was = "";
  changed();
});
$("shortcuts").addEventListener("click", (event) => {
  const ahead = event.target.dataset.days;
  if (!ahead) return;
  $("next_step_on").value = day(Number(ahead));
  changed();
});
// The return key of a phone ends a word, not the visit; in the search it takes the first practice.
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
  event.preventDefault();
  const first = event.target.id === "find" && $("found").querySelector("button");
  if (first) first.click();
});
$("other").addEventListener("click", () => {
  place(null);
  changed();
  $("find").focus();
});
addEventListener("online", send);
addEventListener("pageshow", send);
document.addEventListener("visibilitychange", () => document.hidden || send());

read("me"); // whether this browser keeps anything
if (HOME) $("desk").search = new URLSearchParams({ home: HOME });
show(entries().find((one) => one.state === "draft" || one.state === "refused") || now);
bring();
if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
if ("serviceWorker" in navigator) navigator.serviceWorker.register("quick/worker.js", { scope: "./quick" });
