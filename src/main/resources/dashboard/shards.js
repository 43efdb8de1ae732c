// The index: workspaces, who has their shards, and how fresh those are.

import {h} from './preact.js';
import {age, bytes, count, exact, iso, outside} from './format.js';
import {Asked} from './asked.js';
import {Covering, nameOf, pathOf} from './covering.js';
import {SHARD_STATES, lookOf} from './states.js';
import {SymbolsZone} from './symbols.js';
import {Badge, Link, Nothing} from './zones.js';

const LIST_MILLIS = 5_000;
const STATUS_MILLIS = 2_000;
const STATUS_CALM_MILLIS = 5_000;
const WORKSPACES_PAGE = 50;
const SHARDS_PAGE = 100;
const FAULTS_SHOWN = 50;
const NOT_FOUND = 404;
const NOTHING_CHOSEN = {symbol: '', kind: '', file: '', line: '', shards: ''};
const FAULTS = {unreadable: 'could not be read', too_large: 'is too large', binary: 'is not text', too_deep: 'is nested too deeply'};

const many = (number, one, more = `${one}s`) => `${count(number)} ${number === 1 ? one : more}`;
const sumOf = (rows, name) => rows.reduce((sum, row) => sum + (row[name] ?? 0), 0);
const numberIn = text => Math.max(0, Number.parseInt(text, 10) || 0);
const late = h('p', {class: 'mute late'}, 'Loading …');

/** The whole view; without a workspace in the address it shows the first there is. */
export function IndexView({address, credential, isPaused, go}) {
  const from = numberIn(address.get('workspaces'));
  const common = {address, credential, isPaused, go};
  const show = (found, {error}) => {
    const chosen = address.get('workspace') || found?.workspaces?.[0]?.name || '';
    return h('main', {class: 'index'},
      h('div', {class: 'column'},
        h(WorkspacesZone, {found, error, chosen, from, go}),
        chosen ? h(ShardsOf, {...common, key: chosen, name: chosen}) : null),
      chosen ? h(SymbolsZone, {...common, key: chosen, name: chosen}) : h('div', {class: 'column'}));
  };
  return h(Asked, {path: `/api/v1/workspaces?limit=${WORKSPACES_PAGE}&offset=${from}`, every: LIST_MILLIS, credential, isPaused, show});
}

function WorkspacesZone({found, error, chosen, from, go}) {
  const rows = found?.workspaces ?? [];
  const total = found?.total ?? 0;
  return h('section', {class: 'zone workspaces', id: 'workspaces', 'aria-label': 'Workspaces', tabindex: '-1'},
    h('div', {class: 'head'}, h('h2', null, 'Workspaces'), h('span', {class: 'mute'}, found ? count(total) : '')),
    error ? h('p', {class: 'warn note', role: 'alert'}, `Not available: ${outside(error, 200)}`) : null,
    rows.length ? h('ul', null, rows.map(one => h(WorkspaceLine, {key: one.name, workspace: one, isChosen: one.name === chosen, go})))
      : found ? h(Nothing, {sentence: 'No workspace is indexed.', command: 'bin/skein workspace add app /srv/app'}) : error ? null : late,
    h(Pager, {from, shown: rows.length, total, page: WORKSPACES_PAGE, name: 'workspaces', go}));
}

function WorkspaceLine({workspace, isChosen, go}) {
  const shards = workspace.shards ?? [];
  const owners = new Set(shards.map(shard => shard.worker).filter(Boolean));
  const orphans = shards.filter(shard => !shard.worker).length;
  return h('li', {'data-workspace': workspace.name},
    h(Link, {go, to: {...NOTHING_CHOSEN, workspace: workspace.name}, class: 'row', 'aria-current': isChosen ? 'true' : undefined}, h('bdi', null, outside(workspace.name, 64))),
    h('span', {class: 'mute', title: `${outside(workspace.root, 400)} on ${outside(workspace.router, 60)}`}, h('bdi', null, outside(workspace.root, 80))),
    h('span', {class: 'space'}),
    h('span', null, `${many(shards.length, 'shard')} on ${many(owners.size, 'worker')}`),
    orphans ? h('span', {class: 'bad'}, `▲ ${count(orphans)} without a worker`) : null);
}

/** Links to the part of a list before and after the one that is shown. */
function Pager({from, shown, total, page, name, go}) {
  if (from === 0 && shown >= total) return null;
  const isLast = from + shown >= total;
  const before = Math.max(0, from - page);
  return h('div', {class: 'foot pages'},
    h(Link, {go, to: {[name]: before ? String(before) : ''}, class: from ? '' : 'off', 'aria-disabled': String(from === 0)}, '‹ Before'),
    isLast ? h('span', {class: 'off'}, 'After ›') : h(Link, {go, to: {[name]: String(from + page)}}, 'After ›'),
    h('span', {class: 'mute'}, shown ? `${from + 1} – ${from + shown} of ${count(total)}` : `none of ${count(total)} from here on`));
}

/** Who should have the shards, from the leader, and how they are, from those who have them. */
function ShardsOf({name, address, credential, isPaused, go}) {
  const path = pathOf(name);
  const from = numberIn(address.get('shards'));
  const howOften = found => (found && !found.partial && !found.stale ? STATUS_CALM_MILLIS : STATUS_MILLIS);
  return h(Asked, {path, every: STATUS_CALM_MILLIS, credential, isPaused, show: (workspace, asked) =>
    h(Asked, {path: `${path}/status`, every: howOften, credential, isPaused, show: (found, {error}) =>
      h(ShardMap, {name, workspace, found, from, go, isGone: asked.status === NOT_FOUND, error: asked.error || error})})});
}

/** One row for each shard, what needs attention first. */
export function rowsOf(workspace, found) {
  const held = new Map((found?.shards ?? []).map(shard => [shard.root, shard]));
  const missing = new Map((found?.missing ?? []).map(one => [one.shard, one.code]));
  const known = workspace?.shards ?? [];
  const all = known.length ? known : [...held.values()];
  const rows = all.map(shard => {
    const has = held.get(shard.root);
    const state = stateOf(has, missing.get(shard.root), found, shard);
    return {root: shard.root, worker: has?.worker ?? shard.worker, epoch: has?.epoch ?? shard.epoch, state, isHeld: Boolean(has), asOf: Date.parse(has?.as_of),
      files: has?.files, symbols: has?.symbols, bytes: has?.symbol_bytes, faults: has?.faults ?? [], expected: shard.files ?? 0};
  });
  const rank = row => lookOf(SHARD_STATES, row.state).rank ?? 0;
  return rows.sort((one, other) => rank(other) - rank(one) || String(one.root).localeCompare(String(other.root), 'en'));
}

function stateOf(has, code, found, shard) {
  if (has) return has.complete ? has.stale ? 'stale' : 'fresh' : 'building';
  if (code) return code;
  if (!shard.worker) return 'no_worker';
  return found ? 'moved' : 'asked';
}

function ShardMap({name, workspace, found, from, go, isGone, error}) {
  const rows = rowsOf(workspace, found);
  const shown = rows.slice(from, from + SHARDS_PAGE);
  if (isGone) return h('section', {class: 'zone shards', 'aria-label': 'Shards'}, h('p', {class: 'warn', role: 'alert'}, `There is no workspace ${outside(name, 64)}, or none any more.`));
  return h('section', {class: 'zone shards', 'aria-label': `Shards of ${outside(name, 64)}`},
    h('div', {class: 'head'}, h('h2', null, h('bdi', null, outside(name, 64))), found ? h(Sums, {rows}) : null, h('span', {class: 'space'}), h(Covering, {found})),
    error ? h('p', {class: 'warn note', role: 'alert'}, `Not up to date: ${outside(error, 200)}`) : null,
    rows.length ? h(StateBar, {rows}) : null,
    rows.length ? h(ShardTable, {rows: shown, go}) : workspace ? h(Nothing, {sentence: 'It has no directory of sources.'}) : error ? null : late,
    h(Pager, {from, shown: shown.length, total: rows.length, page: SHARDS_PAGE, name: 'shards', go}),
    h(Faults, {rows}));
}

const Sums = ({rows}) => h('span', {'data-sums': '', title: `${exact(sumOf(rows, 'symbols'), 'symbols')} in ${exact(sumOf(rows, 'bytes'), 'B')}`},
  `${many(rows.length, 'shard')} · ${many(sumOf(rows, 'files'), 'file')} · ${many(sumOf(rows, 'symbols'), 'symbol')} · ${bytes(sumOf(rows, 'bytes'))}`);

/** All shards as one line, as wide as they have files. */
function StateBar({rows}) {
  const weights = {};
  for (const row of rows) {
    const one = weights[row.state] ??= {shards: 0, files: 0};
    one.shards++;
    one.files += Math.max(1, row.files ?? row.expected);
  }
  const states = Object.keys(SHARD_STATES).filter(state => weights[state]);
  const all = states.reduce((sum, state) => sum + weights[state].files, 0);
  let from = 0;
  const parts = states.map(state => {
    const width = weights[state].files / all * 100;
    const part = h('rect', {key: state, class: SHARD_STATES[state].tint, x: from.toFixed(2), width: width.toFixed(2), height: '8'});
    from += width;
    return part;
  });
  const words = states.map(state => `${many(weights[state].shards, 'shard')} ${SHARD_STATES[state].word}`).join(', ');
  return h('svg', {class: 'bar states', viewBox: '0 0 100 8', preserveAspectRatio: 'none', role: 'img', 'aria-label': words}, h('rect', {class: 'capacity', width: '100', height: '8'}), parts);
}

const ShardTable = ({rows, go}) => h('div', {class: 'rows', tabindex: '0', role: 'region', 'aria-label': 'Shards'}, h('table', null,
  h('caption', {class: 'spoken'}, 'Shards, those that need attention first'),
  h('thead', null, h('tr', null, ['Shard', 'Owner', 'State', 'Files', 'Symbols', 'Compared'].map(name => h('th', {key: name, scope: 'col'}, name)))),
  h('tbody', null, rows.map(row => h(ShardRow, {key: row.root, row, go})))));

function ShardRow({row, go}) {
  const look = lookOf(SHARD_STATES, row.state);
  return h('tr', {'data-shard': row.root, 'data-state': row.state},
    h('th', {scope: 'row', title: outside(row.root, 400)}, h('bdi', null, nameOf(row.root))),
    h('td', {title: row.epoch ? `epoch ${row.epoch}` : ''}, row.worker ? h(Link, {go, to: {node: row.worker}}, h('bdi', null, outside(row.worker, 40))) : h('span', {class: 'mute'}, 'nobody')),
    h('td', null, h(Badge, {look, word: look.word ?? row.state}), row.state === 'building' ? h(Progress, {row}) : null),
    h('td', {title: row.isHeld ? exact(row.files, 'files') : ''}, row.isHeld ? count(row.files) : '–',
      row.faults.length ? h('span', {class: 'warn', title: 'files that are not in the index'}, ` ◆ ${row.faults.length}`) : null),
    h('td', {title: row.isHeld ? exact(row.symbols, 'symbols') : ''}, row.isHeld ? count(row.symbols) : '–'),
    h('td', {title: iso(row.asOf)}, Number.isFinite(row.asOf) ? `${age(Date.now() - row.asOf)} ago` : row.isHeld ? 'never' : '–'));
}

/** How far the first building is; how many files there are was counted when the workspace was added. */
function Progress({row}) {
  if (!(row.expected > 0)) return null;
  const share = Math.min(1, (row.files ?? 0) / row.expected);
  const words = `${count(row.files ?? 0)} of about ${many(row.expected, 'file')}`;
  return h('svg', {class: 'bar progress-of-shard', viewBox: '0 0 100 8', preserveAspectRatio: 'none', role: 'progressbar', 'aria-valuemin': 0, 'aria-valuemax': 100,
    'aria-valuenow': Math.round(share * 100), 'aria-valuetext': words, 'aria-label': `Building ${nameOf(row.root)}`}, h('title', null, words),
  h('rect', {class: 'capacity', width: '100', height: '8'}), h('rect', {class: 'used', width: (share * 100).toFixed(1), height: '8'}));
}

/** Files that are not in the index, and why. */
function Faults({rows}) {
  const faults = rows.flatMap(row => row.faults);
  if (faults.length === 0) return null;
  return h('details', {class: 'faults'},
    h('summary', null, h('span', {class: 'warn'}, '◆ '), `${many(faults.length, 'file is', 'files are')} not in the index`),
    h('ul', null, faults.slice(0, FAULTS_SHOWN).map(fault => h('li', {key: fault.path, 'data-fault': fault.path},
      h('bdi', null, outside(fault.path, 200)), h('span', {class: 'mute'}, ` ${Object.hasOwn(FAULTS, fault.code) ? FAULTS[fault.code] : outside(fault.code, 40)}`)))),
    faults.length > FAULTS_SHOWN ? h('p', {class: 'mute'}, `and ${count(faults.length - FAULTS_SHOWN)} more`) : null);
}
