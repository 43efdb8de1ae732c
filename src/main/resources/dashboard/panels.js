// What opens over the first screen: sign-in, help, and the details of one node or group.

import {Component, createRef, h} from './preact.js';
import {age, bytes, count, exact, iso, outside, percent} from './format.js';
import {HELP} from './keys.js';
import {FINDING_LEVELS, JOB_STATES, PRESSURES, REVIEW_STATES, SHARD_STATES, STATES, lookOf, stateOf} from './states.js';
import {ask} from './stream.js';
import {Badge, Link} from './zones.js';

/** A native dialog: keeps the focus inside, gives it back, and closes on Esc. */
export class Dialog extends Component {
  box = createRef();

  componentDidMount() {
    this.before = document.activeElement;
    this.box.current.showModal();
  }

  componentWillUnmount() {
    this.box.current.close();
    this.before?.focus?.();
  }

  render({label, kind, close, children}) {
    const onCancel = event => {
      event.preventDefault();
      close?.();
    };
    const onClick = event => event.target === this.box.current && close?.();
    return h('dialog', {ref: this.box, class: kind, 'aria-label': label, onCancel, onClick}, h('div', {class: 'inside'}, children));
  }
}

export function SignIn({reason, signIn, close}) {
  const submit = event => {
    event.preventDefault();
    signIn(event.target.elements.credential.value.trim());
  };
  return h(Dialog, {label: 'Sign in', kind: 'sign-in', close},
    h('form', {onSubmit: submit, autocomplete: 'off'},
      h('h2', null, 'Sign in'),
      reason ? h('p', {class: 'warn'}, reason) : null,
      h('label', {for: 'credential'}, 'Token or API key'),
      h('input', {id: 'credential', name: 'credential', type: 'password', required: true, autofocus: true, spellcheck: false, autocomplete: 'off'}),
      h('p', {class: 'mute'}, 'It stays in this tab and is forgotten with it. A new one: ', h('code', null, 'bin/skein token create --role viewer --expires 1h')),
      h('p', null, h('button', {class: 'main'}, 'Sign in'), close ? h('button', {type: 'button', onClick: close}, 'Cancel') : null)));
}

export const Help = ({close}) => h(Dialog, {label: 'Help', kind: 'help', close},
  h('h2', null, 'Keyboard'),
  h('table', null, h('tbody', null, HELP.map(([keys, words]) => h('tr', {key: keys},
    h('td', null, keys.split(/ +/).map(key => h('kbd', {key}, key))), h('td', null, words))))),
  h('h2', null, 'Search'),
  h('p', null, 'A word, or ', h('code', null, 'state = UNHEALTHY'), ', ', h('code', null, 'memory > 1GiB and role = worker'), ', ', h('code', null, 'pressure in (LOW, HIGH)'), '.'),
  h('h2', null, 'States'),
  h('ul', {class: 'legend'}, [...Object.entries(STATES), ...Object.entries(JOB_STATES)].map(([word, look]) => h('li', {key: word}, h(Badge, {look, word}), ' ', look.means))),
  h('h2', null, 'Shards of the index'),
  h('ul', {class: 'legend'}, Object.values(SHARD_STATES).map(look => h('li', {key: look.word}, h(Badge, {look, word: look.word}), ' ', look.means))),
  h('h2', null, 'Reviews and findings'),
  h('ul', {class: 'legend'}, [...Object.entries(REVIEW_STATES), ...Object.entries(FINDING_LEVELS)].map(([word, look]) => h('li', {key: word}, h(Badge, {look, word}), ' ', look.means))),
  h('h2', null, 'Memory'),
  h('p', null, h('b', null, 'used'), ' is resident, ', h('b', null, 'reserved'), ' the sum of granted budgets, ', h('b', null, 'capacity'), ' the limit minus headroom.'),
  h('p', null, h('button', {type: 'button', onClick: close}, 'Close')));

/** What the API knows beyond the first screen; when that fails, this part alone says so. */
class More extends Component {
  componentDidMount() {
    this.load();
  }

  componentDidUpdate(before) {
    if (before.path !== this.props.path) this.load();
  }

  async load() {
    const {path, credential} = this.props;
    try {
      const reply = await ask(path, credential);
      const found = await reply.json();
      if (path === this.props.path) this.setState({found, error: ''});
    } catch (failure) {
      if (path === this.props.path) this.setState({found: null, error: failure.message});
    }
  }

  render({show}, {found, error}) {
    if (error) return h('p', {class: 'warn'}, `Not available: ${outside(error, 200)}`);
    return found ? show(found) : h('p', {class: 'mute late'}, 'Loading …');
  }
}

export const Facts = ({facts}) => h('dl', null, facts.filter(([, value]) => value !== undefined && value !== '').map(([name, value]) => [
  h('dt', {key: name}, name), h('dd', {key: `${name}=`}, value)]));

export function NodeDrawer({node, id, credential, now, go, close}) {
  const look = node ? lookOf(STATES, stateOf(node)) : null;
  return h(Dialog, {label: `Node ${outside(id, 60)}`, kind: 'drawer', close},
    h('div', {class: 'head'}, h('h2', null, h('bdi', null, outside(id, 80))), h('span', {class: 'space'}), h('button', {type: 'button', class: 'icon', onClick: close, 'aria-label': 'Close'}, '✕')),
    node ? [
      h('p', {key: 'state'}, h(Badge, {look, word: stateOf(node)}), ' ', look.means),
      h(Facts, {key: 'facts', facts: nodeFacts(node, now)}),
      h('p', {key: 'jobs'}, h(Link, {go, to: {node: '', view: 'jobs', job: '', worker: id, state: '', after: ''}}, 'Jobs of this node')),
      h('h3', {key: 'h'}, 'Pipelines here'),
      h(More, {key: 'more', credential, path: `/api/v1/cluster/workers/${encodeURIComponent(id)}`, show: assigned}),
    ] : h('p', null, 'This node is not in the cluster now.'));
}

function nodeFacts(node, now) {
  const {used = 0, reserved = 0, capacity = 0} = node.memory ?? {};
  const since = Date.parse(node.since);
  return [
    ['roles', outside((node.roles ?? []).join(', '), 120)],
    ['since', Number.isFinite(since) ? `${iso(since)} (${age(now - since)})` : ''],
    ['heartbeat', `${age(node.heartbeatAgeMillis)} ago`],
    ['memory used', `${bytes(used)} · ${exact(used, 'B')}`],
    ['reserved', `${bytes(reserved)} · ${exact(reserved, 'B')}`],
    ['capacity', `${bytes(capacity)} · ${exact(capacity, 'B')}`],
    ['cpu', percent(node.cpu ?? 0)],
    ['pipelines', `${count(node.pipelines)} of ${count(node.maxPipelines)}`],
  ];
}

function assigned(worker) {
  const names = worker.assigned_pipelines ?? [];
  return names.length ? h('ul', {class: 'names'}, names.map((name, i) => h('li', {key: i}, h('bdi', null, outside(name, 80)))))
    : h('p', {class: 'mute'}, 'None.');
}

export function GroupDrawer({group, id, credential, go, close}) {
  const look = group ? lookOf(PRESSURES, group.pressure) : null;
  return h(Dialog, {label: `Group ${outside(group?.name ?? id, 60)}`, kind: 'drawer', close},
    h('div', {class: 'head'}, h('h2', null, h('bdi', null, outside(group?.name ?? id, 80))), h('span', {class: 'space'}), h('button', {type: 'button', class: 'icon', onClick: close, 'aria-label': 'Close'}, '✕')),
    group ? [
      h('p', {key: 'state'}, h(Badge, {look, word: group.pressure}), ` pressure · ${outside(group.status, 24).replace(/_/g, ' ')}`),
      h(Facts, {key: 'facts', facts: [
        ['id', outside(group.id, 80)],
        ['events in', `${count(group.eventsInPerSecond)}/s`],
        ['events out', `${count(group.eventsOutPerSecond)}/s`],
        ['errors', exact(group.errors ?? 0, '')],
      ]}),
      h('h3', {key: 'h'}, 'Placements'),
      h(More, {key: 'more', credential, path: `/api/v1/cluster/pipeline-groups/${encodeURIComponent(id)}`, show: found => h(Placements, {found, go})}),
    ] : h('p', null, 'This group is not deployed now.'));
}

const Placements = ({found, go}) => h('table', null,
  h('thead', null, h('tr', null, ['Pipeline', 'Worker', 'Status'].map(name => h('th', {key: name, scope: 'col'}, name)))),
  h('tbody', null, (found.placements ?? []).map((placement, i) => h('tr', {key: i},
    h('td', null, h('bdi', null, outside(placement.pipeline_name, 60))),
    h('td', null, placement.worker_id ? h(Link, {go, to: {node: placement.worker_id, group: ''}}, h('bdi', null, outside(placement.worker_id, 40))) : '–'),
    h('td', {class: placement.error ? 'bad' : ''}, outside(placement.status, 20), placement.error ? h('span', {class: 'under'}, outside(placement.error, 200)) : null)))));
