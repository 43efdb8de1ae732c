// One job: what it is, what became of each attempt, why it waits, what it says, and what may be done about it.

import {Component, h} from './preact.js';
import {age, bytes, exact, iso, lines, outside, percent, spell} from './format.js';
import {Asked} from './asked.js';
import {mayChange} from './change.js';
import {bandOf} from './jobs.js';
import {LogView} from './logs.js';
import {Dialog, Facts} from './panels.js';
import {JOB_STATES, OUTCOMES, lookOf} from './states.js';
import {ask} from './stream.js';
import {Badge, Link} from './zones.js';

const JOB_MILLIS = 1_000;
const ENDED_MILLIS = 10_000; // somebody may retry it
const WHY_MILLIS = 2_000;
const TEXT_MAX = 65_536;
const ENDS = ['succeeded', 'failed', 'cancelled', 'dead'];
const WAITS = ['queued', 'retrying', 'parked'];
const HELD_BACK = ['delayed', 'backing_off', 'parked'];
const NOT_FOUND = 404;

const hasEnded = job => ENDS.includes(job.state);
const howOften = job => (job && hasEnded(job) ? ENDED_MILLIS : JOB_MILLIS);
const pathOf = id => `/api/v1/jobs/${encodeURIComponent(id)}`;

export class JobPage extends Component {
  again = () => this.setState(({turn = 0}) => ({turn: turn + 1}));

  render({id, credential, role, isPaused, go}, {turn = 0}) {
    const show = (job, {error, status, isLoading}) => h('main', {class: 'job'},
      h('div', {class: 'column'}, job && !isLoading
        ? h(Whole, {job, error, credential, role, isPaused, turn, go, again: this.again})
        : h('section', {class: 'zone', 'aria-label': 'Job'}, back(go),
          error ? h('p', {class: 'warn', role: 'alert'}, status === NOT_FOUND ? `There is no job ${outside(id, 60)}, or none any more.` : `Not available: ${outside(error, 200)}`)
            : h('p', {class: 'mute late'}, 'Loading …'))));
    return h(Asked, {key: id, path: `${pathOf(id)}?payload=false`, every: howOften, turn, credential, isPaused, show});
  }
}

const back = go => h('p', null, h(Link, {go, to: {job: '', view: 'jobs'}}, '‹ All jobs'));

function Whole({job, error, credential, role, isPaused, turn, go, again}) {
  const look = lookOf(JOB_STATES, job.state);
  return [
    h('section', {class: 'zone job-head', 'aria-label': 'Job', key: 'head'}, back(go),
      h('div', {class: 'head'}, h('h2', null, outside(job.id, 60)), h('bdi', {class: 'type'}, outside(job.type, 80)), h(Badge, {look, word: job.state}),
        h('span', {class: 'mute'}, look.means), h('span', {class: 'space'}), h(Actions, {job, credential, role, again})),
      error ? h('p', {class: 'warn note'}, `Not up to date: ${outside(error, 160)}`) : null,
      h(ProgressLine, {job}),
      h(Facts, {facts: factsOf(job, go)})),
    h('div', {class: 'pair', key: 'pair'},
      h('section', {class: 'zone', 'aria-label': 'Attempts'}, h('h3', null, 'Attempts'), h(Timeline, {job, go})),
      h('section', {class: 'zone outcome', 'aria-label': 'Outcome'}, WAITS.includes(job.state)
        ? h(Asked, {path: `${pathOf(job.id)}/why`, every: WHY_MILLIS, turn, credential, isPaused, show: (why, {error: wrong}) => h(Why, {why, error: wrong, go})}) : null,
      h(Outcome, {job}))),
    h('section', {class: 'zone', key: 'log', 'aria-label': 'Output'},
      job.attempt > 0 ? h(LogView, {key: job.attempt, id: job.id, credential, isRunning: job.state === 'running'}) : h('p', {class: 'mute'}, 'It has not begun, so it has written nothing.'),
      h(Data, {name: 'Result', value: job.result, isOpen: true}),
      h(Payload, {key: job.id, id: job.id, credential})),
  ];
}

function factsOf(job, go) {
  const when = text => (text ? h('time', {datetime: text, title: iso(Date.parse(text))}, `${age(Date.now() - Date.parse(text))} ago`) : '');
  const due = Date.parse(job.due_at) - Date.now();
  return [
    ['worker', job.worker ? h(Link, {go, to: {node: job.worker}}, h('bdi', null, outside(job.worker, 60))) : ''],
    ['attempt', `${job.attempt} of ${Math.max(job.max_attempts ?? 0, job.attempt)}`],
    ['priority', job.priority],
    ['memory asked', h('span', {title: exact(job.memory_bytes, 'B')}, bytes(job.memory_bytes))],
    ['accepted', when(job.created_at)],
    ['due', due > 0 && !hasEnded(job) ? `in ${spell(due)}` : ''],
    ['began', when(job.started_at)],
    ['ended', when(job.finished_at)],
    ['submitter', outside(job.submitter ?? '', 80)],
    ['labels', job.labels?.length ? job.labels.map(label => h(Link, {key: label, go, to: {view: 'jobs', job: '', label}, class: 'chip'}, outside(label, 60))) : ''],
    ['capabilities', outside((job.capabilities ?? []).join(', '), 200)],
    ['schedule', outside(job.schedule_id ?? '', 80)],
    ['key', outside(job.idempotency_key ?? '', 80)],
  ];
}

function ProgressLine({job}) {
  const {progress} = job;
  if (!progress || hasEnded(job)) return null;
  const share = progress.fraction;
  const isKnown = Number.isFinite(share);
  return h('div', {class: 'progress'},
    h('svg', {class: 'bar', viewBox: '0 0 100 8', preserveAspectRatio: 'none', role: 'progressbar', 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-valuenow': isKnown ? Math.round(share * 100) : undefined, 'aria-label': 'Progress'},
      h('rect', {class: 'capacity', width: '100', height: '8'}), isKnown ? h('rect', {class: 'used', width: (Math.min(1, share) * 100).toFixed(1), height: '8'}) : null),
    h('span', null, isKnown ? `${percent(share)} ` : '', h('bdi', null, outside(progress.note ?? '', 160))));
}

/** From acceptance to now or the end, one bar for each attempt. */
function Timeline({job, go}) {
  const begin = Date.parse(job.created_at);
  const rows = (job.attempts ?? []).map(one => ({number: one.number, worker: one.worker, from: Date.parse(one.started_at), to: Date.parse(one.finished_at), outcome: one.outcome}));
  if (job.state === 'running') rows.push({number: job.attempt, worker: job.worker, from: Date.parse(job.started_at), to: Date.now()});
  if (rows.length === 0) return h('p', {class: 'mute'}, `None yet; it has waited for ${spell(Date.now() - begin)}.`);
  const span = Math.max(1, rows.at(-1).to - begin);
  return h('table', {class: 'timeline'},
    h('thead', null, h('tr', null, ['No.', 'Worker', 'Began after', 'Took', 'Ended'].map(name => h('th', {key: name, scope: 'col'}, name)))),
    h('tbody', null, rows.map(row => [
      h('tr', {key: row.number, 'data-attempt': row.number},
        h('td', null, row.number), h('td', null, h(Link, {go, to: {node: row.worker ?? ''}}, h('bdi', null, outside(row.worker ?? '–', 40)))),
        h('td', {title: iso(row.from)}, spell(row.from - begin)), h('td', null, spell(row.to - row.from)),
        h('td', null, row.outcome ? h(Badge, {look: lookOf(OUTCOMES, row.outcome.kind), word: row.outcome.kind}) : h(Badge, {look: lookOf(JOB_STATES, 'running'), word: 'running'}))),
      h('tr', {key: `${row.number}-`, class: 'lane', 'aria-hidden': 'true'}, h('td', {colspan: 5},
        h('svg', {class: 'bar', viewBox: '0 0 100 8', preserveAspectRatio: 'none'}, h('rect', {class: 'capacity', width: '100', height: '8'}),
          h('rect', {class: row.outcome ? lookOf(OUTCOMES, row.outcome.kind).tint : 'busy', x: ((row.from - begin) / span * 99).toFixed(2), width: Math.max(1, (row.to - row.from) / span * 100).toFixed(2), height: '8'}))))])));
}

function Why({why, error, go}) {
  if (error) return h('p', {class: 'warn'}, `Why it waits is not available: ${outside(error, 160)}`);
  if (!why) return h('p', {class: 'mute late'}, 'Loading …');
  const reasons = why.reasons ?? [];
  const isHeldBack = reasons.some(reason => HELD_BACK.includes(reason.code)); // then its turn says nothing
  const eta = isHeldBack ? null : bandOf(why.eta_millis_low, why.eta_millis_high);
  return h('div', {class: 'why'}, h('h3', null, 'Why it does not run'),
    reasons.length ? h('ul', null, reasons.map((reason, i) => h('li', {key: i, 'data-reason': reason.code},
      reason.worker ? [h(Link, {go, to: {node: reason.worker}}, h('bdi', null, outside(reason.worker, 40))), ': '] : null, outside(reason.message, 300)))) : h('p', {class: 'mute'}, 'Nothing stands in its way; it is about to begin.'),
    h('p', {class: 'mute'}, why.ahead > 0 ? `${exact(why.ahead, why.ahead === 1 ? 'job is' : 'jobs are')} likely to begin before it. ` : '', eta ? `It is likely to begin in ${eta}.` : ''));
}

function Outcome({job}) {
  const {outcome} = job;
  if (!outcome) return WAITS.includes(job.state) ? null : h('div', null, h('h3', null, 'Outcome'), h('p', {class: 'mute'}, job.state === 'running' ? 'It still runs.' : 'No attempt has ended.'));
  const look = lookOf(OUTCOMES, outcome.kind);
  const details = outcome.details ?? {};
  return h('div', {'data-outcome': outcome.kind}, h('h3', null, hasEnded(job) || job.state === 'parked' ? 'Outcome' : 'Outcome of the attempt before'),
    h('p', null, h(Badge, {look, word: outcome.kind}), h('span', {class: 'mute'}, ` ${look.means}`)),
    outcome.message ? h('p', {class: 'message'}, h('bdi', null, outside(outcome.message, 1000))) : null,
    h(Peak, {peak: details.peak_rss_bytes, cap: details.cap_bytes, asked: job.memory_bytes, kind: outcome.kind}),
    h(Facts, {facts: [
      ['code', outside(outcome.code ?? '', 80)],
      ['evidence', outside(details.evidence ?? '', 80)],
      ['exit code', details.exit_code ?? ''],
      ['signal', details.signal ?? ''],
      ['process', outside(details.process ?? '', 120)],
      ['memory suspect', details.memory_suspect ? 'likely short of memory, but not shown' : ''],
      ['may end otherwise', outcome.kind === 'SUCCEEDED' ? '' : outcome.retryable ? 'yes' : 'no'],
    ]}));
}

/** A job's own three numbers: what it used at most, what it was allowed, and what it asked for. */
function Peak({peak, cap, asked, kind}) {
  if (!(peak > 0) && !(cap > 0)) return null;
  const most = Math.max(peak ?? 0, cap ?? 0, 1);
  const words = `peak ${peak > 0 ? bytes(peak) : '-'}, cap ${cap > 0 ? bytes(cap) : 'none'}, asked ${bytes(asked)}`;
  return h('div', {class: 'memory', 'data-peak': peak, 'data-cap': cap, title: `peak ${peak > 0 ? exact(peak, 'B') : 'none seen: it was gone too soon'}\ncap ${exact(cap ?? 0, 'B')}\nasked ${exact(asked ?? 0, 'B')}`},
    h('svg', {class: `bar ${kind === 'OOM_KILLED' ? 'full' : ''}`, viewBox: '0 0 100 8', preserveAspectRatio: 'none', role: 'img', 'aria-label': words},
      h('rect', {class: 'capacity', width: ((cap || most) / most * 100).toFixed(1), height: '8'}), h('rect', {class: 'used', y: '2', width: ((peak ?? 0) / most * 100).toFixed(1), height: '4'})),
    h('span', {class: 'figures'}, h('span', null, h('i', {class: 'key used', 'aria-hidden': 'true'}), `peak ${peak > 0 ? bytes(peak) : '-'}`),
      h('span', null, h('i', {class: 'key capacity', 'aria-hidden': 'true'}), `cap ${cap > 0 ? bytes(cap) : 'none'}`), h('span', null, `asked ${bytes(asked)}`)));
}

/** JSON as it came, cut where it is very long. */
function Data({name, value, isOpen}) {
  if (value === undefined || value === null) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return h('details', {open: isOpen}, h('summary', null, name, h('span', {class: 'mute'}, ` ${bytes(new TextEncoder().encode(text).length)}`)),
    h('pre', {tabindex: '0', 'data-of': name.toLowerCase()}, lines(text.slice(0, TEXT_MAX)), text.length > TEXT_MAX ? `\n… ${exact(text.length - TEXT_MAX, 'characters more')}: bin/skein job get ID -o json` : ''));
}

/** What was asked for, which may be long and is asked for only when somebody wants to see it. */
class Payload extends Component {
  open = () => this.setState({isOpen: true});

  render({id, credential}, {isOpen}) {
    const show = (job, {error}) => (error ? h('p', {class: 'warn'}, `Not available: ${outside(error, 160)}`)
      : job ? job.payload === undefined ? h('p', {class: 'mute'}, 'It has no payload.') : h(Data, {name: 'Payload', value: job.payload, isOpen: true}) : h('p', {class: 'mute late'}, 'Loading …'));
    return isOpen ? h(Asked, {path: pathOf(id), credential, show}) : h('p', null, h('button', {type: 'button', class: 'payload', onClick: this.open}, 'Show the payload'));
  }
}

const VERBS = {
  cancel: {word: 'Cancel', may: job => !hasEnded(job)},
  retry: {word: 'Retry', may: job => job.state !== 'succeeded' && (hasEnded(job) || job.state === 'parked')},
};

const consequence = (verb, job) => (verb === 'retry' ? 'It is queued again; its attempts count anew, and their numbers go on.'
  : job.state === 'running' ? `Its processes on ${outside(job.worker ?? 'its worker', 60)} are told to end, and killed when they do not. What they have done so far is not undone.`
    : 'It ends at once without being run.');

class Actions extends Component {
  ask = verb => this.setState({verb, error: ''});

  close = () => this.setState({verb: '', error: ''});

  act = async event => {
    event.preventDefault();
    const {job, credential, again} = this.props;
    const reason = event.currentTarget.elements.reason?.value.trim() ?? '';
    this.setState({isBusy: true});
    try {
      await ask(`${pathOf(job.id)}/${this.state.verb}`, credential, {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify(reason ? {reason} : {})});
      this.setState({verb: '', error: '', isBusy: false});
    } catch (failure) {
      this.setState({error: failure.message, isBusy: false});
    }
    again();
  };

  render({job, role}, {verb, error, isBusy}) {
    const possible = Object.keys(VERBS).filter(name => VERBS[name].may(job));
    if (!mayChange(role)) return possible.length ? h('span', {class: 'badge', title: 'cancel and retry'}, 'needs operator') : null;
    return h('span', {class: 'actions'}, possible.map(name => h('button', {key: name, type: 'button', onClick: () => this.ask(name)}, VERBS[name].word)),
      verb ? h(Dialog, {label: `${VERBS[verb].word} job ${outside(job.id, 40)}`, kind: 'confirm', close: this.close},
        h('form', {onSubmit: this.act}, h('h2', null, `${VERBS[verb].word} ${outside(job.id, 40)}?`), h('p', null, consequence(verb, job)),
          verb === 'cancel' ? [h('label', {key: 'l', for: 'reason'}, 'Reason, for the audit'), h('input', {key: 'i', id: 'reason', name: 'reason', maxLength: 200, autocomplete: 'off'})] : null,
          error ? h('p', {class: 'warn', role: 'alert'}, outside(error, 200)) : null,
          h('p', null, h('button', {class: 'main', disabled: isBusy}, `${VERBS[verb].word} it`), ' ', h('button', {type: 'button', onClick: this.close}, 'Leave it')))) : null);
  }
}
