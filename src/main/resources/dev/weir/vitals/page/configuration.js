// The configuration in force, asked for once: it does not change while Weir runs.
import {byId, element, setText, show} from './dom.js';

const HEADINGS = ['Parameter', 'Value', 'From', 'Meaning'];

/** Tries once; true when it is there. */
export async function loadConfiguration() {
  const waiting = byId('no-configuration');
  try {
    const response = await fetch('configuration.json', {cache: 'no-store', headers: {Accept: 'application/json'}});
    if (!response.ok) {
      throw new Error(`the answer was ${response.status}`);
    }
    draw(await response.json());
    show(waiting, false);
    return true;
  } catch (failure) {
    setText(waiting, `The configuration could not be read (${failure.message}); it is asked for again with the next status.`);
    return false;
  }
}

function draw({shared, routes}) {
  const tables = [section('Shared by all routes', shared)];
  for (const {name, prefix, parameters} of routes) {
    tables.push(section(`Route ${name} at ${prefix}`, parameters));
  }
  byId('configuration').replaceChildren(...tables);
}

/** Folded: what somebody set is said above the fold already. */
function section(title, parameters) {
  const set = parameters.filter(parameter => !parameter.isDefault);
  const names = set.length ? `set: ${set.map(parameter => parameter.name).join(', ')}` : 'all defaults';
  const summary = element('summary', {}, title, ' ', element('span', {class: 'fact'}, `(${parameters.length}; ${names})`));
  const caption = element('caption', {}, `${title}: value, where it came from, what it means`);
  const head = element('tr', {}, ...HEADINGS.map(heading => element('th', {scope: 'col'}, heading)));
  const body = element('tbody', {}, ...parameters.map(row));
  const table = element('table', {class: 'cards'}, caption, element('thead', {}, head), body);
  const region = element('div', {class: 'scroll', role: 'region', 'aria-label': title}, table);
  return element('details', {}, summary, region);
}

function row({name, value, from, isDefault, expected, meaning}) {
  const [, valueLabel, fromLabel, meaningLabel] = HEADINGS;
  const what = element('td', {'data-label': meaningLabel, class: 'long-text'}, meaning, ' ');
  what.append(element('span', {class: 'fact'}, `Expected: ${expected}.`));
  return element(
    'tr',
    isDefault ? {} : {class: 'set'},
    element('th', {scope: 'row', class: 'name'}, name),
    element('td', {'data-label': valueLabel, class: 'long-text'}, element('code', {}, value)),
    element('td', {'data-label': fromLabel, class: 'long-text'}, from),
    what,
  );
}
