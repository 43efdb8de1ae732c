// Memory of every node: what is used, what is promised to jobs, and what there is.

import {h} from './preact.js';
import {bytes, count, exact, outside} from './format.js';
import {LEVELS, lookOf} from './states.js';
import {Badge, Link, Memory, Nothing} from './zones.js';

const NODES_MAX = 200;
const JOBS_SHOWN = 4;

/** The API's nodes, the fullest first. */
const inOrder = nodes => [...nodes].sort((one, other) => share(other) - share(one)
  || String(one.node).localeCompare(String(other.node), 'en', {numeric: true}));

const share = node => (node.capacity_bytes > 0 ? Math.max(node.used_bytes ?? 0, node.reserved_bytes ?? 0) / node.capacity_bytes : 0);

const triple = node => ({used: node.used_bytes ?? 0, reserved: node.reserved_bytes ?? 0, capacity: node.capacity_bytes ?? 0});

/** The same shape from the live view, where the API has no such page. */
const fromView = view => Object.values(view?.nodes ?? {}).map(node => ({
  node: node.id, used_bytes: node.memory?.used, reserved_bytes: node.memory?.reserved, capacity_bytes: node.memory?.capacity}));

export function MemoryZone({found, status, error, view, go}) {
  const isKnown = Array.isArray(found?.nodes);
  const nodes = inOrder(isKnown ? found.nodes : fromView(view));
  const sum = nodes.map(triple).reduce((all, one) => ({used: all.used + one.used, reserved: all.reserved + one.reserved, capacity: all.capacity + one.capacity}),
    {used: 0, reserved: 0, capacity: 0});
  return h('section', {class: 'zone memories', id: 'memory', 'aria-label': 'Memory', tabindex: '-1'},
    h('div', {class: 'head'}, h('h2', null, 'Memory'), h('span', {class: 'mute'}, 'used · reserved · capacity')),
    error && status !== 404 ? h('p', {class: 'warn note'}, `Not up to date: ${outside(error, 160)}`) : null,
    nodes.length === 0 ? h(Nothing, {sentence: 'No node has told of its memory yet.'})
      : h('ul', {class: 'bars'}, nodes.length > 1 ? h('li', {class: 'all', 'data-memory': 'all'}, h('div', {class: 'line'}, `all ${count(nodes.length)} nodes`), h(Memory, {memory: sum})) : null, nodes.slice(0, NODES_MAX).map(node => h(NodeBar, {key: node.node, node, go}))),
    nodes.length > NODES_MAX ? h('p', {class: 'note'}, `The fullest ${NODES_MAX} of ${count(nodes.length)} nodes are shown.`) : null);
}

function NodeBar({node, go}) {
  const level = String(node.level ?? 'low').toUpperCase();
  const jobs = node.jobs ?? [];
  const categories = Object.entries(node.categories ?? {}).filter(([, used]) => used > 0);
  return h('li', {'data-memory': node.node},
    h('div', {class: 'line'},
      h(Link, {go, to: {node: node.node}}, h('bdi', {title: outside(node.node, 300)}, outside(node.node, 40))),
      h('span', {class: 'space'}), level === 'LOW' ? null : h(Badge, {look: lookOf(LEVELS, level), word: level})),
    h(Memory, {memory: triple(node)}),
    jobs.length ? h('ul', {class: 'holders'}, jobs.slice(0, JOBS_SHOWN).map(job => h(Holder, {key: job.id, job, go})),
      jobs.length > JOBS_SHOWN ? h('li', null, h(Link, {go, to: {view: 'jobs', job: '', worker: node.node, state: 'running', after: ''}}, `and ${jobs.length - JOBS_SHOWN} more`)) : null) : null,
    categories.length ? h('p', {class: 'under mute'}, categories.map(([name, used]) => `${outside(name, 24).replace(/_/g, ' ')} ${bytes(used)}`).join(' · ')) : null);
}

/** A job that has memory there. */
const Holder = ({job, go}) => h('li', {'data-holder': job.id, title: `${outside(job.type, 80)}: ${job.used_bytes === undefined ? 'not measured' : exact(job.used_bytes, 'B used')}, ${exact(job.reserved_bytes ?? 0, 'B reserved')}`},
  h(Link, {go, to: {job: job.id}}, outside(job.id, 24)), ' ', h('bdi', {class: 'mute'}, outside(job.type, 16)), h('span', {class: 'space'}),
  Number.isFinite(job.used_bytes) ? `${bytes(job.used_bytes)} of ` : '', job.reserved_bytes > 0 ? bytes(job.reserved_bytes) : 'no cap');
