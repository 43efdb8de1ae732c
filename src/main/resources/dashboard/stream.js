// Keeps a copy of the cluster's view: a ticket, a WebSocket with deltas, and whatever it takes to get back to them.

import {merged} from './merge.js';

const BACKOFF_MILLIS = {first: 500, most: 30_000, least: 100};
const SILENCE_MILLIS = 2_000;
const DEAD_MILLIS = 8_000;
const SNAPSHOT_EVERY_MILLIS = 5_000;
const JITTER_MILLIS = 1_000;
const FAILURES_BEFORE_POLLING = 4;
const TOKEN_ENDED = 4401;
const SIGN_IN_NEEDED = [401, 403];

/** The headers for a token or a key. */
export function headersOf(credential) {
  if (!credential) return {};
  return credential.split('.').length === 3 ? {authorization: `Bearer ${credential}`} : {'x-api-key': credential};
}

class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Asks the API with this credential; fails with what the API says. */
export async function ask(path, credential, options = {}) {
  const headers = {...headersOf(credential), ...options.headers};
  const reply = await fetch(path, {signal: AbortSignal.timeout(10_000), ...options, headers, cache: 'no-store'});
  if (reply.ok || reply.status === 304) return reply;
  const body = await reply.json().catch(() => ({}));
  const request = body.request_id ? ` (request ${body.request_id})` : '';
  throw new Refused(reply.status, `${body.error ?? `status ${reply.status}`}${request}`);
}

export class Stream {
  /** @param changed called whenever something about this stream is different, with nothing */
  constructor(changed) {
    this.changed = changed;
    this.view = null;
    this.viewAt = 0; // when the view was last known to hold
    this.heardAt = 0; // when the socket was last heard
    this.hello = {};
    this.phase = 'connecting'; // connecting, live, lost, polling, sign-in
    this.reason = '';
    this.retryAt = 0;
    this.pausedAt = 0;
    this.failures = 0;
    this.credential = '';
    this.socket = null;
    this.snapshotAt = 0;
    setInterval(() => this.watch(), 500);
    document.addEventListener('visibilitychange', () => this.say());
  }

  /** Starts over with this token or key; none is right where none is needed. */
  signIn(credential) {
    this.credential = credential;
    this.failures = 0;
    this.connect();
  }

  async connect() {
    clearTimeout(this.timer);
    this.drop();
    const attempt = this.attempt = {};
    if (this.phase === 'sign-in') this.turn('connecting');
    try {
      const reply = await ask('/api/v1/tickets', this.credential, {
        method: 'POST', headers: {'content-type': 'application/json'}, body: '{"for":"live"}'});
      const {ticket} = await reply.json();
      if (attempt === this.attempt) this.open(ticket);
    } catch (failure) {
      if (attempt === this.attempt) this.failed(failure);
    }
  }

  open(ticket) {
    const url = new URL('/api/v1/live', location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    if (this.view) url.search = `?since=${this.view.stream}:${this.view.seq}`;
    const socket = this.socket = new WebSocket(url, ['skein.live.v1', `ticket.${ticket}`]);
    this.heardAt = performance.now();
    socket.onmessage = event => socket === this.socket && this.hear(JSON.parse(event.data));
    socket.onclose = event => socket === this.socket && this.closed(event);
  }

  drop() {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  closed(event) {
    this.socket = null;
    if (event.code === TOKEN_ENDED) {
      this.needSignIn('Your token has ended.');
    } else {
      this.failed(new Error(event.reason || 'the connection was lost'));
    }
  }

  failed(failure) {
    if (SIGN_IN_NEEDED.includes(failure.status)) {
      this.needSignIn(this.credential ? 'That token or key is not accepted any more.' : '');
      return;
    }
    const words = failure instanceof TypeError ? 'the server does not answer' : failure.message;
    const most = Math.min(BACKOFF_MILLIS.most, BACKOFF_MILLIS.first * 2 ** this.failures++);
    const wait = Math.max(BACKOFF_MILLIS.least, Math.random() * most);
    this.retryAt = Date.now() + wait;
    this.timer = setTimeout(() => this.connect(), wait);
    this.turn(this.phase === 'polling' ? 'polling' : 'lost', words);
    if (this.failures >= FAILURES_BEFORE_POLLING) this.takeSnapshot();
  }

  needSignIn(reason) {
    clearTimeout(this.timer);
    this.drop();
    this.turn('sign-in', reason);
  }

  turn(phase, reason = '') {
    this.phase = phase;
    this.reason = reason;
    this.changed();
  }

  hear(frame) {
    this.heardAt = performance.now();
    this.viewAt = Date.now();
    switch (frame.type) {
      case 'hello':
        this.hello = frame;
        this.failures = 0;
        this.say();
        break;
      case 'snapshot': this.show(merged(null, frame)); break;
      case 'delta': this.follow(frame); break;
      case 'ping': this.check(frame); break;
      case 'resync': this.takeSnapshot(); break;
    }
    if (this.phase !== 'live') this.turn('live');
  }

  show(view) {
    if (this.pausedAt && this.view) return;
    this.view = view;
    this.changed();
  }

  follow(delta) {
    if (this.pausedAt || !this.view || delta.seq <= this.view.seq) return;
    if (delta.from === this.view.seq && this.hello.stream === this.view.stream) {
      this.show(Object.assign(merged(this.view, delta.patch), {seq: delta.seq, at: delta.at}));
    } else {
      this.takeSnapshot();
    }
  }

  check(ping) {
    if (!this.pausedAt && !document.hidden && this.view && ping.seq > this.view.seq) this.takeSnapshot();
    this.changed();
  }

  /** At most each 5 s; once while a connection is being looked for, it is what there is to look at. */
  async takeSnapshot() {
    const now = performance.now();
    if (this.snapshotAt && now - this.snapshotAt < SNAPSHOT_EVERY_MILLIS + Math.random() * JITTER_MILLIS) return;
    this.snapshotAt = now;
    try {
      const tag = this.view ? {'if-none-match': `"${this.view.stream}:${this.view.seq}"`} : {};
      const reply = await ask('/api/v1/snapshot', this.credential, {headers: tag});
      this.viewAt = Date.now();
      if (reply.status === 200) this.replace(merged(null, await reply.json()));
      if (this.phase === 'lost' && this.failures >= FAILURES_BEFORE_POLLING) this.turn('polling');
    } catch (failure) {
      if (SIGN_IN_NEEDED.includes(failure.status)) this.failed(failure);
      else if (this.phase === 'polling') this.turn('lost', failure.message);
    }
  }

  replace(view) {
    if (!this.view || view.stream !== this.view.stream || view.seq > this.view.seq) this.show(view);
  }

  /** Looks twice a second whether what should come does come. */
  watch() {
    if (this.phase === 'polling') this.takeSnapshot();
    if (!this.socket) return;
    const silence = performance.now() - this.heardAt;
    if (silence > DEAD_MILLIS) {
      this.drop();
      this.failed(new Error('nothing was heard any more'));
    } else if (silence > SILENCE_MILLIS && this.phase === 'live') {
      this.takeSnapshot();
    }
  }

  pause() {
    this.pausedAt = Date.now();
    this.say();
    this.changed();
  }

  resume() {
    this.pausedAt = 0;
    this.say();
    this.changed();
  }

  /** Tells the server whether anybody looks; coming back brings a whole view. */
  say() {
    const wanted = this.pausedAt || document.hidden ? 'pause' : 'resume';
    const isOpen = this.socket?.readyState === WebSocket.OPEN;
    if (!isOpen || (this.said?.socket === this.socket ? this.said.word : 'resume') === wanted) return;
    this.said = {socket: this.socket, word: wanted};
    this.socket.send(JSON.stringify({type: wanted}));
  }
}
