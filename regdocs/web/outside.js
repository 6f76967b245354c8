// What a reader brings from outside: a file, a head, keys, the foot of a page. Each gives {good, title, lines}.
// good: true where it agrees, false where it contradicts, null where nothing follows from it.

class Outside {
  constructor(log, differing) {
    this.log = log;
    this.holds = !log.faults.length && !differing;
    this.trust = null;
    this.known = new Map();
    for (const file of log.data.files) this.known.set(file.sha256, [...(this.known.get(file.sha256) || []), file]);
  }

  // Whatever a text is: a head, a foot of a page, keys; null when it is none of them.
  async text(text) {
    const plain = `${text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n").trim()}\n`;
    const head = parseHead(plain);
    if (head) return this.head(head);
    const footer = parseFooter(plain);
    if (footer) return this.footer(footer);
    const keys = await parseTrust(plain);
    return keys ? this.keys(keys) : null;
  }

  async file(name, bytes) {
    const digest = hex(await sha256(bytes));
    const found = this.known.get(digest);
    if (found) return this.named(name, digest, found);
    const text = bytes.length < 65536 ? new TextDecoder().decode(bytes) : "";
    const answer = text && (await this.text(text));
    if (answer) return { ...answer, title: `${name}: ${answer.title}` };
    const lines = [
      "No entry of this log names a file with this digest. It may be another print, a scan, a changed copy, or a document of another study: nothing here says that it may be used.",
      `SHA-256 ${digest}`,
    ];
    return { good: false, title: `${name}: unknown`, lines };
  }

  // -------------------------------------------------------------------------------------------------- documents

  named(name, digest, found) {
    const lines = [];
    let good = true;
    for (const file of found) {
      const places = this.placesOf(file, digest);
      good = good && places.length > 0;
      const by = places.length ? `named by entry ${places.join(", ")}` : "BUT THE ENTRY DOES NOT NAME IT: this page was altered";
      lines.push(`${file.what}; ${by}`);
      lines.push(...(file.standing.length ? file.standing : ["nothing in the log says whether it is in force"]));
    }
    const stands = found.flatMap((file) => file.standing);
    const force = stands.some((one) => one.startsWith("in force"));
    if (stands.length && !force) good = false;
    lines.push(`SHA-256 ${digest}`);
    if (!this.holds) {
      lines.unshift("THIS PAGE DOES NOT HOLD, as it says above: nothing follows from what it says of a file.");
      return { good: false, title: `${name}: named, by a page that does not hold`, lines };
    }
    const said = !stands.length ? "known" : force ? "known, and in force" : "known, and NOT in force";
    return { good: stands.length || !good ? good : null, title: `${name}: ${said}`, lines };
  }

  // The entries that name a digest: by their list of files, whose own digest they have, or in their line.
  placesOf(file, digest) {
    if (!file.listed) return (this.log.data.lines[file.entry] || "").includes(digest) ? [file.entry] : [];
    const lists = this.log.entries.filter((entry) => entry && entry.do === "issue" && this.log.objects.has(entry.files));
    return lists.filter((entry) => this.log.objects.get(entry.files).includes(`${digest}  `)).map((entry) => entry.n);
  }

  // ------------------------------------------------------------------------------------------------------ heads

  async head(head) {
    const { log } = this;
    const title = `A head of ${head.size} entries`;
    if (head.origin !== log.origin) {
      return { good: false, title, lines: [`It is of another log: ${head.origin}. This page is of ${log.origin}.`] };
    }
    const signed = await this.signedHead(head);
    if (signed === false || signed === undefined) {
      const why = signed === false ? "its signature is bad" : "it is not signed by the log’s key that this page names";
      return { good: false, title, lines: [`Nothing follows from it for this page: ${why}. Either the head is not genuine, or this page is of a log with another key.`] };
    }
    const lines = signed === null ? ["Its signature is not checked here: this browser has no Ed25519."] : ["It is signed by the log’s key."];
    if (head.size > log.size) return this.cut(head, title, lines);
    if (!same(head.root, await log.root(head.size))) {
      lines.push(`ANOTHER HISTORY: the first ${head.size} entries of this page are not those that this head was given for. Something in them was altered, removed or added since.`);
      return { good: false, title, lines };
    }
    return { good: true, title, lines: [...lines, ...this.covered(head.size)] };
  }

  cut(head, title, lines) {
    const { size } = this.log;
    const missing = head.size - size;
    const which = missing === 1 ? `entry ${size}` : `entries ${size} to ${head.size - 1}`;
    lines.push(`THE END IS CUT OFF, or this page is older than your head: it covers ${head.size} entries, and this page has ${size}. Missing: ${which}.`);
    return { good: false, title, lines };
  }

  covered(size) {
    const rest = this.log.size - size;
    const held = `The first ${size} entries of this page are the ones that it was given for: none of them was altered, removed or added since.`;
    return [held, rest ? `The ${rest} entries after them, from entry ${size} on, are under no head of yours yet.` : "It covers the whole page."];
  }

  async signedHead(head) {
    const keys = [this.log.logKeyAt(Math.min(head.size, this.log.size)), ...this.log.logKeys.map((one) => one.key)];
    let found;
    for (const key of keys) {
      const held = await signedBy(head.note, key);
      if (held !== undefined) found = held;
      if (held === true) return true;
    }
    return found;
  }

  async footer(footer) {
    const title = `A foot of a page: head of ${footer.size} entries`;
    if (footer.size > this.log.size) return this.cut(footer, title, ["It carries no signature."]);
    const good = hex(await this.log.root(footer.size)).startsWith(footer.root);
    const lines = good ? this.covered(footer.size) : [`ANOTHER HISTORY: the first ${footer.size} entries of this page give another root.`];
    return { good, title, lines: ["It carries no signature: it is as good as the paper it stands on.", ...lines] };
  }

  // ------------------------------------------------------------------------------------------------------- keys

  async keys(keys) {
    this.trust = keys;
    const { log } = this;
    const mine = (key) => keys.some((one) => one.text === key.text);
    const own = log.logKeys.filter((one) => mine(one.key));
    const persons = [...log.keys.values()];
    const lines = [own.length
      ? "The log’s key is among your keys."
      : "THE LOG’S KEY IS NOT AMONG YOUR KEYS: this page may be of another log than the one you know."];
    const listed = persons.filter((one) => mine(one.key));
    const others = keys.filter((one) => one.kind === ED25519 && one.name !== log.origin);
    if (others.length) lines.push(`${listed.length} of the ${persons.length} keys of persons in this log are among your keys.`);
    const unknown = persons.filter((one) => !mine(one.key)).map((one) => one.key.name);
    if (others.length && unknown.length) lines.push(`Not among them: ${unknown.join(", ")}. Their signatures rest on the log’s own word.`);
    if (!others.length) lines.push("Your keys name no person: who the persons are rests on the log’s own enrolment.");
    const witnesses = await this.witnesses();
    lines.push(...witnesses.map(({ n, words }) => `Witness in entry ${n}: ${words}`));
    const good = own.length > 0 && !witnesses.some((one) => one.state === "fails");
    return { good, title: `${keys.length} keys`, lines, witnesses, mine: new Set(keys.map((key) => key.text)) };
  }

  // What becomes of each recorded cosignature under the keys given.
  async witnesses() {
    const cosigners = (this.trust || []).filter((key) => key.kind === COSIGNATURE);
    const found = [];
    for (const entry of this.log.entries.filter((one) => one && one.do === "anchor")) {
      found.push({ n: entry.n, ...(await this.witness(entry, cosigners)) });
    }
    return found;
  }

  async witness(entry, cosigners) {
    if (entry.kind !== "cosignature") return { state: "unchecked", words: "a time-stamp: not checked here" };
    const head = parseHead(this.log.objects.get(entry.object) || "");
    if (!head) return { state: "unchecked", words: "what was kept of it is not in this page" };
    if (head.size > entry.n || !same(head.root, await this.log.root(head.size))) {
      return { state: "fails", words: "the head that was witnessed does not fit these entries" };
    }
    for (const key of cosigners) {
      const held = await signedBy(head.note, key);
      if (held === undefined) continue;
      if (held === null) return { state: "unchecked", words: "signature not checked here" };
      const times = head.note.signatures.filter((one) => one.id === key.id && one.name === key.name).map(timeOf);
      const moment = String(Date.parse(entry.time) / 1000);
      if (held && times.includes(moment)) return { state: "holds", words: `signed by ${key.name}, whose key you gave; it holds` };
      return { state: "fails", words: `the signature of ${key.name} does not hold, or is of another moment` };
    }
    return { state: "unchecked", words: "not checked: the witness’s key is not among yours" };
  }
}
