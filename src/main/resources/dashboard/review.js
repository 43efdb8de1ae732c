// One run: how far it is, what happens in it, what was found, and what may be done about it.

import {Component, h} from './preact.js';
import {age, count, exact, iso, outside, spell} from './format.js';
import {Asked} from './asked.js';
import {Change, mayChange} from './change.js';
import {FindingsZone} from './findings.js';
import {Facts} from './panels.js';
import {Eta, NO_FINDING, TaskBar, coverageOf, hasEnded, pathOf, share, sumOf, tookOf, upToDate} from './reviews.js';
import {REVIEW_STATES, lookOf} from './states.js';
import {Badge, Link} from './zones.js';

const RUN_MILLIS = 2_000;
const CALM_MILLIS = 10_000;
const NOT_FOUND = 404;
const late = h('p', {class: 'mute late'}, 'Loading …');

export class ReviewPage extends Component {
  again = () => this.setState(({turn = 0}) => ({turn: turn + 1}));

  render({id, address, credential, role, isPaused, view, go}, {turn = 0}) {
    const heard = view.reviews?.[id];
    const common = {id, address, credential, role, isPaused, go, again: this.again};
    const asking = {credential, isPaused, turn: `${turn} ${heard?.state}`, every: run => (run && hasEnded(run) ? CALM_MILLIS : RUN_MILLIS)};
    const show = (found, {error, status, isLoading}) => h('main', {class: 'review'}, found && !(isLoading && found.id !== id)
      ? h(Whole, {...common, run: upToDate(found, heard), error, turn, asking})
      : h('section', {class: 'zone', 'aria-label': 'Review'}, back(go),
        error ? h('p', {class: 'warn', role: 'alert'}, status === NOT_FOUND ? `There is no review ${outside(id, 60)}, or none any more.` : `Not available: ${outside(error, 200)}`) : late));
    return h(Asked, {...asking, key: id, path: pathOf(id), show});
  }
}

const back = go => h('p', null, h(Link, {go, to: {...NO_FINDING, review: ''}}, '‹ All reviews'));

function Whole({run, error, turn, asking, ...common}) {
  const {credential, isPaused, role, go, again} = common;
  const look = lookOf(REVIEW_STATES, run.state);
  const howOften = () => (hasEnded(run) ? CALM_MILLIS : RUN_MILLIS);
  return [
    h('div', {class: 'column', key: 'run'},
      h('section', {class: 'zone run-head', 'aria-label': 'Review'}, back(go),
        h('div', {class: 'head'}, h('h2', null, h('bdi', null, outside(run.name, 60))), h(Badge, {look, word: run.state}), h('span', {class: 'space'}), h(Actions, {run, credential, role, again})),
        error ? h('p', {class: 'warn note'}, `Not up to date: ${outside(error, 160)}`) : null,
        h(TaskBar, {run}), h(Totals, {run}),
        h(Facts, {facts: factsOf(run, go)}), h(LeftOut, {run})),
      h(Asked, {...asking, every: howOften, path: `${pathOf(run.id)}/progress`, show: (progress, {error: wrong}) => h(Happenings, {progress, error: wrong, run, go})})),
    h(FindingsZone, {...common, key: 'findings', run, turn, isPaused}),
  ];
}

const SUMS = [['total', 'Total'], ['done', 'Done'], ['running', 'In progress'], ['pending', 'Pending'], ['failed', 'Failed']];

function Totals({run}) {
  const tasks = {...run.tasks, total: sumOf(run.tasks)};
  return h('dl', {class: 'sums'}, SUMS.map(([name, word]) => h('div', {key: name}, h('dt', null, word),
    h('dd', {'data-sum': name, class: name === 'failed' && tasks.failed ? 'bad' : '', title: exact(tasks[name] ?? 0, 'tasks')}, count(tasks[name] ?? 0), name === 'done' ? ` · ${share(tasks.done ?? 0, tasks.total)} %` : ''))));
}

function factsOf(run, go) {
  const began = Date.parse(run.created_at);
  return [
    ['id', outside(run.id, 60)],
    ...originOf(run),
    ['root', h('bdi', null, outside(run.root, 200))],
    ['on', h(Link, {go, to: {node: run.node}}, h('bdi', null, outside(run.node, 60)))],
    ['engine', `${outside(run.engine, 40)}, ${outside(run.persona, 60)}`],
    ['began', h('time', {datetime: run.created_at, title: iso(began)}, `${age(Date.now() - began)} ago`)],
    ['end', hasEnded(run) ? tookOf(run) : h(Eta, {eta: run.eta})],
    ['reviewed', h('span', {'data-coverage': coverageOf(run)}, `${coverageOf(run)} of ${exact(run.lines, run.lines === 1 ? 'line' : 'lines')} in ${exact(run.files, run.files === 1 ? 'file' : 'files')}`)],
  ];
}

/** Where the root is from, when nobody named it. */
function originOf({git, ref, commit, workspace}) {
  return [
    ['repository', git ? `${git}${ref ? ` at ${ref}` : ''}` : ''],
    ['commit', commit],
    ['workspace', workspace],
  ].filter(([, value]) => value).map(([name, value]) => [name, h('bdi', {'data-origin': name}, outside(value, 200))]);
}

/** What is not reviewed, by reason. */
function LeftOut({run}) {
  const reasons = Object.entries(run.skipped ?? {});
  if (reasons.length === 0) return null;
  return h('details', null, h('summary', null, `${exact(sumOf(run.skipped), 'entries')} not reviewed`),
    h('ul', null, reasons.map(([reason, number]) => h('li', {key: reason}, `${count(number)} ${outside(reason, 60)}`))));
}

const titleOf = task => `${outside(task.directory, 120)}${task.parts > 1 ? ` (${task.part} of ${task.parts})` : ''}`;
const since = text => Math.max(0, Date.now() - Date.parse(text));

function Happenings({progress, error, run, go}) {
  if (!progress) return h('section', {class: 'zone happenings', 'aria-label': 'What happens'}, error ? h('p', {class: 'warn'}, `Not available: ${outside(error, 160)}`) : late);
  const {running = [], next = [], failed = [], recent = [], workers = []} = progress;
  const more = (number, shown) => (number > shown ? h('p', {class: 'mute'}, `and ${count(number - shown)} more`) : null);
  const worker = task => (task.worker ? h(Link, {go, to: {node: task.worker}}, h('bdi', null, outside(task.worker, 40))) : '–');
  const list = (name, tasks, number, line) => (tasks.length === 0 ? null : h('div', {key: name, 'data-list': name.toLowerCase()}, h('h3', null, name),
    h('ul', null, tasks.map(task => h('li', {key: task.id, 'data-task': task.id}, h(Link, {go, to: {job: task.job}, title: outside(task.id, 80)}, h('bdi', null, titleOf(task))), ' ', line(task)))), more(number, tasks.length)));
  return h('section', {class: 'zone happenings', 'aria-label': 'What happens'},
    error ? h('p', {class: 'warn note'}, `Not up to date: ${outside(error, 160)}`) : null,
    workers.length ? h(Workers, {workers, go}) : null,
    list('In progress', running, run.tasks?.running ?? 0, task => [worker(task), h('span', {class: 'mute'}, ` ${spell(since(task.started_at))}${task.attempt > 1 ? `, attempt ${task.attempt}` : ''}`)]),
    list('Next', next, run.tasks?.pending ?? 0, task => h('span', {class: 'mute'}, `P${task.priority}, ${exact(task.lines, 'lines')}`)),
    list('Failed', failed, run.tasks?.failed ?? 0, task => h('span', {class: 'bad'}, outside(task.reason || 'no reason was given', 200))),
    list('Recently done', recent, 0, task => [worker(task), h('span', {class: 'mute'}, ` ${age(since(task.finished_at))} ago, ${exact(task.findings, task.findings === 1 ? 'finding' : 'findings')}`)]));
}

const Workers = ({workers, go}) => h('div', {'data-list': 'workers'}, h('h3', null, 'Workers'), h('ul', null, workers.map(one => h('li', {key: one.worker, 'data-worker': one.worker},
  h(Link, {go, to: {node: one.worker}}, h('bdi', null, outside(one.worker, 40))),
  ` ${exact(one.tasks, one.tasks === 1 ? 'task' : 'tasks')}, ${one.lines_per_second > 0 ? `${count(one.lines_per_second)} lines/s` : 'not measured'}`, one.live ? null : h('span', {class: 'mute'}, ', idle')))));

const VERBS = {
  cancel: {word: 'Cancel', may: run => !hasEnded(run), says: run => `${exact(run.tasks?.running ?? 0, 'running tasks')} are told to end, and ${exact(run.tasks?.pending ?? 0, 'that wait')} are never begun. What was found stays.`},
  retry: {word: 'Retry failed', may: run => run.tasks?.failed > 0, says: run => `${exact(run.tasks?.failed ?? 0, 'failed tasks')} are begun anew; what was found stays.`},
};

function Actions({run, credential, role, again}) {
  const possible = Object.keys(VERBS).filter(name => VERBS[name].may(run));
  if (!mayChange(role)) return possible.length ? h('span', {class: 'badge', title: 'cancel, retry and dismiss'}, 'needs operator') : null;
  return h('span', {class: 'actions'}, possible.map(name => h(Change, {key: name, word: VERBS[name].word, of: outside(run.name, 40), says: VERBS[name].says(run), path: `${pathOf(run.id)}/${name}`, credential, after: again})));
}
