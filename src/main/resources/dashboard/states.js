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

export const JOB_STATES = {
  queued: {glyph: '○', tint: 'mute', means: 'waits for its turn'},
  running: {glyph: '◐', tint: 'busy', means: 'a worker has it'},
  retrying: {glyph: '◔', tint: 'warn', means: 'waits for its next attempt'},
  parked: {glyph: '❚❚', tint: 'warn', means: 'set aside until somebody retries it'},
  succeeded: {glyph: '●', tint: 'good', means: 'ended well'},
  failed: {glyph: '▲', tint: 'bad', means: 'ended for a reason that another attempt would not change'},
  dead: {glyph: '✕', tint: 'bad', means: 'all its attempts are used up'},
  cancelled: {glyph: '◇', tint: 'mute', means: 'ended because somebody wanted it to'},
};

export const OUTCOMES = {
  SUCCEEDED: {glyph: '●', tint: 'good', means: 'ended well'},
  FAILED: {glyph: '▲', tint: 'bad', means: 'the work itself said so'},
  CRASHED: {glyph: '▲', tint: 'bad', means: 'its process ended by a signal or without a word'},
  OOM_KILLED: {glyph: '▲', tint: 'bad', means: 'it wanted more memory than its cap'},
  TIMED_OUT: {glyph: '◆', tint: 'warn', means: 'a limit of time was passed'},
  LIMIT_HIT: {glyph: '◆', tint: 'warn', means: 'a limit other than memory was passed'},
  LOST: {glyph: '◆', tint: 'warn', means: 'its worker was lost, or did not begin'},
  CANCELLED: {glyph: '◇', tint: 'mute', means: 'ended because somebody wanted it to'},
};

export const LEVELS = {
  MEDIUM: {glyph: '◆', tint: 'warn', means: 'caches give way'},
  HIGH: {glyph: '◆', tint: 'warn', means: 'caches give way, and less is indexed'},
  CRITICAL: {glyph: '▲', tint: 'bad', means: 'nothing new is taken'},
  UNKNOWN: {glyph: '?', tint: 'mute', means: 'the node does not answer'},
};

export const SHARD_STATES = {
  fresh: {glyph: '●', tint: 'good', word: 'fresh', rank: 0, means: 'has what is on disk'},
  stale: {glyph: '◆', tint: 'warn', word: 'stale', rank: 2, means: 'may be older than what is on disk'},
  building: {glyph: '◐', tint: 'busy', word: 'building', rank: 1, means: 'is being built for the first time'},
  asked: {glyph: '○', tint: 'mute', word: 'asked', rank: 0, means: 'its owner is being asked'},
  moved: {glyph: '◔', tint: 'warn', word: 'moving', rank: 3, means: 'is on its way to another worker'},
  timeout: {glyph: '▲', tint: 'bad', word: 'late', rank: 4, means: 'its owner did not answer in time'},
  unreachable: {glyph: '▲', tint: 'bad', word: 'unreachable', rank: 5, means: 'its owner cannot be reached'},
  no_worker: {glyph: '✕', tint: 'bad', word: 'no worker', rank: 6, means: 'no worker has it'},
};

export const REVIEW_STATES = {
  running: {glyph: '◐', tint: 'busy', means: 'tasks wait or run'},
  done: {glyph: '●', tint: 'good', means: 'every line was reviewed'},
  incomplete: {glyph: '▲', tint: 'bad', means: 'has ended, and lines were not reviewed'},
};

export const FINDING_LEVELS = {
  critical: {glyph: '✕', tint: 'bad', means: 'great harm if nothing is done'},
  high: {glyph: '▲', tint: 'bad', means: 'harm if nothing is done'},
  medium: {glyph: '◆', tint: 'warn', means: 'some harm if nothing is done'},
  low: {glyph: '◇', tint: 'calm', means: 'little harm if nothing is done'},
  info: {glyph: '○', tint: 'mute', means: 'no harm, but worth a look'},
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
