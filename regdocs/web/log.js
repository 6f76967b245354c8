// The log: each line's own form, the chain, the tree, who may sign, and every signature. Knows nothing of the page.
// Written from docs/formats/audit-log.md. Says what it found and what it did not look at.

const ACTS = ["enrol", "key-add", "role", "key-revoke", "log-key"];
const MEANINGS = ["authorship", "review", "approval", "responsibility", "authorisation"];

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

// RFC 8785 in the profile of the log: keys are ASCII and numbers are integers.
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

class Log {
  constructor(data) {
    this.data = data;
    this.entries = [];
    this.leaves = [];
    this.faults = [];          // {n, words}: n is an entry's number, or null
    this.signatures = new Map(); // number of the entry -> {state: "holds" | "fails" | "unchecked", words}
    this.people = new Map();
    this.keys = new Map();
    this.logKeys = [];
    this.objects = new Map();  // digest -> text, those whose digest is right
    this.act = null;
    this.named = [];
    this.chained = 0;          // lines in their own form and joined to the one before
  }

  fault(n, words) { this.faults.push({ n, words }); }

  async run() {
    await this.readObjects();
    let before = await sha256(new Uint8Array());
    for (let n = 0; n < this.data.lines.length; n += 1) {
      const leaf = await this.leafOf(n);
      const entry = this.read(n, before);
      this.entries.push(entry);
      this.leaves.push(leaf);
      try { await this.mean(n, entry || {}); } catch (error) { this.fault(n, "what it says cannot be read: it was changed"); }
      before = leaf;
    }
    this.closeAct();
    this.judgeRevoked();
    await this.judgeCheckpoint();
  }

  async leafOf(n) {
    const line = utf8.encode(this.data.lines[n]);
    const whole = new Uint8Array(line.length + 1);
    whole.set(line, 1);
    return sha256(whole);
  }

  async readObjects() {
    for (const [digest, text] of Object.entries(this.data.objects)) {
      if (hex(await sha256(utf8.encode(text))) === digest) this.objects.set(digest, text);
      else this.fault(null, `a list or note in this page is not the one with the digest ${digest.slice(0, 16)}…`);
    }
  }

  // ------------------------------------------------------------------------------------------------- one line

  read(n, before) {
    const line = this.data.lines[n];
    let entry;
    try { entry = JSON.parse(line); } catch (error) { entry = null; }
    if (!isObject(entry) || canonical(entry) !== line || line.normalize("NFC") !== line) {
      this.fault(n, "the line is not in the one form that an entry has: it was changed");
      return isObject(entry) ? entry : null;
    }
    const held = this.faults.length;
    if (entry.n !== n) this.fault(n, `the line says that it is entry ${entry.n}: one before it was removed or added`);
    if (entry.prev !== hex(before)) this.fault(n ? n - 1 : 0, this.unjoined(n));
    const last = this.entries[n - 1];
    if (last && last.at > entry.at) this.fault(n, `its moment ${entry.at} lies before the one of the entry before it`);
    this.chained += held === this.faults.length ? 1 : 0;
    return entry;
  }

  unjoined(n) {
    if (!n) return "the first entry names something before it";
    return `entry ${n} names another one before it: entry ${n - 1} was changed since it was recorded, or entry ${n} was`;
  }

  async mean(n, entry) {
    if (entry.do !== "sign") this.closeAct();
    if (n === 0) return this.begin(entry);
    const tool = (entry.do === "clock" || entry.do === "recovered") && entry.by === "regdocs";
    if (!tool && !this.people.has(entry.by)) this.fault(n, `${entry.by}, who records it, is not enrolled there`);
    if (entry.do === "sign") return this.sign(n, entry);
    if (ACTS.includes(entry.do)) return this.propose(n, entry);
    if (["release", "amend", "issue"].includes(entry.do)) this.act = { n, entry, signers: new Set(), holds: true };
    return undefined;
  }

  // A value that stands in an object of its own, put back; undefined where this page does not have it.
  whole(value) {
    if (!isObject(value) || Object.keys(value).sort().join() !== "bytes,object") return value;
    return this.objects.has(value.object) ? JSON.parse(this.objects.get(value.object)) : undefined;
  }

  // ------------------------------------------------------------------------------------------- who may do what

  async begin(entry) {
    this.genesis = entry;
    this.origin = entry.origin;
    const key = await parseKey(entry.log_key);
    if (entry.do !== "genesis" || !key) this.fault(0, "the log does not begin as one has to");
    if (key) this.logKeys.push({ key, brought: 0 });
    for (const one of this.whole(entry.people) || []) {
      const own = await parseKey(one.key);
      if (own) this.enrol(0, one, own);
    }
    this.act = { n: 0, entry, signers: new Set(), holds: true };
  }

  enrol(n, entry, key) {
    this.people.set(entry.person, { name: entry.name, roles: entry.roles });
    this.bring(n, entry.person, key);
  }

  bring(n, person, key) { this.keys.set(key.name, { key, person, brought: n, revoked: null, since: null }); }

  async propose(n, entry) {
    const key = ["enrol", "key-add", "log-key"].includes(entry.do) ? await parseKey(entry.key) : null;
    const problem = this.cannot(entry, key) || (await this.possessionProblem(entry, key));
    if (problem) this.fault(n, `it cannot hold: ${problem}`);
    this.act = { n, entry, key, signers: new Set(), holds: !problem };
  }

  cannot(entry, key) {
    const known = this.people.has(entry.person);
    const publics = [...this.keys.values(), ...this.logKeys].map((one) => hex(one.key.public));
    if (["enrol", "key-add", "log-key"].includes(entry.do)) {
      if (!key) return "its key cannot be read";
      if (this.keys.has(key.name) || publics.includes(hex(key.public))) return "the key is in use already";
      const owner = entry.do === "log-key" ? key.name === this.origin : key.name.startsWith(`${entry.person}/`);
      if (!owner) return "the key has another name";
    }
    if (entry.do === "enrol" && known) return "the person is enrolled already";
    if ((entry.do === "key-add" || entry.do === "role") && !known) return "the person is not enrolled";
    if (entry.do !== "key-revoke") return "";
    const held = this.keys.get(entry.key);
    return !held ? "there is no such key" : held.revoked !== null ? "the key is revoked already" : "";
  }

  async possessionProblem(entry, key) {
    if (entry.do !== "enrol" && entry.do !== "key-add") return "";
    const note = parseNote(entry.possession);
    const text = `${this.origin}\nregdocs-possession/v1\nperson ${entry.person}\nkey ${key.text}\n`;
    if (!note || note.text !== text || note.signatures.length !== 1) return "no proof that the person holds the key";
    const held = await signedBy(note, key);
    return held === true || held === null ? "" : "the proof that the person holds the key is not signed by it";
  }

  admit(act) {
    const { n, entry, key } = act;
    if (entry.do === "enrol") this.enrol(n, entry, key);
    if (entry.do === "key-add") this.bring(n, entry.person, key);
    if (entry.do === "role") this.people.get(entry.person).roles = entry.roles;
    if (entry.do === "key-revoke") Object.assign(this.keys.get(entry.key), { revoked: n, since: entry.since ?? null });
    if (entry.do === "log-key") this.logKeys.push({ key, brought: n });
  }

  closeAct() {
    const act = this.act;
    this.act = null;
    if (!act) return;
    const { n, entry, signers } = act;
    if (n === 0) {
      const missing = (this.whole(entry.people) || []).filter((one) => !signers.has(one.person));
      if (missing.length) this.fault(0, `not signed by ${missing.map((one) => one.person).join(", ")}, whom it names`);
    } else if (ACTS.includes(entry.do)) {
      if (!act.done) this.fault(n, "it does not count: no administrator who may do so has signed it at once");
    } else if (!signers.has(entry.by)) {
      this.fault(n, `not signed at once by its author, ${entry.by}`);
    }
  }

  count(n, of, person, meaning) {
    const act = this.act;
    if (!act || act.n !== of) return;
    if (["release", "amend", "issue"].includes(act.entry.do)) {
      if (meaning === "authorship") act.signers.add(person);
      return;
    }
    if (meaning !== "authorisation" || !this.people.get(person).roles.includes("administrator")) return;
    act.signers.add(person);
    const needed = this.genesis.rules && this.genesis.rules.four_eyes ? 2 : 1;
    if (act.n > 0 && !act.done && act.signers.size >= needed) {
      act.done = true;
      if (act.holds) this.admit(act);
    }
  }

  // ------------------------------------------------------------------------------------------------ signatures

  async sign(n, entry) {
    const found = await this.judge(n, entry);
    this.signatures.set(n, found);
    if (found.state === "fails") this.fault(n, `the signature does not count: ${found.words}`);
    else this.count(n, entry.of, entry.by, found.meaning);
  }

  async judge(n, entry) {
    const fails = (words) => ({ state: "fails", words });
    const of = this.entries[entry.of];
    const note = parseNote(typeof entry.note === "string" ? entry.note : "");
    if (!of || !note || note.signatures.length !== 1) return fails("it cannot be read, or signs nothing before it");
    const name = note.signatures[0].name;
    const held = this.keys.get(name);
    this.named.push({ n, name });
    if (name.slice(0, name.lastIndexOf("/")) !== entry.by) return fails(`the key ${name} is not one of ${entry.by}`);
    if (!held) return fails(`no key ${name} is enrolled`);
    const good = await signedBy(note, held.key);
    if (good === undefined) return fails(`it is by another key than the ${name} that was enrolled`);
    if (good === false) return fails("the text was changed after signing, or the signature is of another text");
    const words = wordsOf(note.text);
    if (this.statement(entry, of, words) !== note.text) return fails("it was given to other entries than these");
    const problem = this.mayNot(held, entry, words);
    if (problem) return fails(problem);
    const state = good === null ? "unchecked" : "holds";
    return { state, words: good === null ? "signature not checked here" : "holds", meaning: words.meaning };
  }

  statement(entry, of, words) {
    const isVersion = (one) => one && (one.do === "release" || one.do === "amend");
    const version = isVersion(of) ? of : of.do === "issue" && isVersion(this.entries[of.of]) ? this.entries[of.of] : {};
    const lines = [
      ["entry", `${entry.of} ${hex(this.leaves[entry.of])}`],
      ["version", version.version],
      ["amendment", version.amendment],
      ["data", isVersion(of) ? `sha256:${of.data}` : undefined],
      ["files", of.do === "issue" ? `sha256:${of.files}` : undefined],
      ["name", this.people.get(entry.by).name],
      ["role", words.role],
      ["meaning", words.meaning],
      ["for", words.for],
      ["under", words.under],
      ["time", entry.at],
    ].filter(([, value]) => value !== undefined);
    return [this.origin, "regdocs-signature/v1", ...lines.map(([word, value]) => `${word} ${value}`), ""].join("\n");
  }

  mayNot(held, entry, words) {
    const roles = this.people.get(entry.by).roles;
    const approval = (this.genesis.rules && this.genesis.rules.approval) || [];
    if (!MEANINGS.includes(words.meaning)) return `"${words.meaning}" is no meaning of a signature`;
    if (held.revoked !== null) return `the key ${held.key.name} was revoked in entry ${held.revoked}`;
    if (!roles.includes(words.role)) return `${entry.by} did not have the role ${words.role} then`;
    if (words.meaning === "approval" && !approval.includes(words.role)) return "the role does not suffice for approval";
    if (words.meaning === "authorisation" && words.role !== "administrator") return "only administrators authorise";
    return "";
  }

  // A revocation may reach back to an entry: signatures from there on do not count either.
  judgeRevoked() {
    for (const { n, name } of this.named) {
      const held = this.keys.get(name);
      if (!held || held.revoked === null || held.since === null || n < held.since || n > held.revoked) continue;
      const words = `the key ${name} was revoked in entry ${held.revoked}, from entry ${held.since} on`;
      this.signatures.set(n, { state: "fails", words });
      this.fault(n, `the signature does not count: ${words}`);
    }
  }

  // ----------------------------------------------------------------------------------------------------- heads

  // The Merkle root of the first lines (RFC 6962).
  async root(size) {
    let level = this.leaves.slice(0, size);
    while (level.length > 1) {
      const above = [];
      for (let i = 0; i + 1 < level.length; i += 2) above.push(await nodeOf(level[i], level[i + 1]));
      if (level.length % 2) above.push(level[level.length - 1]);
      level = above;
    }
    return level[0];
  }

  // The key of the log that signs heads of a size.
  logKeyAt(size) { return [...this.logKeys].reverse().find((one) => one.brought < size).key; }

  async judgeCheckpoint() {
    const head = parseHead(this.data.checkpoint);
    this.size = this.leaves.length;
    this.rootNow = this.size ? await this.root(this.size) : new Uint8Array();
    this.rootHolds = Boolean(head && head.size === this.size && same(head.root, this.rootNow));
    if (!head || head.origin !== this.origin) this.fault(null, "the head of the log cannot be read, or is of another log");
    else if (head.size !== this.size) this.fault(null, `the head is of ${head.size} entries, and ${this.size} are here`);
    else if (!this.rootHolds) this.fault(null, "the entries do not give the root that the head of the log names");
    this.headSigned = head && this.logKeys.length ? await signedBy(head.note, this.logKeyAt(this.size)) : undefined;
    if (this.headSigned === false) this.fault(null, "the signature under the head of the log is bad");
    if (this.headSigned === undefined) this.fault(null, "the head of the log is not signed by the log's key");
    for (const [size, text] of Object.entries(this.data.heads)) await this.judgeKept(Number(size), text);
    for (const entry of this.entries.filter((one) => one && one.do === "anchor")) await this.judgeAnchored(entry);
  }

  async judgeAnchored(entry) {
    const text = entry.kind === "cosignature" ? this.objects.get(entry.object) : undefined;
    const head = text === undefined ? null : parseHead(text);
    if (text === undefined) return;
    const good = head && head.size === entry.size && head.size <= entry.n && head.origin === this.origin;
    if (!good || !same(head.root, await this.root(head.size))) {
      this.fault(entry.n, "the head that was witnessed does not fit these entries: some of them were changed");
    }
  }

  async judgeKept(size, text) {
    const head = parseHead(text);
    const good = head && head.size === size && head.origin === this.origin && size <= this.size;
    if (!good || !same(head.root, await this.root(size))) {
      this.fault(null, `the head of ${size} entries that was kept does not fit these entries: some of them were changed`);
    } else if ((await signedBy(head.note, this.logKeyAt(size))) === false) {
      this.fault(null, `the signature under the kept head of ${size} entries is bad`);
    }
  }
}

async function nodeOf(left, right) {
  const whole = new Uint8Array(65);
  whole[0] = 1;
  whole.set(left, 1);
  whole.set(right, 33);
  return sha256(whole);
}

// What stands after each word of a signed text, from its third line on.
function wordsOf(text) {
  const words = {};
  for (const line of text.split("\n").slice(2)) {
    const gap = line.indexOf(" ");
    if (gap > 0) words[line.slice(0, gap)] = line.slice(gap + 1);
  }
  return words;
}
