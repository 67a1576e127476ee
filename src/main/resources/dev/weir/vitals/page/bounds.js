// What each bound says for itself: the numbers of status.json in sentences. Nothing here touches the page.
import {counted, duration, whole} from './text.js';

/** How full a bound is, in rising order. */
export const FINE = {name: 'fine', word: 'Plenty left', rank: 0};
export const FILLING = {name: 'filling', word: 'Filling up', rank: 1};
export const ALMOST = {name: 'almost', word: 'Almost full', rank: 2};
export const FULL = {name: 'full', word: 'Full', rank: 3};
/** There is nothing to be full. */
export const UNKNOWN = {name: 'unknown', word: 'Not available', rank: 0};

const FILLING_FROM = 0.7;
const ALMOST_FROM = 0.9;
const SOON_SECONDS = 60;

const isOrAre = count => (count === 1 ? 'is' : 'are');
const used = (count, max, nouns) => `${whole(count)} of ${whole(max)} ${nouns} ${isOrAre(count)} `;

function levelOf(share, left, secondsLeft) {
  if (left <= 0) {
    return FULL;
  }
  if (share >= ALMOST_FROM || (secondsLeft != null && secondsLeft <= SOON_SECONDS)) {
    return ALMOST;
  }
  return share >= FILLING_FROM ? FILLING : FINE;
}

/** `then` is what happens at the bound, as in "at this rate, requests wait in 40 s". */
function forecast(secondsLeft, left, then) {
  if (secondsLeft == null || left <= 0) {
    return {text: 'Not growing.', urgent: false};
  }
  const urgent = secondsLeft <= SOON_SECONDS;
  return {text: `At this rate, ${then} in ${duration(secondsLeft)}.`, urgent};
}

function descriptors({descriptors: d}) {
  const bound = {id: 'descriptors', title: 'File descriptors', now: d.open, setting: 'ulimit -n, weir.descriptorReserve'};
  bound.about = 'Every socket and every open file of the process takes one.';
  if (d.limit == null) {
    const sentence = `${counted(d.open, 'descriptor')} ${isOrAre(d.open)} open; the system names no limit.`;
    return {...bound, level: {...UNKNOWN, word: 'No limit'}, sentence};
  }
  const refusing = d.low || d.left <= 0;
  const level = refusing ? FULL : levelOf(d.open / (d.limit - d.reserve), d.left, d.secondsLeft);
  const rest = refusing
    ? `fewer than the reserve of ${whole(d.reserve)} are free, so that exchanges are refused.`
    : `${whole(d.left)} more until exchanges are refused, for ${whole(d.reserve)} are kept in reserve.`;
  return {
    ...bound,
    level,
    max: d.limit,
    reserve: d.reserve,
    sentence: `${used(d.open, d.limit, 'descriptors')}open; ${rest}`,
    forecast: forecast(d.secondsLeft, refusing ? 0 : d.left, 'exchanges are refused'),
  };
}

function connections({connections: c}) {
  const spare = c.left <= 0 && c.idle > 0;
  const level = spare ? ALMOST : levelOf(c.open / c.budget, c.left, c.secondsLeft);
  let rest = `${whole(c.left)} more until requests wait.`;
  if (c.left <= 0) {
    const waiting = counted(c.waitingDestinations, 'destination');
    rest = spare ? 'requests to other destinations take the place of idle ones.' : `requests wait, to ${waiting} now.`;
  }
  return {
    id: 'connections',
    title: 'Upstream connections',
    about: `In use: ${whole(c.open - c.idle)}. Idle, kept for the next request: ${whole(c.idle)}.`,
    setting: 'weir.connectionBudget',
    level,
    now: c.open,
    max: c.budget,
    sentence: `${used(c.open, c.budget, 'upstream connections')}open; ${rest}`,
    forecast: forecast(c.secondsLeft, c.left, 'requests wait'),
  };
}

/** Each destination has the range for itself; the one with the fewest left is shown. */
function ports({ports: p, destinations}) {
  const bound = {id: 'ports', title: 'Local ports per destination', setting: 'net.ipv4.ip_local_port_range'};
  if (!p.available) {
    return {...bound, level: UNKNOWN, about: '', sentence: 'Not available: ports can be counted on Linux alone.'};
  }
  bound.about =
    `Each connection to a destination takes one of ${whole(p.size)} (${p.first} to ${p.last}); ` +
    `resting in TIME_WAIT in all: ${whole(p.timeWait)}.`;
  const known = destinations.filter(destination => destination.portsLeft != null);
  if (!known.length) {
    const sentence = `No destination has taken one yet; each may have ${whole(p.size)}.`;
    return {...bound, level: FINE, now: 0, max: p.size, sentence, forecast: forecast(null)};
  }
  const fullest = known.reduce((a, b) => (moreUrgent(b, a) ? b : a));
  const left = fullest.portsLeft;
  const now = Math.max(0, p.size - left);
  const rest = `${left > 0 ? `${whole(left)} more until ` : ''}new connections to it are refused.`;
  return {
    ...bound,
    level: levelOf(now / p.size, left, fullest.portsSecondsLeft),
    now,
    max: p.size,
    sentence: `${used(now, p.size, 'ports')}in use to ${fullest.origin}; ${rest}`,
    forecast: forecast(fullest.portsSecondsLeft, left, 'they run out'),
  };
}

function moreUrgent(one, other) {
  const seconds = (one.portsSecondsLeft ?? Infinity) - (other.portsSecondsLeft ?? Infinity);
  return Number.isNaN(seconds) || seconds === 0 ? one.portsLeft < other.portsLeft : seconds < 0;
}

function exchanges({inFlight, maxInFlight, queued}) {
  const left = maxInFlight - inFlight;
  const rest = left > 0 ? `${whole(left)} more until requests are refused.` : 'further ones are refused.';
  const waiting = queued ? `${whole(queued)} of them ${isOrAre(queued)} queued, waiting for a connection.` : 'None is queued.';
  return {
    id: 'exchanges',
    title: 'Exchanges in flight',
    about: waiting,
    setting: 'weir.maxInFlight',
    level: levelOf(inFlight / maxInFlight, left, null),
    now: inFlight,
    max: maxInFlight,
    sentence: `${used(inFlight, maxInFlight, 'exchanges')}in flight; ${rest}`,
  };
}

/** The bounds of one status, in the order in which they are shown. */
export const boundsOf = status => [descriptors(status), connections(status), ports(status), exchanges(status)];

const NOT_READY = {
  draining: 'Weir is stopping: it takes no new request, and ends when those in flight have.',
  unconfigured: 'A route does not know its upstream yet: set its proxyTo, until then it answers 503.',
  'descriptors-low': 'Weir refuses exchanges: too few descriptors are free.',
};

/** The state of the whole in one sentence. */
export function verdictOf(status, bounds) {
  if (status.notReady || status.draining) {
    return {level: FULL, text: NOT_READY[status.draining ? 'draining' : status.notReady] ?? `Not ready: ${status.notReady}.`};
  }
  const worst = bounds.reduce((a, b) => (b.level.rank > a.level.rank ? b : a));
  if (worst.level.rank === 0) {
    return {level: FINE, text: 'Nothing is near its bound.'};
  }
  const titles = bounds.filter(bound => bound.level === worst.level).map(bound => bound.title);
  return {level: worst.level, text: `${worst.level.word}: ${titles.join(', ').toLowerCase()}.`};
}
