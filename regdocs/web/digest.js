// SHA-256 (FIPS 180-4) and Ed25519: by WebCrypto where the browser has it; SHA-256 else by the lines below.

const utf8 = new TextEncoder();
const subtle = globalThis.crypto && globalThis.crypto.subtle ? globalThis.crypto.subtle : null;

const ROUND = [];
const START = [];
(function constants() {
  const isPrime = (n) => { for (let d = 2; d * d <= n; d += 1) if (n % d === 0) return false; return true; };
  const bits = (x) => ((x - Math.floor(x)) * 0x100000000) >>> 0;
  for (let n = 2; ROUND.length < 64; n += 1) {
    if (!isPrime(n)) continue;
    if (START.length < 8) START.push(bits(Math.sqrt(n)));
    ROUND.push(bits(Math.cbrt(n)));
  }
})();

function padded(bytes) {
  const size = Math.ceil((bytes.length + 9) / 64) * 64;
  const whole = new Uint8Array(size);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  const view = new DataView(whole.buffer);
  view.setUint32(size - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(size - 4, (bytes.length << 3) >>> 0);
  return view;
}

function schedule(view, at) {
  const turn = (x, n) => (x >>> n) | (x << (32 - n));
  const w = new Uint32Array(64);
  for (let i = 0; i < 16; i += 1) w[i] = view.getUint32(at + 4 * i);
  for (let i = 16; i < 64; i += 1) {
    const low = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ (w[i - 15] >>> 3);
    const high = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ (w[i - 2] >>> 10);
    w[i] = w[i - 16] + low + w[i - 7] + high;
  }
  return w;
}

function sha256Here(bytes) {
  const turn = (x, n) => (x >>> n) | (x << (32 - n));
  const view = padded(bytes);
  const state = Uint32Array.from(START);
  for (let at = 0; at < view.byteLength; at += 64) {
    const w = schedule(view, at);
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i += 1) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUND[i] + w[i]) >>> 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) >>> 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) >>> 0, c, b, a, (one + two) >>> 0];
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => { state[i] += value; });
  }
  const out = new DataView(new ArrayBuffer(32));
  state.forEach((value, i) => out.setUint32(4 * i, value));
  return new Uint8Array(out.buffer);
}

async function sha256(bytes) {
  if (subtle) {
    try { return new Uint8Array(await subtle.digest("SHA-256", bytes)); } catch (error) { /* then by our own */ }
  }
  return sha256Here(bytes);
}

// True, false, or null where this browser cannot check Ed25519.
async function ed25519Holds(publicKey, message, signature) {
  if (!subtle || signature.length !== 64) return subtle ? false : null;
  let key;
  try { key = await subtle.importKey("raw", publicKey, { name: "Ed25519" }, false, ["verify"]); } catch (error) {
    return (await hasEd25519()) ? false : null;
  }
  return subtle.verify({ name: "Ed25519" }, key, signature, message);
}

// The base point is a key that any browser takes which has Ed25519 at all.
async function hasEd25519() {
  const point = new Uint8Array(32).fill(0x66);
  point[0] = 0x58;
  if (!subtle) return false;
  try { await subtle.importKey("raw", point, { name: "Ed25519" }, false, ["verify"]); return true; } catch (error) {
    return false;
  }
}

const hex = (bytes) => Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");

const same = (one, other) => one.length === other.length && one.every((byte, i) => byte === other[i]);

// The bytes, or null when this is not the one base64 text of any.
function fromBase64(text) {
  try {
    const raw = atob(text);
    return btoa(raw) === text ? Uint8Array.from(raw, (one) => one.charCodeAt(0)) : null;
  } catch (error) { return null; }
}
