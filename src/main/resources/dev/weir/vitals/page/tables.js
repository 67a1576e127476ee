// The tables: destinations, routes, and the latest refusals and failures.
import {byId, element, keyed, setAttribute, setText, show} from './dom.js';
import {NONE, ago, counted, duration, fine, millis, percent, timeOfDay, whole} from './text.js';

/** A cell whose label a narrow screen shows, where rows are cards and there is no head above them. */
const cell = (label, kind = '') => element('td', {'data-label': label, class: kind});

/** Fills a list of terms, of which those without a text are left out. */
function describe(list, terms) {
  keyed(list, terms.filter(([, text]) => text), ([term]) => term, ([term]) => {
    const description = element('dd');
    const node = element('div', {}, element('dt', {}, term), ' ', description);
    return {node, update: ([, text]) => setText(description, text)};
  });
}

export function drawNotes(list, notes) {
  keyed(list, notes, note => note, note => ({node: element('li', {}, note), update() {}}));
  show(list, notes.length > 0);
}

export function drawDestinations({destinations, moreDestinations, time}) {
  const byName = [...destinations].sort((a, b) => (a.origin < b.origin ? -1 : 1));
  const rows = byName.map(destination => ({destination, time}));
  keyed(byId('destinations'), rows, ({destination}) => destination.origin, createDestination);
  show(byId('destinations'), rows.length > 0);
  show(byId('no-destinations'), rows.length === 0);
  setText(byId('more-destinations'), `${counted(moreDestinations, 'less busy destination')} not listed.`);
  show(byId('more-destinations'), moreDestinations > 0);
}

const DESTINATION_NUMBERS = [
  ['Leased', d => whole(d.leased)],
  ['Idle', d => whole(d.idle)],
  ['Opening', d => whole(d.opening)],
  ['Queued', d => whole(d.queued)],
  ['Evicted', d => whole(d.evicted)],
  ['Reused', d => percent(d.reusedPercent)],
  ['Connect failures', d => whole(d.connectFailures)],
  ['Ports left', d => whole(d.portsLeft)],
];

function createDestination({destination: {origin}}) {
  const cells = DESTINATION_NUMBERS.map(([label]) => cell(label, 'number'));
  const facts = element('dl', {class: 'facts'});
  const notes = element('ul', {class: 'notes'});
  const more = element('td', {colspan: String(cells.length + 1), class: 'more'}, facts, notes);
  const name = element('th', {scope: 'rowgroup', class: 'name'}, origin);
  const node = element('tbody', {}, element('tr', {}, name, ...cells), element('tr', {}, more));
  return {
    node,
    update({destination, time}) {
      DESTINATION_NUMBERS.forEach(([, text], index) => setText(cells[index], text(destination)));
      describe(facts, [
        ['Oldest lease', oldestLease(destination.oldestLease)],
        ['Last error', lastError(destination.lastError, time)],
        ['Sockets', states(destination.states)],
        ['At this rate', portsRunOut(destination.portsSecondsLeft)],
      ]);
      drawNotes(notes, destination.notes);
    },
  };
}

const oldestLease = lease =>
  lease ? `${duration(lease.seconds)}, by ${lease.method} ${lease.path} (route ${lease.route})` : 'none is leased';

const lastError = (error, now) => (error ? `${ago(error.time, now)}, ${error.outcome}: ${error.sentence}` : 'none');

const portsRunOut = seconds => (seconds == null ? '' : `its ports run out in ${duration(seconds)}`);

function states(counts) {
  if (!counts) {
    return 'not available';
  }
  const some = Object.entries(counts).filter(([, count]) => count > 0);
  return some.map(([state, count]) => `${whole(count)} ${state}`).join(', ') || 'none';
}

export function drawRoutes(routes) {
  keyed(byId('routes').tBodies[0], routes, route => route.name, createRoute);
  show(byId('routes'), routes.length > 0);
  show(byId('no-routes'), routes.length === 0);
}

function createRoute({name, prefix}) {
  const upstream = cell('Upstream', 'long-text');
  const numbers = ['In flight', 'Per second', 'p50', 'p99'].map(label => cell(label, 'number'));
  const list = element('ul', {class: 'outcomes'});
  const outcomes = cell('Outcomes', 'long-text');
  outcomes.append(list);
  const heading = element('th', {scope: 'row', class: 'name'}, prefix, ' ', element('span', {class: 'fact'}, name));
  return {
    node: element('tr', {}, heading, upstream, ...numbers, outcomes),
    update(route) {
      setText(upstream, route.upstream ?? 'none: set proxyTo, or named by each request');
      const texts = [whole(route.inFlight), fine(route.perSecond), millis(route.p50Millis), millis(route.p99Millis)];
      texts.forEach((text, index) => setText(numbers[index], text));
      const counts = Object.entries(route.outcomes).filter(([, count]) => count > 0);
      keyed(list, counts.length ? counts : [['', 0]], ([outcome]) => outcome, createOutcome);
    },
  };
}

function createOutcome([outcome]) {
  const count = element('span', {class: 'count'});
  const node = element('li', {}, outcome ? linked(outcome) : 'none yet', ' ', count);
  return {node, update: ([, number]) => setText(count, number ? whole(number) : '')};
}

/** Each outcome but the good one has a page that says what to do. */
const linked = outcome =>
  outcome === 'ok' ? outcome : element('a', {href: `outcomes/${encodeURIComponent(outcome)}`}, outcome);

export function drawRecent({recent, time}) {
  const body = byId('recent').tBodies[0];
  const seen = new Map();
  const rows = recent
    .map(failure => ({failure, time, same: [failure.time, failure.method, failure.path, failure.outcome].join(' ')}))
    .reverse() // the oldest of those that are alike keeps its number when others come
    .map(row => {
      seen.set(row.same, (seen.get(row.same) ?? 0) + 1);
      return {...row, key: `${row.same} ${seen.get(row.same)}`};
    })
    .reverse();
  keyed(body, rows, row => row.key, createFailure);
  show(byId('recent'), rows.length > 0);
  show(byId('no-recent'), rows.length === 0);
}

function createFailure({failure}) {
  const when = element('time', {datetime: new Date(failure.time).toISOString()}, timeOfDay(failure.time));
  const age = element('span', {class: 'fact'});
  const timeCell = cell('Time', 'time');
  timeCell.append(element('span', {}, when, ' ', age));
  const outcome = cell('Outcome', 'outcome');
  const status = element('span', {class: 'fact'}, String(failure.status || NONE));
  outcome.append(element('span', {}, linked(failure.outcome), ' ', status));
  const request = cell('Request', 'long-text');
  request.append(element('code', {}, `${failure.method} ${failure.path}`));
  const where = [failure.route ? `route ${failure.route}` : 'no route', failure.destination].filter(Boolean).join(', ');
  request.append(' ', element('span', {class: 'fact'}, where));
  const what = cell('What happened', 'long-text');
  what.append(failure.sentence);
  const node = element('tr', {}, timeCell, outcome, request, what);
  setAttribute(node, 'data-outcome', failure.outcome);
  return {node, update: ({time}) => setText(age, ago(failure.time, time))};
}
