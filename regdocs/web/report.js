// The page: shows what the check found, and takes what the reader brings. Words enter as text, never as markup.

const $ = (id) => document.getElementById(id);

function made(tag, words, kind) {
  const element = document.createElement(tag);
  if (words !== undefined) element.textContent = words;
  if (kind) element.className = kind;
  return element;
}

const SIGNS = { good: ["✓", "holds: "], bad: ["✗", "DOES NOT HOLD: "], open: ["–", "not checked: "] };

// A text as regdocs shows it: characters that direct or hide others are written as codes.
function shown(text) {
  return Array.from(text, (one) => (/[\p{C}\p{Z}]/u.test(one) && !" \n\t".includes(one) ? escaped(one) : one)).join("");
}

function escaped(one) {
  const code = one.codePointAt(0);
  const wide = code < 0x100 ? ["x", 2] : code < 0x10000 ? ["u", 4] : ["U", 8];
  return `\\${wide[0]}${code.toString(16).padStart(wide[1], "0")}`;
}

// ------------------------------------------------------------------------------------------------- what was found

function sayCheck(state, words) {
  const [sign, said] = SIGNS[state];
  const item = made("li", undefined, state);
  const mark = made("span", sign, "sign");
  mark.setAttribute("aria-hidden", "true");
  item.append(mark, made("strong", said), document.createTextNode(words));
  $("checks").append(item);
}

// A link to an entry, which may stand on the timeline or among the signatures.
function linkTo(n) {
  const link = made("a", `entry ${n}`);
  link.href = `#entry-${n}`;
  return link;
}

function sayFault(fault) {
  const item = made("li", undefined, "bad");
  const mark = made("span", "✗", "sign");
  mark.setAttribute("aria-hidden", "true");
  item.append(mark);
  if (fault.n !== null) item.append(linkTo(fault.n), ": ");
  item.append(fault.words);
  $("checks").append(item);
  const place = fault.n !== null && $(`entry-${fault.n}`);
  if (place) {
    const words = made(place.tagName === "TR" ? "td" : "p", `✗ Entry ${fault.n} does not hold: ${fault.words}`, "fault");
    place.append(words);
  }
}

function countStates(log) {
  const count = { holds: 0, fails: 0, unchecked: 0 };
  for (const one of log.signatures.values()) count[one.state] += 1;
  return count;
}

function sayVerdict(log, count, differing) {
  const box = $("verdict");
  box.replaceChildren();
  const bad = log.faults.length + differing;
  box.className = `verdict ${bad ? "bad" : count.unchecked ? "open" : "good"}`;
  const head = bad
    ? `✗ This page does not hold: ${bad} ${bad === 1 ? "fault" : "faults"}, named below.`
    : `✓ The ${log.size} entries in this page fit together, to the root under the head of the log.`;
  box.append(made("p", head), made("p", signatureWords(count)));
  if (!bad) {
    const rest = "Nothing from outside was compared yet. Who holds the keys could have made another history: give a head and keys that you hold.";
    const line = made("p", rest);
    line.id = "outside-yet";
    box.append(line);
  }
  if (log.genesis && log.genesis.keys === "demonstration") box.append(made("p", "Demonstration keys: anybody can sign with them."));
}

function signatureWords(count) {
  const total = count.holds + count.fails + count.unchecked;
  const rest = count.unchecked ? `; ${count.unchecked}: signature not checked here, because this browser has no Ed25519` : "";
  return `${count.holds} of ${total} signatures hold${count.fails ? `, ${count.fails} DO NOT` : ""}${rest}.`;
}

function sayChecks(log, count, differing) {
  const whole = log.chained === log.size;
  sayCheck(whole ? "good" : "bad", `chain: ${log.chained} of ${log.size} entries have their one form and name the entry before them by its hash.`);
  sayCheck(log.rootHolds ? "good" : "bad", `root: the entries ${log.rootHolds ? "give" : "do not give"} the root that the head of the log names (${hex(log.rootNow).slice(0, 16)}…).`);
  sayCheck(log.headSigned === true ? "good" : log.headSigned === null ? "open" : "bad",
    "signature under the head, by the key of the log that the log itself names.");
  sayCheck(count.fails ? "bad" : count.unchecked ? "open" : "good", `persons: ${signatureWords(count)}`);
  sayCheck(differing ? "bad" : "good", differing
    ? `words: ${differing} names, moments, reasons or keys shown are not those of the entries: this page was altered.`
    : "words: names, moments, days and reasons on the timeline and of signatures, and fingerprints of keys, are those of the entries.");
  const heads = Object.keys(log.data.heads).length;
  if (heads) sayCheck(log.faults.some((one) => one.words.includes("head of")) ? "bad" : "good", `${heads} earlier heads that were kept in the log’s folder.`);
}

function fillSignatures(log) {
  const words = { holds: "✓ holds", fails: "✗ DOES NOT HOLD: ", unchecked: "– signature not checked here" };
  for (const cell of document.querySelectorAll("[data-sig]")) {
    const found = log.signatures.get(Number(cell.dataset.sig));
    if (!found) continue;
    cell.textContent = found.state === "fails" ? words.fails + found.words : words[found.state];
    cell.className = { holds: "yes", fails: "no", unchecked: "small" }[found.state];
  }
}

// ------------------------------------------------------------------------------------- the words against the entries

function recordedAt(log, n, key) {
  const entry = log.entries[n] || {};
  if (!key.startsWith("note ")) return entry[key];
  const note = parseNote(typeof entry.note === "string" ? entry.note : "");
  return note ? wordsOf(note.text)[key.slice(5)] : undefined;
}

// How many of the words shown differ from the entries; each is marked. A sealed text is not in the entries at all.
function compareWords(log) {
  let differing = 0;
  for (const place of document.querySelectorAll("[data-key]")) {
    const value = recordedAt(log, Number(place.dataset.n), place.dataset.key);
    if (isObject(value) || (typeof value === "string" && shown(value) === place.textContent)) continue;
    differing += 1;
    place.append(made("strong", ` ✗ the entry does not say so${typeof value === "string" ? `: “${shown(value)}”` : ""}`, "no"));
  }
  return differing;
}

// How many keys that signatures were checked with are not shown as they are, or entries not shown at all.
async function compareShown(log) {
  let differing = log.entries.filter((entry, n) => !$(`entry-${n}`)).length;
  const places = new Map([...document.querySelectorAll("[data-fingerprint]")].map((one) => [one.dataset.fingerprint, one]));
  for (const { key } of [...log.logKeys, ...log.keys.values()]) {
    const place = places.get(key.text);
    const digest = hex(await sha256(key.public)).match(/.{4}/g).join(" ");
    if (place && place.textContent === digest) continue;
    differing += 1;
    $("keys").append(made("p", `✗ The key ${key.name}, with which signatures were checked, is not shown as it is. Its fingerprint: ${digest}`, "fault"));
  }
  return differing;
}

function offerEntries(log) {
  for (const item of document.querySelectorAll("#items > li")) {
    const n = Number(item.id.slice(6));
    const details = made("details");
    details.append(made("summary", "as recorded"));
    details.addEventListener("toggle", () => {
      if (details.childElementCount > 1) return;
      const value = log.entries[n];
      details.append(made("pre", value ? shown(JSON.stringify(value, null, 1)) : shown(log.data.lines[n] || ""), "raw"));
      details.append(made("p", `Leaf hash ${hex(log.leaves[n] || [])}`, "small"));
    });
    item.append(details);
  }
}

// ---------------------------------------------------------------------------------------------- what readers bring

function sayAnswer(answer) {
  const box = made("div", undefined, `answer ${answer.good === true ? "good" : answer.good === false ? "bad" : "open"}`);
  const sign = answer.good === true ? "✓ " : answer.good === false ? "✗ " : "– ";
  const list = made("ul");
  list.append(...answer.lines.map((line) => made("li", shown(line))));
  box.append(made("h3", sign + shown(answer.title)), list);
  $("answers").prepend(box);
  if (answer.witnesses) fillWitnesses(answer.witnesses);
  if (answer.mine) fillKeys(answer.mine);
  const yet = $("outside-yet");
  if (yet) yet.textContent = "What you gave from outside is compared below.";
}

function fillWitnesses(witnesses) {
  const signs = { holds: "✓ ", fails: "✗ ", unchecked: "– " };
  for (const { n, state, words } of witnesses) {
    for (const place of document.querySelectorAll(`[data-witness="${n}"]`)) place.textContent = signs[state] + words;
  }
}

function fillKeys(mine) {
  for (const place of document.querySelectorAll("[data-mine]")) {
    place.textContent = mine.has(place.dataset.mine) ? "✓ among the keys that you gave" : "– not among the keys that you gave";
  }
}

async function take(outside, files) {
  for (const file of files) {
    let bytes;
    try { bytes = new Uint8Array(await file.arrayBuffer()); } catch (error) {
      sayAnswer({ good: null, title: file.name, lines: ["It cannot be read."] });
      continue;
    }
    sayAnswer(await outside.file(file.name, bytes));
  }
}

function listen(outside) {
  $("file").addEventListener("change", (event) => take(outside, event.target.files));
  document.addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("over"); });
  document.addEventListener("dragleave", () => document.body.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    document.body.classList.remove("over");
    take(outside, event.dataTransfer.files);
  });
  $("outside").addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = $("given").value;
    const none = { good: null, title: "Nothing was compared", lines: ["This is no head, no key and no foot of a page. A head is a text of some lines that ends in a line with “—”."] };
    if (text.trim()) sayAnswer((await outside.text(text)) || none);
  });
}

// ------------------------------------------------------------------------------------------------ looking for things

function chooseGroup() {
  const wanted = $("group").value;
  let count = 0;
  for (const item of document.querySelectorAll("#items > li")) {
    const fits = !wanted || item.dataset.group === wanted || (wanted === "flagged" && "flagged" in item.dataset);
    item.hidden = !fits;
    count += fits ? 1 : 0;
  }
  $("shown").textContent = wanted ? `${count} shown` : "";
}

function lookFor() {
  const words = $("element").value.toLowerCase().trim().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const element of document.querySelectorAll(".element")) {
    const fits = words.every((word) => element.dataset.find.includes(word));
    element.hidden = !fits;
    count += fits ? 1 : 0;
  }
  for (const group of document.querySelectorAll("#element-list > details:not(.element)")) {
    const some = group.querySelector(".element:not([hidden])");
    group.hidden = !some;
    group.open = Boolean(words.length && some);
  }
  $("found").textContent = words.length ? `${count} found` : "";
}

// A link to something that is hidden or closed shows it.
function reveal() {
  const place = location.hash.length > 1 && $(decodeURIComponent(location.hash.slice(1)));
  if (!place || !place.hidden) return;
  $("group").value = "";
  chooseGroup();
  place.scrollIntoView();
}

// --------------------------------------------------------------------------------------------------------- begin

async function begin() {
  document.body.classList.add("alive");
  $("group").addEventListener("change", chooseGroup);
  $("element").addEventListener("input", lookFor);
  window.addEventListener("hashchange", reveal);
  window.addEventListener("beforeprint", () => document.querySelectorAll(".version details, details.element").forEach((one) => { one.open = true; }));
  $("verdict").firstElementChild.textContent = "Checking …";
  const log = new Log(JSON.parse($("data").textContent));
  await log.run();
  const count = countStates(log);
  const differing = compareWords(log) + (await compareShown(log));
  sayVerdict(log, count, differing);
  sayChecks(log, count, differing);
  log.faults.forEach(sayFault);
  fillSignatures(log);
  offerEntries(log);
  listen(new Outside(log, differing));
  document.documentElement.dataset.checked = log.faults.length + differing ? "faults" : "held";
  document.dispatchEvent(new Event("regdocs-checked"));
}

begin().catch((error) => {
  $("verdict").className = "verdict bad";
  $("verdict").replaceChildren(made("p", `✗ This page could not be checked: its data cannot be read (${error.message}). Take it for altered.`));
  document.documentElement.dataset.checked = "unread";
});
