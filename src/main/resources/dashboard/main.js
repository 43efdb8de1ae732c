// The page: what the address says, what the stream knows, and once a second how old it is.

import {Component, h, render} from './preact.js';
import {clock, count, outside} from './format.js';
import {compile} from './filter.js';
import {JobPage} from './job.js';
import {JobsView, JobsZone} from './jobs.js';
import {listen} from './keys.js';
import {GroupDrawer, Help, NodeDrawer, SignIn} from './panels.js';
import {ReviewPage} from './review.js';
import {NO_FINDING, ReviewsView} from './reviews.js';
import {IndexView} from './shards.js';
import {alertsInOrder, groupsInOrder, nodesInOrder, stateOf} from './states.js';
import {Stream} from './stream.js';
import {Alerts, Groups, Nothing, TopBar, Topology} from './zones.js';

const GHOST_MILLIS = 60_000;
const SAMPLES_MAX = 60;
const SPEAK_EVERY_MILLIS = 10_000;
const CREDENTIAL = 'skein.credential';
const THEME = 'skein.theme';
const THEMES = ['system', 'light', 'dark'];
const NODE_FIELDS = ['id', 'state', 'role', 'cpu', 'pipelines', 'memory', 'reserved', 'capacity', 'heartbeat'];
const GROUP_FIELDS = ['id', 'name', 'status', 'pressure', 'pipelines', 'in', 'out', 'errors'];
const FIELDS = [...new Set([...NODE_FIELDS, ...GROUP_FIELDS])];

const asNode = node => ({
  fields: {id: node.id, state: stateOf(node), role: node.roles ?? [], cpu: node.cpu, pipelines: node.pipelines, memory: node.memory?.used,
    reserved: node.memory?.reserved, capacity: node.memory?.capacity, heartbeat: node.heartbeatAgeMillis},
  words: [String(node.id), stateOf(node), ...(node.roles ?? [])],
});

const asGroup = group => ({
  fields: {id: group.id, name: group.name, status: group.status, pressure: group.pressure, pipelines: group.pipelines,
    in: group.eventsInPerSecond, out: group.eventsOutPerSecond, errors: group.errors},
  words: [String(group.name), String(group.id), String(group.status)],
});

/** Takes a token out of the address before anything else can see it there. */
function credentialFromAddress() {
  const hit = /^#token=(.+)$/.exec(location.hash);
  if (!hit) return null;
  history.replaceState(null, '', location.pathname + location.search);
  return decodeURIComponent(hit[1]);
}

const stored = (store, name) => {
  try {
    return store().getItem(name) ?? '';
  } catch {
    return ''; // storage may be forbidden; the page works without
  }
};

const store = (place, name, value) => {
  try {
    place().setItem(name, value);
  } catch {
    // as above
  }
};

class Page extends Component {
  constructor() {
    super();
    this.isHelp = false;
    this.isSigningIn = false;
    this.address = new URLSearchParams(location.search);
    this.ghosts = new Map();
    this.history = new Map();
    this.known = {view: null, nodes: {}, alerts: new Set(), lastAlertAt: 0};
    this.spoken = {text: '', at: 0, alerts: new Set(), counts: ''};
    this.stream = new Stream(() => this.changed());
    this.go = Object.assign((to, replace) => this.navigate(to, replace), {href: to => this.hrefOf(to)});
  }

  componentDidMount() {
    const given = credentialFromAddress();
    if (given !== null) store(() => sessionStorage, CREDENTIAL, given);
    this.stream.signIn(given ?? stored(() => sessionStorage, CREDENTIAL));
    addEventListener('popstate', () => {
      this.address = new URLSearchParams(location.search);
      this.applyTheme();
      this.forceUpdate();
    });
    setInterval(() => this.second(), 1000);
    this.applyTheme();
    listen(this.keys());
  }

  // address

  hrefOf(to) {
    const next = new URLSearchParams(this.address);
    for (const [name, value] of Object.entries(to)) {
      if (value === '') next.delete(name);
      else next.set(name, value);
    }
    const query = next.toString();
    return query ? `?${query}` : location.pathname;
  }

  navigate(to, replace = false) {
    const href = this.hrefOf(to);
    if (href === (location.search || location.pathname)) return;
    history[replace ? 'replaceState' : 'pushState'](null, '', href);
    this.address = new URLSearchParams(location.search);
    this.forceUpdate();
  }

  theme() {
    const wanted = this.address.get('theme') ?? stored(() => localStorage, THEME);
    return THEMES.includes(wanted) ? wanted : 'system';
  }

  applyTheme() {
    document.documentElement.dataset.theme = this.theme();
  }

  // what happens

  changed() {
    const {view, hello} = this.stream;
    if (view && view !== this.known.view) this.compare(view);
    if (hello.stream !== this.lastStream) this.meetServer(hello.stream);
    this.forceUpdate();
  }

  /** A server that came back may be of another version than this page. */
  async meetServer(stream) {
    const isBack = this.lastStream !== undefined;
    this.lastStream = stream;
    if (!isBack) return;
    const reply = await fetch('/', {method: 'HEAD', cache: 'no-store'}).catch(() => null);
    const tag = reply?.headers.get('etag');
    this.isOutdated = Boolean(tag) && tag !== `"${document.documentElement.dataset.assets}"`;
    this.forceUpdate();
  }

  /** Keeps who left for a minute, and notes which alerts are new. */
  compare(view) {
    const now = Date.now();
    const nodes = view.nodes ?? {};
    if (this.known.view?.stream === view.stream) {
      for (const [id, node] of Object.entries(this.known.nodes)) {
        if (!(id in nodes) && view.counts?.nodes === Object.keys(nodes).length) this.ghosts.set(id, Object.assign({}, node, {gone: now}));
      }
    }
    for (const id of this.ghosts.keys()) {
      if (id in nodes) this.ghosts.delete(id);
    }
    const alerts = Object.keys(view.alerts ?? {});
    if (alerts.length) this.known.lastAlertAt = now;
    this.known = {...this.known, view, nodes, alerts: new Set(alerts)};
  }

  second() {
    const now = Date.now();
    for (const [id, ghost] of this.ghosts) {
      if (now - ghost.gone > GHOST_MILLIS) this.ghosts.delete(id);
    }
    if (this.stream.phase === 'live' && !this.stream.pausedAt) this.sample();
    this.speak(now);
    this.forceUpdate();
  }

  sample() {
    const groups = this.stream.view?.groups ?? {};
    for (const id of this.history.keys()) {
      if (!(id in groups)) this.history.delete(id);
    }
    for (const [id, group] of Object.entries(groups)) {
      const samples = this.history.get(id) ?? [];
      samples.push(group.eventsInPerSecond ?? 0);
      this.history.set(id, samples.slice(-SAMPLES_MAX));
    }
  }

  /** One sentence for who listens, and only when it says something new. */
  speak(now) {
    const {view} = this.stream;
    if (!view || now - this.spoken.at < SPEAK_EVERY_MILLIS) return;
    const {nodes = 0, nodesUp = 0, groups = 0, alerts = 0} = view.counts ?? {};
    const fresh = Object.values(view.alerts ?? {}).filter(alert => !this.spoken.alerts.has(alert.id));
    const counts = `${nodesUp} of ${nodes} nodes up, ${groups} groups, ${alerts} alerts.`;
    if (counts === this.spoken.counts && fresh.length === 0) return;
    const text = fresh.length ? `${counts} New: ${outside(fresh[0].text, 120)}` : counts;
    this.spoken = {text, counts, at: now, alerts: new Set(Object.keys(view.alerts ?? {}))};
  }

  // what people do

  keys() {
    const close = () => this.close();
    return {
      '?': () => this.help(true),
      '/': () => (document.querySelector('.finder input') ?? this.searchBox)?.focus(),
      'g t': () => this.goTo('', 'topology'),
      'g p': () => this.goTo('', 'pipelines'),
      'g j': () => this.goTo('jobs', 'jobs'),
      'g m': () => this.goTo('jobs', 'memory'),
      'g s': () => this.goTo('index', 'workspaces'),
      'g r': () => this.goTo('reviews', 'reviews'),
      j: () => this.step(1),
      k: () => this.step(-1),
      p: () => this.togglePause(),
      d: () => this.nextTheme(),
      Escape: close,
    };
  }

  /** Opens a view and brings the focus to a part of it. */
  goTo(view, part) {
    if (this.viewOpen() !== view || this.address.get('job') || this.address.get('review')) this.navigate({view, job: '', review: ''});
    setTimeout(() => document.getElementById(part)?.focus()); // once it is drawn
  }

  viewOpen() {
    return this.address.get('job') ? 'jobs' : this.address.get('view') ?? '';
  }

  step(by) {
    const rows = [...document.querySelectorAll('a.row')];
    const at = rows.indexOf(document.activeElement);
    rows[Math.max(0, Math.min(rows.length - 1, at + by))]?.focus();
  }

  help(isOpen) {
    this.isHelp = isOpen;
    this.forceUpdate();
  }

  close() {
    if (this.isHelp) return this.help(false);
    if (document.activeElement === this.searchBox) return this.searchBox.blur();
    if (document.activeElement?.closest('.finder')) return document.activeElement.blur();
    if (this.address.get('node') || this.address.get('group')) return this.navigate({node: '', group: ''});
    if (this.viewOpen() === 'index' && this.address.get('file')) return this.navigate({file: '', line: ''});
    if (this.address.get('job')) return this.navigate({job: '', view: 'jobs'});
    return this.viewOpen() === 'reviews' ? this.leaveReview() : false;
  }

  leaveReview() {
    if (this.address.get('finding')) return this.navigate({finding: ''});
    return this.address.get('review') ? this.navigate({...NO_FINDING, review: ''}) : false;
  }

  togglePause() {
    if (this.stream.pausedAt) this.stream.resume();
    else this.stream.pause();
  }

  nextTheme() {
    const next = THEMES[(THEMES.indexOf(this.theme()) + 1) % THEMES.length];
    store(() => localStorage, THEME, next);
    this.navigate({theme: ''}, true);
    this.applyTheme();
    this.forceUpdate();
  }

  signIn(credential) {
    store(() => sessionStorage, CREDENTIAL, credential);
    this.isSigningIn = false;
    this.stream.signIn(credential);
    this.forceUpdate();
  }

  askToSignIn(isOpen) {
    this.isSigningIn = isOpen;
    this.forceUpdate();
  }

  // what is seen

  render() {
    const {stream} = this;
    const {view} = stream;
    const now = Date.now();
    const actions = {
      pause: () => this.togglePause(),
      theme: () => this.nextTheme(),
      help: () => this.help(true),
      signIn: () => this.askToSignIn(true),
    };
    const hasCluster = view && (view.leader || view.coordinator?.reachable);
    document.title = view?.counts?.alerts ? `(${view.counts.alerts}) Skein` : 'Skein';
    return h('div', {class: `page ${stream.phase} ${stream.pausedAt ? 'paused' : ''}`},
      h(TopBar, {view: hasCluster ? view : null, stream, now, go: this.go, open: this.viewOpen(), theme: this.theme(), actions, isOutdated: this.isOutdated}),
      hasCluster ? this.body(view, now) : this.before(now),
      h('p', {class: 'spoken', role: 'status', 'aria-live': 'polite'}, this.spoken.text),
      this.panels(view, now));
  }

  body(view, now) {
    const {stream, go, address} = this;
    const job = address.get('job');
    const common = {credential: stream.credential, isPaused: Boolean(stream.pausedAt) || stream.phase === 'sign-in', go};
    if (job) return h(JobPage, {...common, key: 'job', id: job, role: stream.hello.role});
    if (address.get('view') === 'index') return h(IndexView, {...common, key: 'index', address});
    if (address.get('view') === 'reviews') {
      const id = address.get('review');
      return id ? h(ReviewPage, {...common, key: 'review', id, address, role: stream.hello.role, view}) : h(ReviewsView, {...common, key: 'reviews', address, view});
    }
    return address.get('view') === 'jobs' ? h(JobsView, {...common, key: 'jobs', address, view}) : this.zones(view, now, common);
  }

  zones(view, now, common) {
    const query = this.address.get('q') ?? '';
    const filter = compile(query, FIELDS);
    const nodes = nodesInOrder([...Object.values(view.nodes ?? {}), ...this.ghosts.values()]);
    const groups = groupsInOrder(Object.values(view.groups ?? {}));
    const alerts = alertsInOrder(Object.values(view.alerts ?? {}));
    const meant = (known, as) => (query && !filter.error && [...filter.fields].every(field => known.includes(field)) ? item => filter.matches(as(item)) : null);
    const ofNodes = meant(NODE_FIELDS, asNode);
    const ofGroups = meant(GROUP_FIELDS, asGroup);
    return [
      h('div', {class: 'strip', key: 'strip'},
        h(Alerts, {alerts, total: view.counts?.alerts ?? 0, lastAlertAt: this.known.lastAlertAt, now, go: this.go, isAll: this.address.get('alerts') === 'all'}),
        this.search(query, filter.error)),
      h('main', {key: 'main'},
        h(Topology, {nodes, shown: ofNodes ? nodes.filter(ofNodes) : nodes, total: (view.counts?.nodes ?? 0) + this.ghosts.size, filter: ofNodes, now, go: this.go, selected: this.address.get('node')}),
        h(JobsZone, common),
        h(Groups, {groups, shown: ofGroups ? groups.filter(ofGroups) : groups, total: view.counts?.groups ?? 0, filter: ofGroups, history: this.history, go: this.go,
          isAll: this.address.get('groups') === 'all', selected: this.address.get('group')})),
    ];
  }

  search(query, error) {
    return h('label', {class: `search ${error ? 'wrong' : ''}`},
      h('span', {class: 'spoken'}, 'Search'),
      h('input', {ref: box => { this.searchBox = box; }, type: 'search', value: query, placeholder: 'Search  /', spellcheck: false, 'aria-invalid': String(Boolean(error)),
        onInput: event => this.navigate({q: event.target.value}, true)}),
      error ? h('span', {class: 'error', role: 'alert'}, outside(error, 200)) : null);
  }

  /** Before there is anything to show. */
  before(now) {
    const {stream} = this;
    if (stream.phase === 'sign-in') return h('main', {class: 'empty'});
    const isAlone = stream.view || stream.phase === 'lost' || stream.phase === 'polling';
    return h('main', {class: 'empty'}, isAlone
      ? h(Nothing, {
        sentence: stream.view
          ? `No coordinator reachable at this node since ${clock(Date.parse(stream.view.coordinator?.since))}. It is asked again all the time.`
          : `This node does not answer: ${outside(stream.reason, 120)}. Try ${count(stream.failures + 1)} in ${Math.max(0, Math.ceil((stream.retryAt - now) / 1000))} s.`,
        command: 'bin/skein coordinator --port 9100 --api-key admin'})
      : h('div', {class: 'skeleton late', 'aria-label': 'Loading', role: 'img'}, h('i'), h('i'), h('i'), h('i')));
  }

  panels(view, now) {
    const {credential} = this.stream;
    const node = this.address.get('node');
    const group = this.address.get('group');
    const close = () => this.navigate({node: '', group: ''});
    if (this.stream.phase === 'sign-in' || this.isSigningIn) {
      const mayCancel = this.stream.phase !== 'sign-in';
      return h(SignIn, {key: 'sign-in', reason: this.stream.phase === 'sign-in' ? this.stream.reason : '', signIn: text => this.signIn(text), close: mayCancel ? () => this.askToSignIn(false) : undefined});
    }
    if (this.isHelp) return h(Help, {key: 'help', close: () => this.help(false)});
    if (node) return h(NodeDrawer, {key: 'node', id: node, node: view?.nodes?.[node] ?? this.ghosts.get(node), credential, now, go: this.go, close});
    return group ? h(GroupDrawer, {key: 'group', id: group, group: view?.groups?.[group], credential, go: this.go, close}) : null;
  }
}

const root = document.getElementById('app');
root.textContent = '';
render(h(Page), root);
