// The status page: asks, and gives each answer to those who draw it.
import {MARKS, drawBars} from './bars.js';
import {ALMOST, boundsOf, verdictOf} from './bounds.js';
import {charts} from './charts.js';
import {loadConfiguration} from './configuration.js';
import {byId, focusableWhileScrolling, setAttribute, setText, show} from './dom.js';
import {Poll} from './poll.js';
import {drawDestinations, drawNotes, drawRecent, drawRoutes} from './tables.js';
import {duration, fine, millis} from './text.js';

/** A state that comes and goes is said once in this time. */
const SAID_AGAIN_AFTER_MILLIS = 30_000;

const HOMES = {launcher: 'its own launcher', jetty: 'Jetty', tomcat: 'Tomcat'};

const drawCharts = charts();
const said = new Map();
let before = {};
let configured = false;

function announce(text) {
  const now = Date.now();
  if (now - (said.get(text) ?? 0) > SAID_AGAIN_AFTER_MILLIS) {
    said.set(text, now);
    setText(byId('announcer'), text);
  }
}

function pill(target, level, text) {
  setAttribute(target, 'data-level', level);
  setText(target, `${MARKS[level]} ${text}`);
  show(target, true);
}

function drawHead(status) {
  const {rate} = status;
  pill(byId('readiness'), status.ready ? 'fine' : 'full', status.ready ? 'Ready' : `Not ready: ${status.notReady}`);
  pill(byId('liveness'), 'fine', 'Live');
  const latency = rate.p50Millis == null ? '' : `, half within ${millis(rate.p50Millis)}, 99 % within ${millis(rate.p99Millis)}`;
  const home = HOMES[status.home] ?? status.home;
  const running = `In ${home}, up ${duration(status.uptimeSeconds)}.`;
  setText(byId('about'), `${fine(rate.perSecond)} requests per second${latency}. ${running}`);
}

/** Says what has changed, to those who do not see it. */
function announceChanges(status, bounds) {
  const state = {trouble: false, ready: status.ready};
  for (const {id, title, level} of bounds) {
    state[id] = level.rank >= ALMOST.rank ? `${title}: ${level.word.toLowerCase()}.` : '';
  }
  if (before.trouble) {
    announce('Weir answers again; the page is live.');
  }
  for (const bound of bounds) {
    if (state[bound.id] && state[bound.id] !== before[bound.id]) {
      announce(state[bound.id]);
    }
  }
  if (before.ready !== undefined && before.ready !== state.ready) {
    announce(state.ready ? 'Weir is ready.' : `Weir is not ready: ${status.notReady}.`);
  }
  before = state;
}

async function configurationOnce() {
  if (!configured) {
    configured = true; // no second request while this one is under way
    configured = await loadConfiguration();
    focusableWhileScrolling(document.querySelectorAll('#configuration .scroll'));
  }
}

function onStatus(status) {
  const bounds = boundsOf(status);
  const verdict = verdictOf(status, bounds);
  show(byId('trouble'), false);
  drawHead(status);
  setAttribute(byId('verdict'), 'data-level', verdict.level.name);
  setText(byId('verdict'), `${MARKS[verdict.level.name]} ${verdict.text}`);
  drawNotes(byId('notes'), status.notes);
  drawBars(byId('bars'), bounds);
  drawCharts(status);
  drawDestinations(status);
  drawRoutes(status.routes);
  drawRecent(status);
  announceChanges(status, bounds);
  configurationOnce();
}

function onTrouble(text) {
  pill(byId('liveness'), 'full', 'Not live');
  setText(byId('trouble'), text);
  show(byId('trouble'), true);
  if (!before.trouble) {
    announce(text);
  }
  before = {...before, trouble: true};
}

focusableWhileScrolling(document.querySelectorAll('.scroll'));
new Poll(onStatus, onTrouble).start();
