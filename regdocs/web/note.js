// Signed notes, verifier keys and checkpoints (C2SP signed-note, tlog-checkpoint, tlog-cosignature).

const ED25519 = 1;
const COSIGNATURE = 4;

// A note's text and signature lines, or null.
function parseNote(text) {
  const gap = text.lastIndexOf("\n\n");
  if (gap < 0 || !text.endsWith("\n") || text.length > 65536) return null;
  const signatures = text.slice(gap + 2, -1).split("\n").map(parseSignature);
  return signatures.length <= 100 && signatures.every(Boolean) ? { text: text.slice(0, gap + 1), signatures } : null;
}

function parseSignature(line) {
  const parts = /^\u2014 ([^ +]+) ([A-Za-z0-9+/=]+)$/.exec(line);
  const bytes = parts && fromBase64(parts[2]);
  return bytes && bytes.length > 4 ? { name: parts[1], id: hex(bytes.slice(0, 4)), data: bytes.slice(4) } : null;
}

// The key of a verifier key's text, whose id has to be its own; or null.
async function parseKey(text) {
  const parts = /^([a-z0-9][a-z0-9._/@-]{0,199})\+([0-9a-f]{8})\+(.+)$/.exec(typeof text === "string" ? text : "");
  const bytes = parts && fromBase64(parts[3]);
  if (!bytes || bytes.length !== 33 || (bytes[0] !== ED25519 && bytes[0] !== COSIGNATURE)) return null;
  const head = utf8.encode(parts[1] + "\n");
  const whole = new Uint8Array(head.length + 33);
  whole.set(head);
  whole.set(bytes, head.length);
  const id = hex((await sha256(whole)).slice(0, 4));
  return id === parts[2] ? { text, name: parts[1], id, kind: bytes[0], public: bytes.slice(1) } : null;
}

// Whether a key signed a note: true, false, null where the browser cannot check, undefined where it has no line of it.
async function signedBy(note, key) {
  const lines = note.signatures.filter((one) => one.name === key.name && one.id === key.id);
  if (!lines.length) return undefined;
  for (const line of lines) {
    const held = await lineHolds(note.text, line, key);
    if (held !== true) return held;
  }
  return true;
}

async function lineHolds(text, line, key) {
  if (key.kind === ED25519) return ed25519Holds(key.public, utf8.encode(text), line.data);
  if (line.data.length !== 72) return false;
  const message = `cosignature/v1\ntime ${timeOf(line)}\n${text}`;
  return ed25519Holds(key.public, utf8.encode(message), line.data.slice(8));
}

// The time of a cosignature in seconds since 1970, as text: a number of JavaScript could not hold all of them.
function timeOf(line) {
  return String(new DataView(line.data.buffer, line.data.byteOffset).getBigUint64(0));
}

// Origin, size and root of a head, or null.
function parseHead(text) {
  const note = parseNote(text);
  const parts = note && /^([^\n]+)\n([1-9][0-9]{0,15})\n([A-Za-z0-9+/=]+)\n$/.exec(note.text);
  const root = parts && fromBase64(parts[3]);
  return root && root.length === 32 ? { note, origin: parts[1], size: Number(parts[2]), root } : null;
}

// The keys of a trust file, or null when a line is none.
async function parseTrust(text) {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() && !line.startsWith("#"));
  const keys = [];
  for (const line of lines) {
    const key = await parseKey(line);
    if (!key) return null;
    keys.push(key);
  }
  return keys.length ? keys : null;
}

// Size and first 160 bits of the root from a foot of a page, "log 42 · 7QK4-…", or null.
function parseFooter(text) {
  const parts = /^\s*log\s+([1-9][0-9]{0,14})\W+([0-9A-Za-z\s\u2010\u2011-]{32,})\s*$/i.exec(text);
  const letters = parts && parts[2].replace(/[^0-9A-Za-z]/g, "").toUpperCase().replace(/[IL]/g, "1").replace(/O/g, "0");
  if (!letters || !/^[0-9A-HJKMNP-TV-Z]{32}$/.test(letters)) return null;
  let bits = 0n;
  for (const one of letters) bits = bits * 32n + BigInt("0123456789ABCDEFGHJKMNPQRSTVWXYZ".indexOf(one));
  return { size: Number(parts[1]), root: bits.toString(16).padStart(40, "0") };
}
