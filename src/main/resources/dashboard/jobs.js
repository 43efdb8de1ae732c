// Jobs: in numbers on the first screen, and as a list that is searched, a page at a time.

import {Component, createRef, h} from './preact.js';
import {age, count, exact, iso, outside, percent, spell} from './format.js';
import {Asked} from './asked.js';
import {MemoryZone} from './memory.js';
import {JOB_STATES, OUTCOMES, lookOf} from './states.js';
import {Badge, Link, Nothing} from './zones.js';

const STATS_MILLIS = 2_000;
const STATS_CALM_MILLIS = 5_000;
const LIST_MILLIS = 2_000;
const MEMORY_MILLIS = 3_000;
const PAGE = 50;
const TYPES_SHOWN = 12;
const WAITING = ['queued', 'running', 'retrying', 'parked'];
const ALL_STATES = Object.keys(JOB_STATES);

/** What narrows the list, as the address has it and as people read it. */
export const FILTERS = {type: 'Type', worker: 'Worker', label: 'Label', error: 'Error text'};
const NO_FILTERS = {state: '', type: '', worker: '', label: '', error: '', after: ''};

const sumOf = (counts, states) => states.reduce((sum, state) => sum + (counts[state] ?? 0), 0);

/** When the queue is likely to be empty, in words; what is learned from too few jobs is not said. */
export function etaOf({counts = {}, pace = {}, eta}) {
  if (sumOf(counts, eta ? ['queued', 'retrying', 'running'] : ['queued', 'retrying']) === 0) return 'nothing waits';
  if (!eta) return bandOf(pace.eta_millis_low, pace.eta_millis_high) ?? 'not known yet';
  const missing = (eta.samples_needed ?? 0) - (eta.samples ?? 0);
  return bandOf(eta.low_seconds * 1000, eta.high_seconds * 1000) ?? (missing > 0 ? `after ${count(missing)} more` : 'not known');
}

/** A band of time, or null when nothing is known. */
export function bandOf(low, high) {
  if (!Number.isFinite(high)) return null;
  return Number.isFinite(low) && spell(low) !== spell(high) ? `${spell(low)} – ${spell(high)}` : spell(high);
}

/** Live states as one bar; every number is a link to the list that it counts. */
function StateBar({counts, go}) {
  const live = sumOf(counts, WAITING);
  let from = 0;
  const parts = live === 0 ? [] : WAITING.map(state => {
    const width = (counts[state] ?? 0) / live * 100;
    const part = h('rect', {key: state, class: state, x: from.toFixed(2), width: width.toFixed(2), height: '8'});
    from += width;
    return part;
  });
  const words = WAITING.map(state => `${counts[state] ?? 0} ${state}`).join(', ');
  return h('div', null,
    h('svg', {class: 'bar states', viewBox: '0 0 100 8', preserveAspectRatio: 'none', role: 'img', 'aria-label': words}, h('rect', {class: 'capacity', width: '100', height: '8'}), parts),
    h('span', {class: 'tally'}, ALL_STATES.map(state => {
      const look = lookOf(JOB_STATES, state);
      const number = counts[state] ?? 0;
      return h(Link, {key: state, go, to: {...NO_FILTERS, view: 'jobs', job: '', state}, class: number ? look.tint : 'mute', title: `${exact(number, state)}: ${look.means}`, 'data-count': state},
        `${look.glyph} ${count(number)} ${state}`);
    })));
}

function Figures({stats}) {
  const {counts = {}, pace = {}} = stats;
  const failed = pace.failed_per_minute ?? 0;
  const oldest = counts.oldest_queued_millis ?? 0;
  const took = Number.isFinite(pace.run_millis_p50) ? `${spell(pace.run_millis_p50)} · ${spell(pace.run_millis_p95)}` : '–';
  return h('dl', {class: 'figures-of-jobs'},
    h('div', null, h('dt', null, 'oldest waits'), h('dd', {'data-figure': 'oldest', title: exact(oldest, 'ms')}, oldest > 0 ? age(oldest) : '–')),
    h('div', null, h('dt', null, 'queue empty in'), h('dd', {'data-figure': 'eta', title: stats.eta ? `in about eight of ten cases; from ${exact(stats.eta.samples ?? 0, 'measured jobs')}` : ''}, etaOf(stats))),
    h('div', null, h('dt', null, 'ended per minute'), h('dd', {'data-figure': 'pace'}, count(pace.finished_per_minute ?? 0))),
    h('div', null, h('dt', null, 'failed per minute'), h('dd', {class: failed > 0 ? 'bad' : '', 'data-figure': 'failed'}, failed > 0 ? '▲ ' : '', count(failed))),
    h('div', null, h('dt', null, 'took, half · most'), h('dd', {title: 'median and 95th percentile of attempts'}, took)));
}

const late = h('p', {class: 'mute late'}, 'Loading …');

/** The zone of the first screen. */
export function JobsZone({credential, isPaused, go}) {
  const show = (stats, {error}) => h('section', {class: 'zone jobs-zone', id: 'jobs', 'aria-label': 'Jobs', tabindex: '-1'},
    h('div', {class: 'head'}, h('h2', null, 'Jobs'), h('span', {class: 'space'}), h(Link, {go, to: {...NO_FILTERS, view: 'jobs', job: ''}}, 'All jobs')),
    error ? h('p', {class: 'warn note'}, `Not available: ${outside(error, 160)}`) : null,
    stats ? [h(StateBar, {key: 'bar', counts: stats.counts ?? {}, go}), h(Figures, {key: 'figures', stats})] : error ? null : late);
  return h(Asked, {path: '/api/v1/jobs/stats', every: STATS_CALM_MILLIS, credential, isPaused, show});
}

/** The whole view: numbers, list, queue by type, memory. */
export function JobsView({address, credential, isPaused, view, go}) {
  const filters = filtersOf(address);
  return h('main', {class: 'jobs'},
    h('div', {class: 'column'},
      h(Asked, {path: '/api/v1/jobs/stats', every: STATS_MILLIS, credential, isPaused, show: (stats, {error}) => h(Numbers, {stats, error, go})}),
      h(Asked, {path: listPath(filters), every: LIST_MILLIS, credential, isPaused,
        show: (found, {error, isLoading}) => h(JobList, {found, error, isLoading, filters, go})})),
    h('div', {class: 'column'},
      h(Asked, {path: '/api/v1/memory', every: MEMORY_MILLIS, credential, isPaused, show: (found, {error, status}) => h(MemoryZone, {found, error, status, view, go})})));
}

const filtersOf = address => Object.fromEntries(Object.keys(NO_FILTERS).map(name => [name, address.get(name) ?? '']));

function listPath(filters) {
  const query = new URLSearchParams({limit: String(PAGE)});
  for (const name of ['state', ...Object.keys(FILTERS)]) {
    if (filters[name]) query.set(name, filters[name]);
  }
  if (filters.after) query.set('cursor', filters.after);
  return `/api/v1/jobs?${query}`;
}

function Numbers({stats, error, go}) {
  return h('section', {class: 'zone numbers', id: 'jobs', 'aria-label': 'Jobs in numbers', tabindex: '-1'},
    error ? h('p', {class: 'warn note'}, `Not up to date: ${outside(error, 160)}`) : null,
    stats ? [h(StateBar, {key: 'bar', counts: stats.counts ?? {}, go}), h(Figures, {key: 'figures', stats}), h(Types, {key: 'types', types: stats.types ?? [], go})]
      : error ? null : late);
}

const busiest = (one, other) => sumOf(other.counts ?? {}, WAITING) - sumOf(one.counts ?? {}, WAITING) || String(one.type).localeCompare(String(other.type), 'en');

/** Queues by type as a line of links, since most clusters have few types. */
function Types({types, go}) {
  if (types.length === 0) return null;
  return h('p', {class: 'types'}, [...types].sort(busiest).slice(0, TYPES_SHOWN).map(({type, counts = {}, pace = {}, eta}) => {
    const empty = etaOf({counts, pace, eta});
    return h(Link, {key: type, go, to: {...NO_FILTERS, view: 'jobs', job: '', type}, class: 'chip', title: `${outside(type, 200)}: ${exact(pace.finished_per_minute ?? 0, 'ended per minute')}; queue empty in: ${empty}`},
      h('bdi', null, outside(type, 24)), h('span', {class: 'mute'}, ` ${count(counts.queued ?? 0)} queued · ${count(counts.running ?? 0)} running`));
  }), types.length > TYPES_SHOWN ? h('span', {class: 'mute'}, ` and ${types.length - TYPES_SHOWN} more types`) : null);
}

/** One page. While the pointer or the focus is in it, rows are brought up to date where they are and none moves. */
class JobList extends Component {
  static getDerivedStateFromProps({found, isLoading, filters}, state) {
    if (!found || isLoading || found === state.found) return null;
    const key = JSON.stringify(filters);
    const rows = found.jobs ?? [];
    const isSame = key === state.key && state.rows;
    if (!isSame || !state.isHeld || filters.after) return {found, key, rows, newer: 0, isHeld: isSame ? state.isHeld : false};
    const fresh = new Map(rows.map(job => [job.id, job]));
    const known = new Set(state.rows.map(job => job.id));
    return {found, key, rows: state.rows.map(job => fresh.get(job.id) ?? job), newer: rows.filter(job => !known.has(job.id)).length};
  }

  hold = isHeld => {
    if (isHeld !== Boolean(this.state.isHeld)) this.setState({isHeld});
  };

  leave = event => {
    if (!event.currentTarget.contains(event.relatedTarget)) this.hold(event.currentTarget.matches(':hover'));
  };

  render({found, error, isLoading, filters, go}, {rows, newer}) {
    const isNarrow = ['state', ...Object.keys(FILTERS)].some(name => filters[name]);
    return h('section', {class: `zone job-list ${isLoading && rows ? 'stale' : ''}`, 'aria-label': 'List of jobs'},
      h(Finder, {filters, go}),
      error ? h('p', {class: 'warn note', role: 'alert'}, `Not available: ${outside(error, 200)}`) : null,
      rows?.length ? this.table(rows, go) : rows ? h(Nothing, nothing(filters, isNarrow)) : h('p', {class: 'mute late'}, 'Loading …'),
      h('div', {class: 'foot pages'},
        h(Link, {go, to: {after: ''}, class: filters.after ? '' : 'off', 'aria-disabled': String(!filters.after)}, '« Newest'),
        found?.next && !isLoading ? h(Link, {go, to: {after: found.next}, class: 'older'}, 'Older ›') : h('span', {class: 'off older'}, 'Older ›'),
        h('span', {class: 'mute'}, rows ? `${rows.length} on this page` : ''),
        h('span', {class: 'space'}),
        newer ? h('button', {type: 'button', class: 'newer', onClick: () => this.show()}, `${count(newer)} newer · show`) : null));
  }

  /** Takes the latest page although somebody holds the old one. */
  show() {
    this.setState(({found}) => ({rows: found?.jobs ?? [], newer: 0}));
  }

  table(rows, go) {
    return h('div', {class: 'rows', onMouseEnter: () => this.hold(true), onMouseLeave: event => this.hold(event.currentTarget.contains(document.activeElement)),
      onFocusIn: () => this.hold(true), onFocusOut: this.leave},
    h('table', null,
      h('caption', {class: 'spoken'}, 'Jobs, the newest first'),
      h('thead', null, h('tr', null, ['Job', 'State', 'Type', 'Worker', 'Accepted', 'How it goes'].map(name => h('th', {key: name, scope: 'col'}, name)))),
      h('tbody', null, rows.map(job => h(JobRow, {key: job.id, job, go})))));
  }
}

const nothing = (filters, isNarrow) => (isNarrow || filters.after
  ? {sentence: 'No job matches.'}
  : {sentence: 'No job yet.', command: 'bin/skein job submit --type exec --wait -- echo hello'});

function JobRow({job, go}) {
  const look = lookOf(JOB_STATES, job.state);
  const accepted = Date.parse(job.created_at);
  return h('tr', {'data-job': job.id},
    h('th', {scope: 'row'}, h(Link, {go, to: {job: job.id}, class: 'row'}, outside(job.id, 40)),
      (job.labels ?? []).slice(0, 3).map(label => h('span', {key: label, class: 'label', title: outside(label, 200)}, outside(label, 24)))),
    h('td', null, h(Badge, {look, word: job.state})),
    h('td', {title: outside(job.type, 300)}, h('bdi', null, outside(job.type, 40))),
    h('td', {title: outside(job.worker ?? '', 300)}, job.worker ? h('bdi', null, outside(job.worker, 40)) : h('span', {class: 'mute'}, '–')),
    h('td', {title: iso(accepted)}, `${age(Date.now() - accepted)} ago`),
    h('td', null, h(HowItGoes, {job})));
}

/** A few words: of the end, of the last failure, or of what it is doing. */
function HowItGoes({job}) {
  const {outcome, progress, state, attempt, max_attempts: most} = job;
  const tries = attempt > 1 ? h('span', {class: 'mute'}, ` attempt ${attempt}${most >= attempt ? ` of ${most}` : ''}`) : null;
  if (state === 'running') {
    const done = Number.isFinite(progress?.fraction) ? `${percent(progress.fraction)} ` : '';
    return h('span', {class: 'mute'}, `${done}${outside(progress?.note ?? '', 60)}`, tries);
  }
  if (!outcome) return h('span', {class: 'mute'}, state === 'cancelled' ? 'before it began' : 'waits');
  if (outcome.kind === 'SUCCEEDED') return h('span', {class: 'mute'}, tookOf(job), tries);
  const look = lookOf(OUTCOMES, outcome.kind);
  return h('span', {title: outside(outcome.message, 400)}, h('b', {class: look.tint}, outside(outcome.kind, 20)), ` ${outside(outcome.message || outcome.code, 80)}`, tries);
}

const tookOf = job => {
  const took = Date.parse(job.finished_at) - Date.parse(job.started_at);
  return Number.isFinite(took) ? `took ${spell(took)}` : '';
};

/** Id, states, and whatever else narrows the list; nothing is asked for while somebody types. */
function Finder({filters, go}) {
  const find = event => {
    event.preventDefault();
    const {elements} = event.currentTarget;
    const id = elements.id.value.trim();
    if (id) go({job: id});
    else go({...Object.fromEntries(Object.keys(FILTERS).map(name => [name, elements[name].value.trim()])), state: elements.state.value, after: ''});
  };
  const isNarrow = ['state', ...Object.keys(FILTERS)].some(name => filters[name]);
  return h('form', {class: 'finder', role: 'search', 'aria-label': 'Find jobs', onSubmit: find, onChange: event => event.target.name !== 'id' && event.currentTarget.requestSubmit(), autocomplete: 'off'},
    h(Field, {name: 'id', label: 'Id', value: '', placeholder: 'j1-42'}),
    h('label', null, h('span', null, 'State'), h('select', {name: 'state', value: filters.state},
      h('option', {value: ''}, 'any'), ALL_STATES.map(state => h('option', {key: state, value: state}, state)),
      filters.state && !ALL_STATES.includes(filters.state) ? h('option', {value: filters.state}, filters.state) : null)),
    Object.entries(FILTERS).map(([name, label]) => h(Field, {key: name, name, label, value: filters[name]})),
    h('button', {class: 'main'}, 'Find'),
    h(Link, {go, to: NO_FILTERS, class: isNarrow ? '' : 'off', 'aria-disabled': String(!isNarrow)}, 'Clear'));
}

/** Keeps what somebody types until the address says otherwise. */
export class Field extends Component {
  box = createRef();

  componentDidMount() {
    this.box.current.value = this.props.value;
  }

  componentDidUpdate(before) {
    if (before.value !== this.props.value) this.box.current.value = this.props.value;
  }

  render({name, label, placeholder}) {
    return h('label', null, h('span', null, label), h('input', {ref: this.box, name, type: 'text', placeholder, spellcheck: false, maxLength: 256}));
  }
}
