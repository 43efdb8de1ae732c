// Reviews: runs with how far they are and what was found, kept up to date by the stream.

import {h} from './preact.js';
import {age, count, exact, iso, outside} from './format.js';
import {Asked} from './asked.js';
import {FINDING_LEVELS, REVIEW_STATES, lookOf} from './states.js';
import {Badge, Link, Nothing} from './zones.js';

const RUNS_PAGE = 20; // as many as the stream has
const CALM_MILLIS = 10_000; // what changes is heard of; this is for what is not in the stream
const ETA_MILLIS = 2_000;
const ETAS_MAX = 5;
const late = h('p', {class: 'mute late'}, 'Loading …');

/** Nothing of a run is chosen. */
export const NO_FINDING = {level: '', rule: '', path: '', text: '', among: '', from: '', finding: ''};

export const pathOf = id => `/api/v1/reviews/${encodeURIComponent(id)}`;
export const hasEnded = run => run.state !== 'running';
export const sumOf = numbers => Object.values(numbers ?? {}).reduce((sum, number) => sum + number, 0);

/** A run as the API has it, with what the stream has heard since; which parts it knows. */
export function upToDate(run, heard) {
  if (!heard) return run;
  const {state, tasks, reviewed, findings, suppressed} = heard;
  return {...run, state, tasks: {...tasks}, reviewed, findings: {...findings}, suppressed, finished_at: heard.finished ?? run.finished_at};
}

/** Grows different when somebody who looks at a list or a run should ask again. */
export const turnOf = runs => runs.map(run => `${run.id} ${run.state}`).sort().join();

/** Rounded down, so that only what is whole is 100. */
export const share = (part, whole) => (whole > 0 ? Math.floor(part / whole * 100) : 0);

export const coverageOf = ({reviewed = 0, lines = 0}) => (reviewed >= lines ? '100 %' : `${(Math.floor(reviewed / lines * 1000) / 10).toFixed(1)} %`);

/** Done, running and failed tasks as one bar. */
export function TaskBar({run}) {
  const {done = 0, running = 0, failed = 0, pending = 0} = run.tasks ?? {};
  const all = done + running + failed + pending;
  let from = 0;
  const parts = [['good', done], ['busy', running], ['bad', failed]].map(([tint, number]) => {
    const width = all ? number / all * 100 : 0;
    const part = h('rect', {key: tint, class: tint, x: from.toFixed(2), width: width.toFixed(2), height: '8'});
    from += width;
    return part;
  });
  const words = `${exact(done, 'done')}, ${exact(running, 'running')}, ${exact(pending, 'pending')}, ${exact(failed, 'failed')} of ${exact(all, 'tasks')}`;
  return h('svg', {class: 'bar states', viewBox: '0 0 100 8', preserveAspectRatio: 'none', role: 'progressbar', 'aria-label': `Progress of ${outside(run.name, 60)}`, 'aria-valuemin': 0, 'aria-valuemax': 100,
    'aria-valuenow': share(done, all), 'aria-valuetext': words}, h('title', null, words), h('rect', {class: 'capacity', width: '100', height: '8'}), parts);
}

/** Open findings by severity, worst first; those there are none of are left out. */
export function Levels({findings}) {
  const found = Object.keys(FINDING_LEVELS).filter(level => findings?.[level] > 0);
  return h('span', {class: 'levels'}, found.length ? found.map(level => h('span', {key: level, class: FINDING_LEVELS[level].tint, title: exact(findings[level], level), 'data-level': level},
    `${FINDING_LEVELS[level].glyph} ${count(findings[level])} ${level}`)) : h('span', {class: 'mute'}, 'none'));
}

export function ReviewsView({address, credential, isPaused, view, go}) {
  const from = Math.max(0, Number.parseInt(address.get('reviews'), 10) || 0);
  const heard = view.reviews ?? {};
  const show = (found, {error}) => h('main', {class: 'reviews'},
    h('section', {class: 'zone runs', id: 'reviews', 'aria-label': 'Reviews', tabindex: '-1'},
      h('div', {class: 'head'}, h('h2', null, 'Reviews'), h('span', {class: 'mute'}, found ? count(found.total ?? 0) : '')),
      error ? h('p', {class: 'warn note', role: 'alert'}, `Not up to date: ${outside(error, 200)}`) : null,
      found?.reviews?.length ? h(Runs, {runs: found.reviews.map(run => upToDate(run, heard[run.id])), credential, isPaused, go})
        : found ? h(Nothing, {sentence: from ? 'No more reviews.' : 'Nothing was reviewed yet.', command: 'bin/skein review start .'}) : error ? null : late,
      h(Pager, {from, shown: found?.reviews?.length ?? 0, total: found?.total ?? 0, go})));
  return h(Asked, {path: `/api/v1/reviews?limit=${RUNS_PAGE}&offset=${from}`, every: CALM_MILLIS, turn: turnOf(Object.values(heard)), credential, isPaused, show});
}

function Pager({from, shown, total, go}) {
  if (from === 0 && shown >= total) return null;
  const before = Math.max(0, from - RUNS_PAGE);
  return h('div', {class: 'foot pages'},
    h(Link, {go, to: {reviews: before ? String(before) : ''}, class: from ? '' : 'off', 'aria-disabled': String(from === 0)}, '‹ Newer'),
    from + shown >= total ? h('span', {class: 'off'}, 'Older ›') : h(Link, {go, to: {reviews: String(from + RUNS_PAGE)}, class: 'older'}, 'Older ›'),
    h('span', {class: 'mute'}, shown ? `${from + 1} – ${from + shown} of ${count(total)}` : ''));
}

function Runs({runs, credential, isPaused, go}) {
  const going = new Set(runs.filter(run => !hasEnded(run)).slice(0, ETAS_MAX).map(run => run.id));
  return h('div', {class: 'rows', tabindex: '0', role: 'region', 'aria-label': 'Runs'}, h('table', null,
    h('caption', {class: 'spoken'}, 'Runs of reviews, the newest first'),
    h('thead', null, h('tr', null, ['Review', 'State', 'Tasks', 'End', 'Lines reviewed', 'Open findings', 'Began'].map(name => h('th', {key: name, scope: 'col'}, name)))),
    h('tbody', null, runs.map(run => h(RunRow, {key: run.id, run, hasEta: going.has(run.id), credential, isPaused, go})))));
}

function RunRow({run, hasEta, credential, isPaused, go}) {
  const began = Date.parse(run.created_at);
  const all = sumOf(run.tasks);
  const done = run.tasks?.done ?? 0;
  return h('tr', {'data-review': run.id, 'data-state': run.state},
    h('th', {scope: 'row', title: `${outside(run.root, 400)} on ${outside(run.node, 60)}`}, h(Link, {go, to: {...NO_FINDING, view: 'reviews', review: run.id}, class: 'row'}, h('bdi', null, outside(run.name, 60))),
      h('span', {class: 'mute'}, ` ${outside(run.id, 40)}`)),
    h('td', null, h(Badge, {look: lookOf(REVIEW_STATES, run.state), word: run.state})),
    h('td', null, h(TaskBar, {run}), h('span', {class: 'mute', 'data-percent': share(done, all)}, `${share(done, all)} % · ${count(done)} of ${count(all)}`, run.tasks?.failed ? h('span', {class: 'bad'}, ` · ▲ ${count(run.tasks.failed)} failed`) : null)),
    h('td', null, hasEnded(run) ? h('span', {class: 'mute'}, tookOf(run)) : hasEta ? h(Asked, {path: pathOf(run.id), every: ETA_MILLIS, credential, isPaused, show: found => h(Eta, {eta: found?.eta})}) : h('span', {class: 'mute'}, '–')),
    h('td', {title: `${exact(run.reviewed, 'lines')} of ${exact(run.lines, 'lines')}`}, coverageOf(run)),
    h('td', null, h(Levels, {findings: run.findings})),
    h('td', {title: iso(began)}, `${age(Date.now() - began)} ago`));
}

/** What the API says of the end, with its interval; or why nothing is known. */
export const Eta = ({eta}) => h('span', {'data-eta': eta?.likely_millis ?? '', title: eta ? `in eight of ten cases between the two; ${exact(eta.measured ?? 0, 'tasks measured')}` : ''}, outside(eta?.text ?? '', 120) || '–');

export function tookOf(run) {
  const took = Date.parse(run.finished_at) - Date.parse(run.created_at);
  return Number.isFinite(took) ? `ended after ${age(took)}` : 'ended';
}
