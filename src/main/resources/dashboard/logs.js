// The log of a job's latest attempt: its end at first, and then whatever it goes on to say.

import {Component, createRef, h} from './preact.js';
import {bytes, count, lines, outside} from './format.js';
import {ask} from './stream.js';

const TAIL_BYTES = 65_536;
const WAIT_SECONDS = 10;
const ANSWER_MILLIS = (WAIT_SECONDS + 10) * 1000;
const CHARACTERS_MAX = 200_000;
const PAUSE_MILLIS = 1_000;
const AFTER_FAILURE_MILLIS = 3_000;
const NEAR_END_PIXELS = 24;

/** Text that is never longer than a bound; the oldest lines go first. */
export function bounded(text, most = CHARACTERS_MAX) {
  if (text.length <= most) return text;
  const from = text.length - most;
  const line = text.indexOf('\n', from);
  return text.slice(line < 0 || line === text.length - 1 ? from : line + 1);
}

export class LogView extends Component {
  box = createRef();

  constructor(props) {
    super(props);
    this.isTall = props.isRunning; // its place does not change while it fills
    this.state = {text: '', next: -TAIL_BYTES, cut: 0, isFollowing: true, isOver: false, error: ''};
    this.isAtEnd = true;
  }

  componentDidMount() {
    this.round();
  }

  componentDidUpdate(before, {isFollowing}) {
    if (before.isRunning !== this.props.isRunning && this.state.isOver) this.round(); // its last words
    if (isFollowing !== this.state.isFollowing && this.state.isFollowing) this.round();
    if (this.isAtEnd && this.box.current) this.box.current.scrollTop = this.box.current.scrollHeight;
  }

  componentWillUnmount() {
    this.current = null;
    clearTimeout(this.timer);
    this.abort?.abort();
  }

  /** Asks for the next part, and so on until the log has ended or nobody follows it. */
  async round() {
    clearTimeout(this.timer);
    this.abort?.abort();
    const abort = this.abort = new AbortController();
    const mine = this.current = {};
    const {id, credential, isRunning} = this.props;
    const isFirst = this.state.next < 0;
    const wait = isFirst || !isRunning ? '' : `&wait=${WAIT_SECONDS}s`;
    const began = performance.now();
    let pause = PAUSE_MILLIS;
    try {
      const reply = await ask(`/api/v1/jobs/${encodeURIComponent(id)}/logs?offset=${this.state.next}${wait}`, credential,
        {signal: AbortSignal.any([abort.signal, AbortSignal.timeout(ANSWER_MILLIS)])});
      const part = await reply.json();
      if (mine !== this.current) return;
      this.take(part, isFirst);
      if (part.ended || !this.props.isRunning) {
        this.setState({isOver: true});
        return;
      }
      if (part.text || performance.now() - began > PAUSE_MILLIS) pause = 100;
    } catch (failure) {
      if (mine !== this.current) return;
      this.setState({error: failure.message});
      pause = AFTER_FAILURE_MILLIS;
    }
    if (this.state.isFollowing) this.timer = setTimeout(() => this.round(), pause);
  }

  take(part, isFirst) {
    const box = this.box.current;
    this.isAtEnd = !box || box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PIXELS;
    this.setState(({text, cut}) => {
      const all = text + lines(part.text);
      const kept = bounded(all);
      return {text: kept, cut: cut + (isFirst ? 0 : part.dropped), isBounded: kept.length < all.length, next: part.next, isOver: false, error: '',
        before: isFirst ? Math.max(0, part.next - new TextEncoder().encode(part.text).length) : this.state.before};
    });
  }

  follow(isFollowing) {
    this.isAtEnd = isFollowing || this.isAtEnd;
    this.setState({isFollowing});
    if (!isFollowing) {
      clearTimeout(this.timer);
      this.current = null;
      this.abort?.abort();
    }
  }

  render({isRunning}, {text, cut, before, isFollowing, isOver, error, isBounded}) {
    const notes = [
      before > 0 ? `${bytes(before)} before this` : '',
      cut > 0 ? `${bytes(cut)} in between are kept no more` : '',
      isBounded ? `only the last ${count(CHARACTERS_MAX)} characters are shown` : '',
      error ? `not up to date: ${outside(error, 120)}` : '',
    ].filter(Boolean);
    return h('section', {class: `log ${this.isTall ? 'tall' : ''}`, 'aria-label': 'Log'},
      h('div', {class: 'head'}, h('h3', null, 'Log'), h('span', {class: error ? 'warn' : 'mute'}, notes.join(' · ')), h('span', {class: 'space'}),
        isRunning
          ? h('button', {type: 'button', class: 'follow', 'aria-pressed': String(isFollowing), onClick: () => this.follow(!isFollowing)}, isFollowing ? '● Following' : '❚❚ Follow')
          : h('span', {class: 'mute'}, isOver ? 'of the latest attempt, to its end' : '')),
      h('pre', {ref: this.box, tabindex: '0', class: text ? '' : 'mute', role: 'log', 'aria-live': 'off', 'aria-label': 'Lines of the log'},
        text || (isOver ? 'Nothing was written.' : 'Nothing yet.')));
  }
}
