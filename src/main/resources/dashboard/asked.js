// What a path of the API answers, asked for again and again while somebody looks.

import {Component} from './preact.js';
import {ask} from './stream.js';

const GONE = 404;
const ANSWER_MILLIS = 10_000;

/**
 * Holds the latest answer and hands it to show(found, {error, isLoading}); while another path is being asked for, the
 * old answer stays. One request at a time, the one before is cancelled, none while paused or hidden. The pause, `every`,
 * may depend on what was found.
 */
export class Asked extends Component {
  componentDidMount() {
    this.onShown = () => document.hidden || this.turn();
    document.addEventListener('visibilitychange', this.onShown);
    this.turn();
  }

  componentDidUpdate(before) {
    if (before.path !== this.props.path || before.credential !== this.props.credential || before.turn !== this.props.turn) {
      this.turn();
    } else if (before.isPaused && !this.props.isPaused) {
      this.turn();
    }
  }

  componentWillUnmount() {
    this.isGone = true;
    clearTimeout(this.timer);
    this.abort?.abort();
    document.removeEventListener('visibilitychange', this.onShown);
  }

  async turn() {
    clearTimeout(this.timer);
    this.abort?.abort();
    const round = this.round = {};
    const {path, credential, every, isPaused} = this.props;
    if (this.isGone || document.hidden || (isPaused && this.state.path === path)) return;
    let isOver = !every;
    let latest = this.state.found;
    const abort = this.abort = new AbortController();
    try {
      const reply = await ask(path, credential, {signal: AbortSignal.any([abort.signal, AbortSignal.timeout(ANSWER_MILLIS)])});
      const found = await reply.json();
      if (round !== this.round || this.isGone) return;
      this.setState({found, path, error: '', status: 200});
      latest = found;
    } catch (failure) {
      if (round !== this.round || this.isGone) return;
      const isOther = this.state.path !== path;
      this.setState({found: isOther ? null : this.state.found, path, error: failure.message, status: failure.status});
      isOver = isOver || failure.status === GONE;
    }
    if (!isOver) this.timer = setTimeout(() => this.turn(), typeof every === 'function' ? every(latest) : every);
  }

  render({show, path}, {found, error, status, path: answered}) {
    return show(found ?? null, {error: error ?? '', status, isLoading: answered !== path});
  }
}
