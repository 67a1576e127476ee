// Asks for status.json about once a second: one request at a time, none while nobody looks, and with the history when this
// page has missed some of it.
import {timeOfDay} from './text.js';

const INTERVAL_MILLIS = 1000;
const LEAST_PAUSE_MILLIS = 250;
const PATIENCE_MILLIS = 5000;
const LONGEST_PAUSE_MILLIS = 15_000;
/** As long without a sample is a gap, which the history fills. */
const GAP_MILLIS = 3000;

/** Weir, or who sits before it, answered with another status than 200. */
class Refused extends Error {
  constructor(status) {
    super(
      status === 403
        ? 'Weir does not let this browser read its status (403). The parameter weir.statusAllow decides who may; loopback, ' +
            'its default, counts only for a request made on the same machine to localhost or an address, past no proxy.'
        : `The answer to status.json was ${status} instead of 200.`
    );
  }
}

export class Poll {
  #onStatus;
  #onTrouble;
  #timer;
  #asking;
  #failures = 0;
  #since;
  #newest = 0;
  #missed = true;

  /** `onStatus(status)` gets each answer, `onTrouble(text)` each failure in words. */
  constructor(onStatus, onTrouble) {
    this.#onStatus = onStatus;
    this.#onTrouble = onTrouble;
  }

  start() {
    document.addEventListener('visibilitychange', () => this.#look());
    this.#look();
  }

  #look() {
    clearTimeout(this.#timer);
    if (document.visibilityState === 'hidden') {
      this.#missed = true;
      if (this.#asking) {
        this.#asking.gaveUp = true;
        this.#asking.abort();
      }
    } else if (!this.#asking) {
      this.#ask();
    }
  }

  async #ask() {
    const started = performance.now();
    const asking = new AbortController();
    this.#asking = asking;
    let status;
    let failure;
    try {
      status = await this.#fetch(asking);
    } catch (thrown) {
      failure = thrown;
    }
    this.#asking = undefined;
    if (asking.gaveUp) {
      this.#look(); // whoever hid the page may be back already
      return;
    }
    try {
      if (status) {
        this.#succeeded(status);
      } else {
        this.#failed(failure);
      }
    } finally {
      const pause = this.#failures ? this.#backOff() : INTERVAL_MILLIS - (performance.now() - started);
      this.#timer = setTimeout(() => this.#ask(), Math.max(LEAST_PAUSE_MILLIS, pause));
    }
  }

  async #fetch(asking) {
    const patience = setTimeout(() => asking.abort(new Error('Weir did not answer in 5 s.')), PATIENCE_MILLIS);
    try {
      const options = {cache: 'no-store', signal: asking.signal, headers: {Accept: 'application/json'}};
      const response = await fetch(this.#missed ? 'status.json?history=1' : 'status.json', options);
      if (!response.ok) {
        throw new Refused(response.status);
      }
      return await response.json();
    } finally {
      clearTimeout(patience);
    }
  }

  #succeeded(status) {
    this.#failures = 0;
    this.#since = undefined;
    this.#missed = !status.history && status.time - this.#newest > GAP_MILLIS;
    this.#newest = status.time;
    this.#onStatus(status);
  }

  #failed(failure) {
    this.#failures++;
    this.#missed = true;
    this.#since ??= Date.now();
    this.#onTrouble(
      `Not live since ${timeOfDay(this.#since)}. ${reason(failure)} What stands below is from before; asking again ` +
        `every ${Math.round(this.#backOff() / 1000)} s.`,
    );
  }

  #backOff() {
    return Math.min(LONGEST_PAUSE_MILLIS, INTERVAL_MILLIS * 2 ** Math.min(this.#failures - 1, 4));
  }
}

function reason(failure) {
  if (failure instanceof TypeError) {
    return 'Weir cannot be reached: it was stopped, or the network between is down.';
  }
  if (failure instanceof SyntaxError) {
    return 'The answer to status.json is not JSON: something else than Weir answers here.';
  }
  return failure.message;
}
