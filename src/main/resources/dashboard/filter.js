// The filter language of page, API and command line:
//   state = UNHEALTHY and memory > 1GiB · name ~ mandel or pressure in (LOW, HIGH) · any plain word

const TOKEN = /\s*(?:(!=|!~|<=|>=|=|~|<|>|\(|\)|,)|'((?:[^'\\]|\\.)*)'|([^\s=!~<>(),']+))/y;
const SIZES = {KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, TiB: 1024 ** 4};
const TIMES = {ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000};
const LENGTH_MAX = 2048;
const DEPTH_MAX = 16;
const TESTS = ['=', '!=', '~', '!~', '<', '<=', '>', '>=', 'in'];

function tokens(text) {
  const found = [];
  TOKEN.lastIndex = 0;
  while (text.slice(TOKEN.lastIndex).trim()) {
    const at = TOKEN.lastIndex;
    const hit = TOKEN.exec(text);
    if (!hit) throw new Error(`not understood at “${text.slice(at).trim()}”`);
    found.push(hit[1] ? {op: hit[1]} : {word: hit[2] ?? hit[3], isQuoted: hit[2] !== undefined});
  }
  return found;
}

function numberIn(word) {
  const hit = /^(-?\d+(?:\.\d+)?)\s*([A-Za-z]*)$/.exec(word);
  if (!hit) return NaN;
  const unit = hit[2] === '' ? 1 : SIZES[hit[2]] ?? TIMES[hit[2]];
  return unit === undefined ? NaN : Number(hit[1]) * unit;
}

class Parser {
  constructor(text, known) {
    this.rest = tokens(text);
    this.known = known;
    this.fields = new Set();
    this.depth = 0;
  }

  isNext(word) {
    const next = this.rest[0];
    return next !== undefined && (next.op === word || (!next.isQuoted && next.word === word));
  }

  take(word) {
    if (!this.isNext(word)) return false;
    this.rest.shift();
    return true;
  }

  or() {
    if (++this.depth > DEPTH_MAX) throw new Error(`more than ${DEPTH_MAX} levels`);
    const parts = [this.and()];
    while (this.take('or')) parts.push(this.and());
    this.depth--;
    return item => parts.some(part => part(item));
  }

  and() {
    const parts = [this.unary()];
    while (this.take('and') || (this.rest.length && !this.isNext('or') && !this.isNext(')'))) parts.push(this.unary());
    return item => parts.every(part => part(item));
  }

  unary() {
    if (this.take('not')) {
      const part = this.unary();
      return item => !part(item);
    }
    if (this.take('(')) {
      const part = this.or();
      if (!this.take(')')) throw new Error('a ) is missing');
      return part;
    }
    return this.test();
  }

  test() {
    const first = this.rest.shift();
    if (first?.word === undefined) throw new Error('a word is missing');
    const op = this.rest[0]?.op ?? (this.isNext('in') ? 'in' : undefined);
    if (!TESTS.includes(op)) {
      const wanted = first.word.toLowerCase();
      return item => item.words.some(word => word.toLowerCase().includes(wanted));
    }
    this.rest.shift();
    if (!this.known.includes(first.word)) throw new Error(`no field ${first.word}; there are ${this.known.join(', ')}`);
    this.fields.add(first.word);
    return op === 'in' ? this.oneOf(first.word) : compare(first.word, op, this.value());
  }

  oneOf(field) {
    if (!this.take('(')) throw new Error('in needs a list in ( )');
    const tests = [];
    do tests.push(compare(field, '=', this.value())); while (this.take(','));
    if (!this.take(')')) throw new Error('a ) is missing');
    return item => tests.some(test => test(item));
  }

  value() {
    const next = this.rest.shift();
    if (next?.word === undefined) throw new Error('a value is missing');
    return next.word;
  }
}

function compare(field, op, wanted) {
  const number = numberIn(wanted);
  const text = wanted.toLowerCase();
  return item => {
    const values = [item.fields[field]].flat().filter(value => value !== undefined);
    const isEqual = value => (typeof value === 'number' ? value === number : String(value).toLowerCase() === text);
    const contains = value => String(value).toLowerCase().includes(text);
    switch (op) {
      case '=': return values.some(isEqual);
      case '!=': return !values.some(isEqual);
      case '~': return values.some(contains);
      case '!~': return !values.some(contains);
      case '<': return values.some(value => value < number);
      case '<=': return values.some(value => value <= number);
      case '>': return values.some(value => value > number);
      default: return values.some(value => value >= number);
    }
  };
}

/**
 * Compiles a filter.
 *
 * @returns {{matches, fields, error}} whether an item {fields, words} is meant, which fields are named, or what is wrong
 */
export function compile(text, known) {
  try {
    if (text.trim() === '') return {matches: () => true, fields: new Set(), error: ''};
    if (text.length > LENGTH_MAX) throw new Error('too long');
    const parser = new Parser(text, known);
    const matches = parser.or();
    if (parser.rest.length) throw new Error('something is left over at the end');
    return {matches, fields: parser.fields, error: ''};
  } catch (wrong) {
    return {matches: () => true, fields: new Set(), error: wrong.message};
  }
}
