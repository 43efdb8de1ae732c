// The zones of the first screen: top bar, alerts, topology, pipelines.

import {h} from './preact.js';
import {age, bytes, clock, count, exact, iso, outside, percent, stopwatch} from './format.js';
import {PRESSURES, SEVERITIES, STATES, fullness, isUp, lookOf, stateOf} from './states.js';

const CARDS_MAX = 60;
const ALERTS_SHOWN = 3;
const GROUPS_SHOWN = 6;
const STALE_MILLIS = 5_000;
const ROLES = {coordinator: 'C', router: 'R', worker: 'W', 'heavy-worker': 'H', http: 'E'};

/** A link that changes only what the address says. */
export const Link = ({to, go, children, ...rest}) => h('a', {
  ...rest,
  href: go.href(to),
  onClick: event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(to);
  },
}, children);

/** Glyph, word and tint; never one of them alone. */
export const Badge = ({look, word, children}) => h('span', {class: `badge ${look.tint}`, title: look.means},
  h('span', {class: 'glyph', 'aria-hidden': 'true'}, look.glyph), ' ', outside(word), children);

// A · top bar

function connection(stream, now) {
  const asOf = clock(stream.viewAt);
  if (stream.phase === 'lost') {
    const old = stream.viewAt ? `data is ${age(now - stream.viewAt)} old · ` : '';
    return ['warn', '◌', `${old}next try in ${age(stream.retryAt - now + 999)}`];
  }
  if (stream.phase === 'polling') return ['warn', '◌', `Polling · ${asOf}`];
  if (stream.phase === 'sign-in') return ['warn', '◌', 'Signed out'];
  if (!stream.view) return ['mute', '◌', 'Connecting'];
  if (stream.pausedAt) return ['warn', '❚❚', `Paused · ${age(now - stream.pausedAt)} behind`];
  if (now - stream.viewAt > STALE_MILLIS) return ['warn', '●', `Silent for ${age(now - stream.viewAt)}`];
  return ['good', '●', `Live ${asOf}`];
}

function leadership(view, now) {
  const since = Date.parse(view.coordinator?.since);
  if (view.coordinator?.reachable === false) {
    return h('span', {class: 'badge bad', role: 'alert'}, '▲ ',
      `Read-only: no coordinator since ${stopwatch(now - since)}`);
  }
  return h('span', {class: 'fact'}, h('span', {class: 'name'}, 'leader'), ' ',
    h('b', null, h('bdi', null, outside(view.leader, 24) || '–')),
    h('span', {class: 'mute'}, ` epoch ${view.epoch}`));
}

/** The views there are, the one that is open marked. */
const Views = ({go, open}) => h('nav', {class: 'views', 'aria-label': 'Views'}, [['', 'Cluster'], ['jobs', 'Jobs'], ['index', 'Index'], ['reviews', 'Reviews']].map(([view, name]) =>
  h(Link, {key: view, go, to: {view, job: '', review: ''}, 'aria-current': open === view ? 'page' : undefined}, name)));

export function TopBar({view, stream, now, go, open, theme, actions, isOutdated}) {
  const [tint, glyph, words] = connection(stream, now);
  const {nodes = 0, nodesUp = 0} = view?.counts ?? {};
  return h('header', {class: 'top'},
    h('h1', null, h('span', {class: 'mark', 'aria-hidden': 'true'}), 'Skein',
      view?.cluster && view.cluster !== 'skein' ? h('span', {class: 'mute'}, ' ', h('bdi', null, outside(view.cluster, 24))) : null),
    view ? h(Views, {go, open}) : null,
    view ? leadership(view, now) : null,
    view ? h(Link, {go, to: {view: '', job: '', q: nodesUp < nodes ? 'state in (UNHEALTHY, PAUSED)' : ''}, class: `fact ${nodesUp < nodes ? 'bad' : ''}`},
      h('span', {class: 'name'}, 'nodes'), ' ', h('b', null, `${nodesUp}/${nodes}`), nodesUp < nodes ? ' up' : '') : null,
    view?.version ? h('span', {class: 'fact'}, h('span', {class: 'name'}, 'version'), ' ', outside(view.version, 24)) : null,
    h('span', {class: 'space'}),
    isOutdated ? h('button', {type: 'button', class: 'warn', onClick: () => location.reload()}, 'The server was updated · reload') : null,
    stream.reason && stream.phase === 'lost' ? h('span', {class: 'mute reason', title: outside(stream.reason, 300)}, outside(stream.reason, 40)) : null,
    h('button', {
      type: 'button', id: 'live', class: `pulse ${tint}`, 'aria-pressed': String(Boolean(stream.pausedAt)), onClick: actions.pause,
      title: `${stream.pausedAt ? 'Resume' : 'Pause'} (p) · as of ${iso(stream.viewAt)}`,
    }, h('span', {class: 'glyph', 'aria-hidden': 'true'}, glyph), ' ', words),
    h(Who, {hello: stream.hello, now, actions}),
    h('button', {type: 'button', class: 'icon', id: 'theme', onClick: actions.theme, title: `Theme: ${theme} (d)`, 'aria-label': `Theme: ${theme}`},
      {light: '○', dark: '●', system: '◐'}[theme]),
    h('button', {type: 'button', class: 'icon', onClick: actions.help, title: 'Help (?)', 'aria-label': 'Help'}, '?'));
}

function Who({hello, now, actions}) {
  if (!hello.subject) return null;
  const left = Date.parse(hello.expires) - now;
  const isEnding = left < 60_000;
  return h('button', {type: 'button', class: `who ${isEnding ? 'warn' : ''}`, onClick: actions.signIn,
    title: hello.expires ? `until ${iso(Date.parse(hello.expires))}; sign in again or as somebody else` : 'sign in as somebody else'},
    h('bdi', null, outside(hello.subject, 20)), h('span', {class: 'mute'}, ` ${outside(hello.role, 12)}`),
    isEnding ? ` · ends in ${age(left)}` : null);
}

// B · alerts

export function Alerts({alerts, total, lastAlertAt, now, go, isAll}) {
  const shown = isAll ? alerts : alerts.slice(0, ALERTS_SHOWN);
  const rest = total - shown.length;
  if (total === 0) {
    const last = lastAlertAt ? ` · last one ${age(now - lastAlertAt)} ago` : '';
    return h('section', {class: 'alerts quiet', 'aria-label': 'Alerts'}, h('span', {class: 'good', 'aria-hidden': 'true'}, '✓ '), `No open alerts${last}`);
  }
  return h('section', {class: `alerts ${isAll ? 'all' : ''}`, 'aria-label': 'Alerts'},
    h('b', {class: 'bad'}, '▲ ', `${count(total)} ${total === 1 ? 'alert' : 'alerts'}`),
    h('ul', null, shown.map(alert => h(AlertLine, {key: alert.id, alert, now}))),
    rest > 0 || isAll ? h(Link, {go, to: {alerts: isAll ? '' : 'all'}}, isAll ? 'fewer' : `and ${count(rest)} more`) : null);
}

function AlertLine({alert, now}) {
  const look = lookOf(SEVERITIES, alert.severity);
  const since = Date.parse(alert.since);
  return h('li', {title: `${outside(alert.severity, 20)} since ${iso(since)}: ${outside(alert.text, 400)}`},
    h('span', {class: look.tint, 'aria-label': outside(alert.severity, 20), role: 'img'}, look.glyph), ' ',
    h('bdi', null, outside(alert.text, 110)), h('span', {class: 'mute'}, ` ${age(now - since)}`));
}

// C · topology

function sums(nodes) {
  const sum = {used: 0, reserved: 0, capacity: 0};
  for (const {memory = {}} of nodes) {
    for (const name of Object.keys(sum)) sum[name] += memory[name] ?? 0;
  }
  return sum;
}

/** One state and how many nodes are in it, as a link to them. */
function Tally({nodes, go}) {
  const tally = new Map();
  for (const node of nodes) tally.set(stateOf(node), (tally.get(stateOf(node)) ?? 0) + 1);
  const order = Object.keys(STATES);
  const inOrder = [...tally].sort(([one], [other]) => order.indexOf(one) - order.indexOf(other));
  return h('span', {class: 'tally'}, inOrder.map(([word, number]) => {
    const look = lookOf(STATES, word);
    return h(Link, {key: word, go, to: {q: `state = ${word}`}, class: look.tint, title: look.means}, `${look.glyph} ${number} `, outside(word, 16));
  }));
}

export function Topology({nodes, shown, total, filter, now, go, selected}) {
  const isGrid = shown.length > CARDS_MAX;
  const memory = sums(nodes.filter(node => !node.gone));
  return h('section', {class: 'zone topology', id: 'topology', 'aria-label': 'Topology', tabindex: '-1'},
    h('div', {class: 'head'}, h('h2', null, 'Topology'), h(Tally, {nodes, go}),
      h('span', {class: 'space'}), h(Memory, {memory, isWide: true})),
    total > nodes.length ? h('p', {class: 'note'}, `The worst ${nodes.length} of ${count(total)} nodes are shown.`) : null,
    h(Matches, {filter, shown, of: nodes, what: 'nodes', go}),
    nodes.length === 0
      ? h(Nothing, {sentence: 'No node has registered yet.', command: 'bin/skein node up -cluster -conf conf/worker.yaml'})
      : h('ul', {class: isGrid ? 'heat' : `cards ${shown.length > 24 ? 'small' : ''}`},
        shown.map(node => h('li', {key: node.id}, h(isGrid ? Cell : Card, {node, now, go, isSelected: selected === node.id})))));
}

export function Memory({memory, isWide}) {
  const {used = 0, reserved = 0, capacity = 0} = memory;
  if (capacity <= 0) return h('span', {class: 'memory mute'}, 'memory not reported');
  const words = `${bytes(used)} used, ${bytes(reserved)} reserved, ${bytes(capacity)} capacity`;
  const title = `used ${exact(used, 'B')}\nreserved ${exact(reserved, 'B')}\ncapacity ${exact(capacity, 'B')}`;
  return h('span', {class: `memory ${isWide ? 'wide' : ''}`, title},
    h(Bar, {used: used / capacity, reserved: reserved / capacity, words}),
    h('span', {class: 'figures'},
      h('span', null, h('i', {class: 'key used', 'aria-hidden': 'true'}), bytes(used), isWide ? ' used' : ''),
      h('span', null, h('i', {class: 'key reserved', 'aria-hidden': 'true'}), bytes(reserved), isWide ? ' reserved' : ''),
      h('span', null, h('i', {class: 'key capacity', 'aria-hidden': 'true'}), bytes(capacity), isWide ? ' capacity' : '')));
}

function Bar({used, reserved, words}) {
  const width = share => Math.max(0, Math.min(100, share * 100)).toFixed(1);
  return h('svg', {class: `bar ${used > 0.9 ? 'full' : ''}`, viewBox: '0 0 100 8', preserveAspectRatio: 'none', role: 'img', 'aria-label': words},
    h('rect', {class: 'capacity', width: '100', height: '8'}),
    h('rect', {class: 'reserved', width: width(reserved), height: '8'}),
    h('rect', {class: 'used', y: '2', width: width(used), height: '4'}));
}

const rolesOf = node => (node.roles ?? []).map(role => h('abbr', {key: role, title: outside(role, 40)}, Object.hasOwn(ROLES, role) ? ROLES[role] : '·'));

function detailOf(node, word, now) {
  const since = Date.parse(node.since);
  if (node.gone) return `gone for ${age(now - node.gone)}`;
  if (word === 'UNHEALTHY' || word === 'PAUSED') {
    return `${word === 'PAUSED' ? 'silent for' : 'since'} ${stopwatch(Number.isFinite(since) && word !== 'PAUSED' ? now - since : node.heartbeatAgeMillis)}`;
  }
  if (word === 'DRAINING') return `${count(node.pipelines)} left`;
  return `heard ${age(node.heartbeatAgeMillis)} ago`;
}

function Card({node, now, go, isSelected}) {
  const word = stateOf(node);
  const look = lookOf(STATES, word);
  return h(Link, {go, to: {node: node.id, group: ''}, class: `card row ${look.tint} ${isSelected ? 'selected' : ''}`, 'data-node': node.id, 'data-state': word},
    h('span', {class: 'line'}, h('bdi', {class: 'id', title: outside(node.id, 300)}, outside(node.id, 40)), h(Badge, {look, word})),
    h(Memory, {memory: node.memory ?? {}}),
    h('span', {class: 'line facts'},
      h('span', null, h('span', {class: 'name'}, 'cpu'), ` ${percent(node.cpu ?? 0)}`),
      h('span', null, h('span', {class: 'name'}, 'pipelines'), ` ${count(node.pipelines)}`, h('span', {class: 'mute'}, `/${count(node.maxPipelines)}`))),
    h('span', {class: 'line foot'}, h('span', {class: 'roles'}, rolesOf(node)), h('span', {class: 'space'}),
      h('span', {class: isUp(node) ? 'mute' : look.tint}, detailOf(node, word, now))));
}

function Cell({node, now, go}) {
  const word = stateOf(node);
  const look = lookOf(STATES, word);
  const words = `${outside(node.id, 60)}: ${outside(word, 20)}, memory ${percent(fullness(node))}, ${detailOf(node, word, now)}`;
  return h(Link, {go, to: {node: node.id, group: ''}, class: `cell row ${look.tint}`, title: words, 'aria-label': words, 'data-node': node.id, 'data-state': word}, look.glyph);
}

// E · pipelines

export function Groups({groups, shown, total, filter, history, go, isAll, selected}) {
  const listed = isAll || filter ? shown : shown.slice(0, GROUPS_SHOWN);
  const into = groups.reduce((sum, group) => sum + (group.eventsInPerSecond ?? 0), 0);
  const out = groups.reduce((sum, group) => sum + (group.eventsOutPerSecond ?? 0), 0);
  return h('section', {class: 'zone groups', id: 'pipelines', 'aria-label': 'Pipelines', tabindex: '-1'},
    h('div', {class: 'head'}, h('h2', null, 'Pipelines'),
      h(Link, {go, to: {groups: 'all', q: ''}}, `${count(total)} ${total === 1 ? 'group' : 'groups'}`),
      h('span', {class: 'space'}), groups.length ? h('span', {class: 'rate', title: `${into} in, ${out} out, events/s`}, h('b', null, count(into)), ' in → ', h('b', null, count(out)), h('span', {class: 'mute'}, ' out events/s')) : null),
    total > groups.length ? h('p', {class: 'note'}, `The worst ${groups.length} of ${count(total)} groups are shown.`) : null,
    h(Matches, {filter, shown, of: groups, what: 'groups', go}),
    groups.length === 0
      ? h(Nothing, {sentence: 'No pipeline group deployed.', command: 'bin/skein group deploy -f group.json'})
      : h('table', null,
        h('thead', null, h('tr', null, ['Group', 'Events/s in → out', 'Errors', 'Pressure'].map(name => h('th', {key: name, scope: 'col'}, name)))),
        h('tbody', null, listed.map(group => h(GroupRow, {key: group.id, group, samples: history.get(group.id) ?? [], go, isSelected: selected === group.id})))),
    listed.length < shown.length || (isAll && shown.length > GROUPS_SHOWN)
      ? h(Link, {go, to: {groups: isAll ? '' : 'all'}, class: 'more'}, isAll ? 'Show the six under most pressure' : `Show all ${count(shown.length)} groups`) : null);
}

function GroupRow({group, samples, go, isSelected}) {
  const look = lookOf(PRESSURES, group.pressure);
  const status = String(group.status ?? '').replace(/_/g, ' ');
  return h('tr', {class: isSelected ? 'selected' : '', 'data-group': group.id},
    h('td', null, h(Link, {go, to: {group: group.id, node: ''}, class: 'row'}, h('bdi', {title: outside(group.name, 300)}, outside(group.name, 36))),
      h('span', {class: `under ${status === 'running' ? 'mute' : 'warn'}`}, `${outside(status, 24)} · ${count(group.pipelines)} ${group.pipelines === 1 ? 'pipeline' : 'pipelines'}`)),
    h('td', null, h('span', {class: 'rate', title: `${group.eventsInPerSecond} in, ${group.eventsOutPerSecond} out`},
      h('b', null, count(group.eventsInPerSecond)), h('span', {class: 'mute'}, ' → '), h('b', null, count(group.eventsOutPerSecond))), h(Spark, {samples})),
    h('td', {class: group.errors > 0 ? 'bad' : 'mute', title: exact(group.errors ?? 0, 'errors')}, group.errors > 0 ? '▲ ' : '', count(group.errors)),
    h('td', null, h(Badge, {look, word: group.pressure})));
}

function Spark({samples}) {
  if (samples.length < 2) return null;
  const most = Math.max(...samples);
  const step = 60 / 59;
  const points = samples.map((value, i) => `${((60 - samples.length + i) * step).toFixed(1)},${(13 - 12 * (most > 0 ? value / most : 0)).toFixed(1)}`).join(' ');
  const words = `last minute of events in per second: first ${count(samples[0])}, last ${count(samples.at(-1))}, least ${count(Math.min(...samples))}, most ${count(most)}`;
  return h('svg', {class: 'spark', viewBox: '0 0 60 14', preserveAspectRatio: 'none', role: 'img', 'aria-label': words}, h('title', null, words), h('polyline', {points}));
}

// of every list

function Matches({filter, shown, of, what, go}) {
  if (!filter || of.length === 0) return null;
  return h('p', {class: 'note'}, `${shown.length} of ${of.length} ${what} match. `, h(Link, {go, to: {q: ''}}, 'Show all'));
}

export function Nothing({sentence, command}) {
  return h('div', {class: 'nothing'}, h('p', null, sentence), command ? h(Command, {command}) : null);
}

function Command({command}) {
  const copy = event => navigator.clipboard?.writeText(command).then(() => { event.target.textContent = 'copied'; }, () => {});
  return h('p', {class: 'command'}, h('code', null, command), h('button', {type: 'button', onClick: copy}, 'copy'));
}
