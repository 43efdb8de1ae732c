// How numbers, times and texts from outside look.

const SI = ['', '\u00a0k', '\u00a0M', '\u00a0G', '\u00a0T', '\u00a0P'];
const IEC = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

const threeDigits = value => String(value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

function scaled(value, base, units) {
  let rest = Math.abs(value);
  let unit = 0;
  while (rest >= base * 0.9995 && unit < units.length - 1) {
    rest /= base;
    unit++;
  }
  return [(value < 0 ? '−' : '') + threeDigits(rest), units[unit]];
}

/** A count, with at most three digits and an SI prefix. */
export function count(value) {
  if (!Number.isFinite(value)) return '–';
  return scaled(value, 1000, SI).join('');
}

/** Bytes in IEC units. */
export function bytes(value) {
  if (!Number.isFinite(value)) return '–';
  const [number, unit] = scaled(value, 1024, IEC);
  return `${number} ${unit}`;
}

/** The exact number, for whoever points at the short one. */
export const exact = (value, unit) => `${Number(value).toLocaleString('en')} ${unit}`;

export const percent = share => `${Math.round(share * 100)} %`;

/** A stretch of time in its largest unit. */
export function age(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m`;
  return seconds < 86400 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86400)} d`;
}

/** A stretch of time that may be short. */
export function spell(millis) {
  if (!Number.isFinite(millis)) return '–';
  if (millis < 1000) return `${Math.max(0, Math.round(millis))} ms`;
  return millis < 10_000 ? `${(millis / 1000).toFixed(1)} s` : age(millis);
}

/** A stretch of time as mm:ss, for what is being waited for. */
export function stopwatch(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  const two = number => String(number).padStart(2, '0');
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds < 3600 ? rest : `${Math.floor(seconds / 3600)}:${rest}`;
}

/** Time of day where the viewer is. */
export const clock = millis => new Date(millis).toLocaleTimeString('en-GB');

/** A point in time with its zone. */
export const iso = millis => (Number.isFinite(millis) ? new Date(millis).toISOString() : '');

const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?:[^\ud800-\udbff]|^)[\udc00-\udfff]/g;

const shown = hit => Array.from(hit, mark => {
  const code = mark.codePointAt(0);
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}).join('');

/** Text from outside: what would be invisible or turn the line around is spelled out, and a long one is cut. */
export function outside(text, max = 80) {
  const whole = String(text ?? '');
  const start = whole.length > max ? whole.slice(0, max) : whole;
  const spelled = start.replace(HIDDEN, shown);
  return whole.length > max ? `${spelled}… (${count(whole.length)} characters)` : spelled;
}

const COLOURS = /\u001b\[[0-9;]*m/g;

/** Lines from outside: colours are left out, ends of lines and tabs stay, and the rest is spelled out as above. */
export const lines = text => text.replace(COLOURS, '').split('\n').map(line => line.replace(/\r$/, '').split('\t').map(part => part.replace(HIDDEN, shown)).join('\t')).join('\n');
