// What a run found: worst first, a page at a time, narrowed by whatever is known, each with the code that it is about.

import {Component, h} from './preact.js';
import {count, exact, lines, outside} from './format.js';
import {Asked} from './asked.js';
import {Change, mayChange} from './change.js';
import {Field} from './jobs.js';
import {NO_FINDING, hasEnded, pathOf} from './reviews.js';
import {FINDING_LEVELS, lookOf} from './states.js';
import {ask} from './stream.js';
import {Badge, Link, Nothing} from './zones.js';

const PAGE = 50; // the API may answer with some more
const ROUNDS_MAX = 12; // questions for one page; a rare finding in very many takes several
const AGAIN_MILLIS = 4_000;
const AROUND = 3;
const EXCERPT_MILLIS = 30_000;
const LEVELS = Object.keys(FINDING_LEVELS);
const AMONG = {'': ['open', 'no'], dismissed: ['dismissed', 'only'], all: ['all', 'any']};
const TEXTS = {text: 'Text', path: 'Path', rule: 'Rule'};

const amongOf = filters => AMONG[filters.among] ?? AMONG[''];

/** Open findings of all severities, and the page of them that the address asks for. */
export function FindingsZone({run, id, address, credential, role, isPaused, turn, go, again}) {
  const filters = Object.fromEntries(Object.keys(NO_FINDING).map(name => [name, address.get(name) ?? '']));
  return h('section', {class: 'zone findings', id: 'findings', 'aria-label': 'Findings', tabindex: '-1'},
    h('div', {class: 'head'}, h('h2', null, 'Findings'), h(Tally, {run, filters, go})),
    h(FindingFinder, {filters, go}),
    h(FindingList, {run, id, filters, credential, role, isPaused, turn, go, again}));
}

/** How many are open, each number a link to those. */
function Tally({run, filters, go}) {
  return h('span', {class: 'tally'}, LEVELS.map(level => {
    const number = run.findings?.[level] ?? 0;
    const look = FINDING_LEVELS[level];
    return h(Link, {key: level, go, to: {...NO_FINDING, level}, class: number ? look.tint : 'mute', title: `${exact(number, `open, ${level}`)}: ${look.means}`, 'data-count': level, 'aria-current': filters.level === level ? 'true' : undefined}, `${look.glyph} ${count(number)} ${level}`);
  }), h(Link, {go, to: {...NO_FINDING, among: 'dismissed'}, class: 'mute', title: 'dismissed by somebody, or suppressed in the source', 'data-count': 'suppressed'}, `${count(run.suppressed ?? 0)} dismissed`));
}

function FindingFinder({filters, go}) {
  const find = event => {
    event.preventDefault();
    const {elements} = event.currentTarget;
    go({...NO_FINDING, ...Object.fromEntries([...Object.keys(TEXTS), 'level', 'among'].map(name => [name, elements[name].value.trim()]))});
  };
  const isNarrow = [...Object.keys(TEXTS), 'level', 'among'].some(name => filters[name]);
  return h('form', {class: 'finder', role: 'search', 'aria-label': 'Find findings', autocomplete: 'off', onSubmit: find, onChange: event => event.currentTarget.requestSubmit()},
    Object.entries(TEXTS).map(([name, label]) => h(Field, {key: name, name, label, value: filters[name]})),
    h('label', null, h('span', null, 'Severity'), h('select', {name: 'level', value: LEVELS.includes(filters.level) ? filters.level : ''}, h('option', {value: ''}, 'any'), LEVELS.map(level => h('option', {key: level, value: level}, level)))),
    h('label', null, h('span', null, 'Among'), h('select', {name: 'among', value: Object.hasOwn(AMONG, filters.among) ? filters.among : ''}, Object.entries(AMONG).map(([name, [words]]) => h('option', {key: name, value: name}, words)))),
    h('button', {class: 'main'}, 'Find'),
    h(Link, {go, to: NO_FINDING, class: isNarrow ? '' : 'off', 'aria-disabled': String(!isNarrow)}, 'Clear'));
}

/** Where a page begins: a severity, and the API's cursor within it. */
function placeOf(from, levels) {
  const at = from.indexOf('~');
  const index = levels.indexOf(at < 0 ? from : from.slice(0, at));
  return index < 0 ? {index: 0, cursor: ''} : {index, cursor: at < 0 ? '' : from.slice(at + 1)};
}

/** Severity after severity, until there is enough for a page or enough was looked through. */
async function pageOf({id, run, filters, credential}, signal) {
  const levels = LEVELS.includes(filters.level) ? [filters.level] : LEVELS;
  const suppressed = amongOf(filters)[1];
  const found = [];
  let {index, cursor} = placeOf(filters.from, levels);
  for (let round = 0; round < ROUNDS_MAX && index < levels.length && found.length < PAGE;) {
    const level = levels[index];
    const isEmpty = suppressed === 'no' && !cursor && hasEnded(run) && !(run.findings?.[level] > 0);
    let next;
    if (!isEmpty) {
      round++;
      const query = new URLSearchParams({limit: String(PAGE), level, suppressed});
      for (const name of Object.keys(TEXTS)) if (filters[name]) query.set(name, filters[name]);
      if (cursor) query.set('cursor', cursor);
      const reply = await ask(`${pathOf(id)}/findings?${query}`, credential, {signal});
      const page = await reply.json();
      found.push(...page.findings);
      next = page.next;
    }
    if (!next) index++;
    cursor = next ?? '';
  }
  return {found, next: index < levels.length ? `${levels[index]}${cursor ? `~${cursor}` : ''}` : ''};
}

/** Asks when something else is wanted, and while the run goes on from time to time, but not under somebody's eyes. */
class FindingList extends Component {
  componentDidMount() {
    this.load();
    this.timer = setInterval(() => !this.state.isLoading && !hasEnded(this.props.run) && this.mayMove() && this.load(), AGAIN_MILLIS);
  }

  componentDidUpdate(before) {
    const {filters, turn, run, id} = this.props;
    const wanted = one => JSON.stringify({...one.filters, finding: ''}) + one.turn + one.id + one.run.state;
    if (wanted(before) !== wanted({filters, turn, run, id})) this.load();
  }

  componentWillUnmount() {
    clearInterval(this.timer);
    this.abort?.abort();
  }

  mayMove() {
    return !this.props.isPaused && !document.hidden && !this.props.filters.finding && !this.props.filters.from;
  }

  async load() {
    this.abort?.abort();
    const abort = this.abort = new AbortController();
    this.setState({isLoading: true});
    try {
      const page = await pageOf(this.props, abort.signal);
      if (abort === this.abort) this.setState({page, error: '', isLoading: false});
    } catch (failure) {
      if (abort === this.abort && !abort.signal.aborted) this.setState({error: failure.message, isLoading: false});
    }
  }

  render({run, id, filters, credential, role, isPaused, go, again}, {page, error, isLoading}) {
    const rows = page?.found ?? [];
    const common = {id, filters, credential, role, isPaused, go, again};
    const isNarrow = Object.keys(TEXTS).some(name => filters[name]) || filters.level || filters.among;
    return h('div', {class: `found ${isLoading && page ? 'stale' : ''}`},
      h('p', {role: 'status', class: 'sum'}, page ? `${exact(rows.length, rows.length === 1 ? 'finding' : 'findings')} on this page` : ''),
      error ? h('p', {class: 'warn note', role: 'alert'}, `Not available: ${outside(error, 200)}`) : null,
      rows.length ? h(FindingTable, {rows, ...common})
        : page ? h(Nothing, {sentence: page.next ? 'Nothing matches in what was looked through so far.' : isNarrow || filters.from ? 'No finding matches.' : run.state === 'done' ? 'Nothing was found.' : 'Nothing was found in what was reviewed so far.'})
          : error ? null : h('p', {class: 'mute late'}, 'Loading …'),
      h('div', {class: 'foot pages'},
        h(Link, {go, to: {from: '', finding: ''}, class: filters.from ? '' : 'off', 'aria-disabled': String(!filters.from)}, '« Worst'),
        page?.next && !isLoading ? h(Link, {go, to: {from: page.next, finding: ''}, class: 'older'}, rows.length ? 'More ›' : 'Look further ›') : h('span', {class: 'off older'}, 'More ›')));
  }
}

const FindingTable = ({rows, ...common}) => h('div', {class: 'rows', tabindex: '0', role: 'region', 'aria-label': 'Findings'}, h('table', null,
  h('caption', {class: 'spoken'}, 'Findings, the worst first'),
  h('thead', null, h('tr', null, ['What', 'Severity', 'Rule', 'Place'].map(name => h('th', {key: name, scope: 'col'}, name)))),
  h('tbody', null, rows.map((finding, i) => h(FindingRow, {key: `${finding.fingerprint} ${i}`, finding, isOpen: common.filters.finding !== '' && finding.fingerprint === common.filters.finding, ...common})))));

function FindingRow({finding, isOpen, ...common}) {
  const place = `${finding.path ?? ''}:${finding.start_line}`;
  return [
    h('tr', {key: 'row', class: isOpen ? 'selected' : '', 'data-finding': finding.fingerprint, 'data-level': finding.severity},
      h('th', {scope: 'row'}, h(Link, {go: common.go, to: {finding: isOpen ? '' : finding.fingerprint}, class: 'row', 'aria-expanded': String(isOpen)}, h('bdi', null, outside(finding.message, 160)))),
      h('td', null, h(Badge, {look: lookOf(FINDING_LEVELS, finding.severity), word: finding.severity}), finding.suppression ? h('span', {class: 'badge', title: outside(finding.suppression.reason, 300)}, outside(finding.suppression.where, 20)) : null),
      h('td', {title: outside(finding.rule, 300)}, h('bdi', null, outside(finding.rule, 60))),
      h('td', {title: outside(place, 600)}, h('bdi', null, shortened(place)))),
    isOpen ? h('tr', {key: 'more', class: 'more-of-finding'}, h('td', {colspan: 4}, h(Opened, {finding, ...common}))) : null];
}

/** The end of a path says more than its beginning. */
const shortened = place => (place.length > 60 ? `…${outside(place.slice(-59), 120)}` : outside(place, 120));

function Opened({finding, id, filters, credential, role, isPaused, go, again}) {
  const {path = '', start_line: first = 1, end_line: last = first, suppression} = finding;
  const query = new URLSearchParams({path, first: String(Math.max(1, first)), last: String(Math.max(1, last)), around: String(AROUND)});
  const after = () => {
    go({finding: ''});
    again();
  };
  return h('div', {class: 'opened'},
    h('p', {class: 'message'}, h('bdi', null, lines(String(finding.message ?? '')).slice(0, 4000))),
    finding.suggestion ? h('div', null, h('h3', null, 'Suggestion'), h('pre', {tabindex: '0', 'aria-label': 'Suggestion'}, lines(finding.suggestion).slice(0, 4000))) : null,
    h('h3', null, h('bdi', null, outside(path, 400)), h('span', {class: 'mute'}, ` ${first === last ? `line ${first}` : `lines ${first} – ${last}`}`)),
    h(Asked, {path: `${pathOf(id)}/excerpt?${query}`, every: EXCERPT_MILLIS, credential, isPaused, show: (excerpt, {error}) => h(Code, {excerpt, error, first, last, quote: finding.quote})}),
    h('p', {class: 'mute'}, [finding.rule, finding.engine, finding.model].filter(Boolean).map(part => outside(part, 80)).join(' · '),
      Number.isFinite(finding.confidence) ? ` · ${Math.round(finding.confidence * 100)} % sure` : '', ` · ${outside(finding.fingerprint, 80)}`),
    suppression ? h('p', null, h('span', {class: 'badge'}, outside(suppression.where, 20)), ' ', h('bdi', null, outside(suppression.reason, 600)))
      : mayChange(role) ? h('p', {class: 'actions'}, h(Change, {word: 'Dismiss', of: outside(finding.rule, 60), needsReason: true, says: 'It is not shown among the open ones any more, in this review and in later ones of the same code.',
        path: `${pathOf(id)}/dismissals`, body: {fingerprint: finding.fingerprint}, credential, after})) : null);
}

/** Lines with their numbers, those that are meant marked; where the file cannot be had, what the finding has of it. */
function Code({excerpt, error, first, last, quote}) {
  if (!excerpt) {
    return error ? [h('p', {key: 'why', class: 'warn'}, `The code is not available: ${outside(error, 200)}`), quote ? h('pre', {key: 'quote', tabindex: '0', 'aria-label': 'What was quoted'}, lines(quote)) : null] : h('p', {class: 'mute late'}, 'Loading …');
  }
  const width = String(excerpt.first + excerpt.lines.length).length;
  return [
    excerpt.changed ? h('p', {key: 'changed', class: 'warn', 'data-changed': ''}, '◆ The file has changed since it was reviewed; other lines may be meant.') : null,
    h('pre', {key: 'code', class: 'code', tabindex: '0', 'aria-label': 'Code'}, excerpt.lines.map((text, i) => {
      const number = excerpt.first + i;
      const isMeant = number >= first && number <= last;
      return h('span', {key: number, class: `line ${isMeant ? 'meant' : ''}`, 'data-line': number}, h('span', {class: 'mute', 'aria-hidden': 'true'}, `${isMeant ? '▸' : ' '}${String(number).padStart(width)}  `), `${lines(text)}\n`);
    })),
    excerpt.cut ? h('p', {key: 'cut', class: 'mute'}, 'Long lines, or some of many lines, were left out.') : null];
}
