// What a node, a group or an alert is, in a word, a glyph and a tint; and which of them matters most.

const LEASE_MILLIS = 10_000; // a heartbeat gap longer than this means the node may come back as a zombie

export const STATES = {
  READY: {glyph: '●', tint: 'good', means: 'accepts work'},
  BUSY: {glyph: '◐', tint: 'busy', means: 'no slot or no budget free'},
  CORDONED: {glyph: '◇', tint: 'mute', means: 'told not to accept; keeps what it has'},
  DRAINING: {glyph: '◔', tint: 'calm', means: 'hands over what it has'},
  UNHEALTHY: {glyph: '▲', tint: 'bad', means: 'no heartbeat'},
  PAUSED: {glyph: '❚❚', tint: 'warn', means: 'heartbeat gap longer than its lease; may come back, its old work is refused'},
  GONE: {glyph: '✕', tint: 'gone', means: 'left the cluster'},
  REGISTERING: {glyph: '○', tint: 'mute', means: 'is being registered'},
};

export const PRESSURES = {
  OK: {glyph: '●', tint: 'good', rank: 0},
  LOW: {glyph: '◆', tint: 'warn', rank: 1},
  HIGH: {glyph: '▲', tint: 'bad', rank: 2},
};

export const SEVERITIES = {
  critical: {glyph: '▲', tint: 'bad', rank: 1},
  warning: {glyph: '◆', tint: 'warn', rank: 0},
};

const WORST_FIRST = ['UNHEALTHY', 'PAUSED', 'GONE', 'BUSY', 'DRAINING', 'CORDONED', 'REGISTERING', 'READY'];

/** The state's entry; a word of a newer server is shown as it is. */
export const lookOf = (table, word) => (Object.hasOwn(table, word) ? table[word] : {glyph: '?', tint: 'mute', means: ''});

/** The API's word, or the one that follows from what the page sees. */
export function stateOf(node) {
  if (node.gone) return 'GONE';
  const status = String(node.status ?? '').toUpperCase();
  const mayBeBack = status === 'READY' || status === 'BUSY';
  return mayBeBack && node.heartbeatAgeMillis > LEASE_MILLIS ? 'PAUSED' : status;
}

export const isUp = node => ['READY', 'BUSY', 'CORDONED', 'DRAINING'].includes(stateOf(node));

/** How full a node's memory is, 0 to 1 and beyond. */
export const fullness = node => {
  const {used = 0, capacity = 0} = node.memory ?? {};
  return capacity > 0 ? used / capacity : 0;
};

const byId = (one, other) => String(one.id).localeCompare(String(other.id), 'en', {numeric: true});

const badness = node => {
  const place = WORST_FIRST.indexOf(stateOf(node));
  return (place >= 0 && place < 3 ? 10 - place : 0) + (fullness(node) > 0.9 ? 1 : 0);
};

/** Troubled nodes first, the others by name, so that a card stays where it is while all is well. */
export const nodesInOrder = nodes => [...nodes].sort((one, other) => badness(other) - badness(one) || byId(one, other));

const strain = group => lookOf(PRESSURES, group.pressure).rank * 2 + (group.status === 'running' ? 0 : 1);

export const groupsInOrder = groups => [...groups].sort((one, other) =>
  strain(other) - strain(one) || String(one.name).localeCompare(String(other.name), 'en') || byId(one, other));

export const alertsInOrder = alerts => [...alerts].sort((one, other) =>
  lookOf(SEVERITIES, other.severity).rank - lookOf(SEVERITIES, one.severity).rank
  || Date.parse(one.since) - Date.parse(other.since) || byId(one, other));
