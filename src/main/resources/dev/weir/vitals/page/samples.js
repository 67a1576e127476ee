// The samples of the last 15 minutes: the history that Weir keeps, and what each poll adds to it.

const WINDOW_SECONDS = 15 * 60;
/** As long without a sample is drawn as a gap. */
const GAP_SECONDS = 5;

/** Which number of a status each column of the history is. */
const COLUMNS = {
  rate: status => status.rate.perSecond,
  p50: status => status.rate.p50Millis,
  p99: status => status.rate.p99Millis,
  connections: status => status.connections.open,
  idle: status => status.connections.idle,
  queued: status => status.queued,
  descriptors: status => status.descriptors.open,
};

export class Samples {
  times = [];
  columns = Object.fromEntries(Object.keys(COLUMNS).map(name => [name, []]));

  /** Takes over the history, if there is one in it, and then what the status says of now. */
  add(status) {
    if (status.history) {
      this.#replace(status.history);
    }
    const time = status.time / 1000;
    const last = this.times.at(-1);
    if (last !== undefined && time <= last) {
      return;
    }
    if (last !== undefined && time - last > GAP_SECONDS) {
      this.#push(last + 1, () => null);
    }
    this.#push(time, name => COLUMNS[name](status));
    this.#forget(time - WINDOW_SECONDS);
  }

  #replace(history) {
    this.times = history.time.map(millis => millis / 1000);
    for (const name of Object.keys(COLUMNS)) {
      this.columns[name] = [...history[name]];
    }
  }

  #push(time, valueOf) {
    this.times.push(time);
    for (const name of Object.keys(COLUMNS)) {
      this.columns[name].push(valueOf(name));
    }
  }

  #forget(before) {
    const gone = this.times.findIndex(time => time >= before);
    if (gone > 0) {
      this.times.splice(0, gone);
      Object.values(this.columns).forEach(column => column.splice(0, gone));
    }
  }

  /** The newest, least and greatest value of a column; undefined where it has none. */
  summary(name) {
    const values = this.columns[name].filter(value => value != null);
    return values.length ? {latest: this.columns[name].at(-1), least: Math.min(...values), greatest: Math.max(...values)} : undefined;
  }

  /** The window's two ends in seconds, so that all charts have the same. */
  get window() {
    const end = this.times.at(-1) ?? 0;
    return [end - WINDOW_SECONDS, end];
  }
}
