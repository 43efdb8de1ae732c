// How much of a workspace an answer is made of, and how fresh that is.

import {h} from './preact.js';
import {age, iso, outside} from './format.js';
import {SHARD_STATES, lookOf} from './states.js';

const MISSING_NAMED = 20;

export const pathOf = name => `/api/v1/workspaces/${encodeURIComponent(name)}`;

export const nameOf = root => (root === '' ? '(its root)' : outside(root, 120));

/** Whether an answer is whole and fresh; what is missing is named when somebody points at it. */
export function Covering({found}) {
  if (!found) return null;
  const missing = (found.missing ?? []).slice(0, MISSING_NAMED).map(one => `${nameOf(one.shard)}: ${lookOf(SHARD_STATES, one.code).means || outside(one.code, 40)}`).join('\n');
  const asOf = Date.parse(found.as_of);
  const old = Number.isFinite(asOf) ? `compared with the disk ${age(Date.now() - asOf)} ago` : 'never compared with the disk';
  return h('span', {class: 'covering'},
    found.partial ? h('span', {class: 'badge warn', 'data-flag': 'partial', title: missing}, '◆ ', `PARTIAL ${found.shards_answered} of ${found.shards_total} shards`) : null,
    found.stale ? h('span', {class: 'badge warn', 'data-flag': 'stale', title: 'may be older than what is on disk'}, '◆ STALE') : null,
    h('span', {class: 'mute', title: iso(asOf)}, found.shards_answered > 0 ? old : ''));
}
