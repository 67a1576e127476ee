// Draws the bounds as filled bars.
import {element, keyed, setAttribute, setText, show} from './dom.js';
import {whole} from './text.js';

/** Shapes, since colour alone tells not everybody. */
export const MARKS = {fine: '●', filling: '▲', almost: '▲', full: '■', unknown: '○'};

export function drawBars(container, bounds) {
  keyed(container, bounds, bound => bound.id, createCard);
}

function createCard({id, title, setting}) {
  const fill = element('div', {class: 'fill'});
  const reserve = element('div', {class: 'reserve'});
  const bar = element('div', {class: 'bar', role: 'meter', 'aria-labelledby': `${id}-title`}, fill, reserve);
  const parts = {
    bar,
    fill,
    reserve,
    tag: element('p', {class: 'tag'}),
    now: element('span', {class: 'now'}),
    max: element('span'),
    sentence: element('p', {class: 'sentence'}),
    forecast: element('p', {class: 'forecast'}),
    about: element('p', {class: 'fact'}),
  };
  const heading = element('h3', {id: `${id}-title`}, title);
  const source = element('p', {class: 'fact'}, 'Set by ', element('code', {}, setting));
  const {tag, sentence, forecast, about} = parts;
  const amount = element('div', {class: 'amount'}, element('p', {class: 'value'}, parts.now, parts.max), tag);
  const node = element('div', {class: 'card', id}, heading, amount, bar, sentence, forecast, about, source);
  return {node, update: bound => updateCard(node, parts, bound)};
}

function updateCard(node, parts, bound) {
  const known = bound.max != null;
  setAttribute(node, 'data-level', bound.level.name);
  setText(parts.tag, `${MARKS[bound.level.name]} ${bound.level.word}`);
  setText(parts.now, whole(bound.now));
  setText(parts.max, known ? ` of ${whole(bound.max)}` : '');
  setText(parts.sentence, bound.sentence);
  setText(parts.about, bound.about);
  setText(parts.forecast, bound.forecast?.text ?? '');
  setAttribute(parts.forecast, 'data-urgent', String(bound.forecast?.urgent ?? false));
  show(parts.forecast, Boolean(bound.forecast));
  show(parts.bar, known);
  if (known) {
    // Styles are set by property: the Content-Security-Policy forbids style attributes.
    parts.fill.style.width = share(bound.now, bound.max);
    parts.reserve.style.width = share(bound.reserve ?? 0, bound.max);
    setAttribute(parts.bar, 'aria-valuemin', '0');
    setAttribute(parts.bar, 'aria-valuemax', String(bound.max));
    setAttribute(parts.bar, 'aria-valuenow', String(Math.min(bound.now, bound.max)));
    setAttribute(parts.bar, 'aria-valuetext', bound.sentence);
  }
}

const share = (part, all) => `${Math.min(100, (100 * part) / all)}%`;
