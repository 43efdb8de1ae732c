// Symbols of a workspace: looked for while somebody types, and what a file declares.

import {Component, createRef, h} from './preact.js';
import {count, exact, outside} from './format.js';
import {Asked} from './asked.js';
import {Covering, pathOf} from './covering.js';
import {Link, Nothing} from './zones.js';

const TYPING_MILLIS = 150;
const HITS = 50;
const AGAIN_MILLIS = 2_000; // while an answer may soon be better
const CALM_MILLIS = 10_000;
const OUTLINE_SHOWN = 200;
const DEPTH_MAX = 5;

/** What may be looked for, as the address has it, as people read it and as the API wants it. */
const KINDS = {
  '': ['everything', ''],
  types: ['types', 'class,interface,enum,record,annotation'],
  methods: ['methods', 'method,constructor'],
  fields: ['fields', 'field,enum_constant,record_component,annotation_element'],
};

const howOften = found => (found?.partial || found?.stale ? AGAIN_MILLIS : CALM_MILLIS);
const lineOf = span => (span?.line ?? 0) + 1;
const kindOf = symbol => outside(symbol.kind, 24).replace(/_/g, ' ');
const late = h('p', {class: 'mute late'}, 'Loading …');

export function SymbolsZone({name, address, credential, isPaused, go}) {
  const text = address.get('symbol') ?? '';
  const kind = Object.hasOwn(KINDS, address.get('kind') ?? '') ? address.get('kind') ?? '' : '';
  const file = address.get('file') ?? '';
  const line = Number(address.get('line'));
  const query = new URLSearchParams({q: text, limit: String(HITS), ...(kind ? {kind: KINDS[kind][1]} : {})});
  const common = {credential, isPaused, every: howOften};
  return h('div', {class: 'column'},
    h('section', {class: 'zone hits', id: 'symbols', 'aria-label': 'Symbols', tabindex: '-1'},
      h(SymbolFinder, {text, kind, go}),
      text ? h(Asked, {...common, path: `${pathOf(name)}/symbols?${query}`, show: (found, {error, isLoading}) => h(Hits, {found, error, isLoading, file, line, go})})
        : h(Nothing, {sentence: 'Type letters of a name in their order: shsy finds ShardSymbols, Shard.size what Shard declares.'})),
    file ? h('section', {class: 'zone outline', id: 'outline', 'aria-label': 'Outline', tabindex: '-1'},
      h(Asked, {...common, key: file, path: `${pathOf(name)}/document-symbols?${new URLSearchParams({path: file})}`,
        show: (found, {error}) => h(Outline, {found, error, file, line, go})})) : null);
}

/** Asks when somebody stops typing for a moment, or at once with Enter. */
class SymbolFinder extends Component {
  box = createRef();

  componentDidMount() {
    this.box.current.value = this.sent = this.props.text;
  }

  componentDidUpdate() {
    const {text} = this.props;
    if (text !== this.sent) this.box.current.value = this.sent = text; // the address says otherwise
  }

  componentWillUnmount() {
    clearTimeout(this.timer);
  }

  typed = () => {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.send, TYPING_MILLIS);
  };

  send = () => {
    clearTimeout(this.timer);
    this.sent = this.box.current.value.trim();
    this.props.go({symbol: this.sent}, true);
  };

  submit = event => {
    event.preventDefault();
    this.send();
  };

  down = event => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    document.querySelector('.hits a.row')?.focus();
  };

  render({kind, go}) {
    return h('form', {class: 'finder', role: 'search', 'aria-label': 'Find symbols', onSubmit: this.submit, autocomplete: 'off'},
      h('label', {class: 'wide'}, h('span', null, 'Symbol'),
        h('input', {ref: this.box, name: 'symbol', type: 'search', placeholder: 'Name  /', spellcheck: false, maxLength: 512, onInput: this.typed, onKeyDown: this.down})),
      h('label', null, h('span', null, 'Among'), h('select', {name: 'kind', value: kind, onChange: event => go({kind: event.target.value})},
        Object.entries(KINDS).map(([value, [words]]) => h('option', {key: value, value}, words)))));
  }
}

function Hits({found, error, isLoading, file, line, go}) {
  const symbols = found?.symbols ?? [];
  return h('div', {class: `found ${isLoading && found ? 'stale' : ''}`},
    h('div', {class: 'line'}, h('p', {role: 'status', class: 'sum'}, found && !isLoading ? sumOf(found) : isLoading && !error ? 'Looking …' : ''), h('span', {class: 'space'}), h(Covering, {found})),
    error ? h('p', {class: 'warn note', role: 'alert'}, `Not available: ${outside(error, 200)}`) : null,
    symbols.length ? h(HitTable, {symbols, file, line, go}) : found && !isLoading && !error ? h(Nothing, {sentence: found.partial ? 'No symbol matches in the shards that answered.' : 'No symbol matches.'}) : null);
}

function sumOf({symbols, total, partial, shards_answered: answered, shards_total: all}) {
  const rest = total > symbols.length ? `, the best ${symbols.length} are shown` : '';
  return `${exact(total, total === 1 ? 'match' : 'matches')}${rest}${partial ? `, from ${answered} of ${all} shards` : ''}`;
}

/** Drawn again only when something in it is different. */
class HitTable extends Component {
  shouldComponentUpdate({symbols, file, line}) {
    return symbols !== this.props.symbols || file !== this.props.file || line !== this.props.line;
  }

  render({symbols, file, line, go}) {
    return h('div', {class: 'rows'}, h('table', null,
      h('caption', {class: 'spoken'}, 'Symbols, the best first'),
      h('thead', null, h('tr', null, ['Name', 'Kind', 'In', 'Place'].map(name => h('th', {key: name, scope: 'col'}, name)))),
      h('tbody', null, symbols.map((symbol, i) => h(HitRow, {key: i, symbol, isChosen: symbol.path === file && lineOf(symbol.name_at) === line, go})))));
  }
}

function HitRow({symbol, isChosen, go}) {
  const line = lineOf(symbol.name_at);
  const file = String(symbol.path ?? '').split('/').at(-1);
  return h('tr', {class: isChosen ? 'selected' : '', 'data-symbol': symbol.name},
    h('th', {scope: 'row', title: outside(symbol.summary || symbol.qualified_name, 300)},
      h(Link, {go, to: {file: symbol.path, line: String(line)}, class: 'row', 'aria-current': isChosen ? 'true' : undefined}, h(Name, {symbol}))),
    h('td', null, kindOf(symbol)),
    h('td', {title: outside(symbol.container, 300)}, h('bdi', null, outside(symbol.container, 120))),
    h('td', {title: outside(symbol.path, 400)}, h('bdi', null, `${outside(file, 60)}:${line}`)));
}

const Name = ({symbol}) => h('bdi', {class: symbol.deprecated ? 'old' : '', title: symbol.deprecated ? 'deprecated' : ''},
  outside(symbol.name, 80), h('span', {class: 'mute'}, outside(symbol.parameters ?? '', 120)));

/** How deep each symbol lies in those before it. */
export function depthsOf(symbols) {
  const known = new Map();
  return symbols.map(symbol => {
    const depth = known.has(symbol.container) ? known.get(symbol.container) + 1 : 0;
    known.set(symbol.qualified_name, depth);
    return Math.min(depth, DEPTH_MAX);
  });
}

/** What a file declares, the chosen line marked; of a very long one as much as somebody asks for. */
class Outline extends Component {
  chosen = createRef();
  state = {most: OUTLINE_SHOWN};

  shouldComponentUpdate({found, error, line}, {most}) {
    return found !== this.props.found || error !== this.props.error || line !== this.props.line || most !== this.state.most;
  }

  componentDidMount() {
    this.find();
  }

  componentDidUpdate(before) {
    if (before.line !== this.props.line || !before.found) this.find();
  }

  find() {
    this.chosen.current?.scrollIntoView?.({block: 'nearest'});
  }

  render({found, error, file, line, go}, {most}) {
    const symbols = found?.symbols ?? [];
    const at = symbols.findIndex(symbol => lineOf(symbol.name_at) === line);
    const shown = symbols.slice(0, Math.max(most, at + 1));
    const depths = depthsOf(shown);
    return [
      h('div', {key: 'head', class: 'head'}, h('h2', {title: outside(file, 400)}, h('bdi', null, outside(file.split('/').at(-1), 80))),
        h('span', {class: 'mute', role: 'status'}, found ? exact(symbols.length, symbols.length === 1 ? 'declaration' : 'declarations') : ''),
        h('span', {class: 'space'}), h(Covering, {found}),
        h(Link, {go, to: {file: '', line: ''}, class: 'close', 'aria-label': 'Close the outline', title: 'Close (Esc)'}, '✕')),
      error ? h('p', {key: 'error', class: 'warn note', role: 'alert'}, `Not available: ${outside(error, 200)}`) : null,
      symbols.length ? h('ol', {key: 'list', 'aria-label': `Declarations of ${outside(file, 120)}`}, shown.map((symbol, i) => h('li', {
        key: i, ref: i === at ? this.chosen : undefined, class: `depth-${depths[i]} ${i === at ? 'selected' : ''}`, 'aria-current': i === at ? 'true' : undefined, title: outside(symbol.summary ?? '', 300),
      }, h('span', {class: 'mute kind'}, `${kindOf(symbol)} `), h(Name, {symbol}), symbol.type ? h('span', {class: 'mute'}, ` : ${outside(symbol.type, 80)}`) : null,
      h('span', {class: 'space'}), h('span', {class: 'mute'}, h('span', {class: 'spoken'}, 'line '), lineOf(symbol.name_at)))))
        : found ? h(Nothing, {key: 'none', sentence: found.partial ? 'Nobody who has this file answers now.' : 'It declares nothing, or is not in the index.'}) : error ? null : late,
      shown.length < symbols.length ? h('p', {key: 'more'}, h('button', {type: 'button', onClick: () => this.setState({most: shown.length + OUTLINE_SHOWN})}, `Show more of ${count(symbols.length)}`)) : null,
    ];
  }
}
