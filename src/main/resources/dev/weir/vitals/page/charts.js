// Draws the samples with uPlot, each chart with its numbers in words beside it.
/* global uPlot */
import {byId, element, setAttribute, setText, show} from './dom.js';
import {Samples} from './samples.js';
import {NONE, compact, fine, hourAndMinute, millis, timeOfDay, whole} from './text.js';

const HEIGHT = 150;
const AXIS_WIDTH = 46;

const perSecond = value => (value == null ? NONE : `${fine(value)} /s`);

/** The lines differ in their dashes as well as in their colour. */
const CHARTS = [
  {title: 'Rate', unit: 'requests per second', lines: [{name: 'requests', column: 'rate', say: perSecond}]},
  {
    title: 'Latency',
    unit: 'milliseconds',
    lines: [
      {name: 'p50', column: 'p50', say: millis},
      {name: 'p99', column: 'p99', say: millis},
    ],
  },
  {
    title: 'Upstream connections',
    unit: 'connections, and requests that wait for one',
    lines: [
      {name: 'open', column: 'connections', say: whole},
      {name: 'idle', column: 'idle', say: whole},
      {name: 'queued', column: 'queued', say: whole},
    ],
  },
  {title: 'File descriptors', unit: 'descriptors', lines: [{name: 'open', column: 'descriptors', say: whole}]},
];
const DASHES = [[], [6, 4], [2, 3]];

const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

class Chart {
  #lines;
  #samples;
  #plot;
  #place = element('div', {class: 'plot', role: 'img'});
  #legend;
  #title;
  #unit;
  #when = element('p', {class: 'fact'});
  node;

  constructor({title, unit, lines}, samples) {
    this.#title = title;
    this.#unit = unit;
    this.#lines = lines;
    this.#samples = samples;
    this.#legend = lines.map(line => ({value: element('b'), range: element('span', {class: 'fact'}), line}));
    const items = this.#legend.map(({value, range, line}, index) =>
      element('li', {}, element('span', {class: `swatch line-${index + 1}`}), line.name, ' ', value, ' ', range)
    );
    this.node = element(
      'figure',
      {class: 'card'},
      element('figcaption', {}, element('h3', {}, title), this.#when),
      this.#place,
      element('ul', {class: 'legend'}, ...items),
    );
    new ResizeObserver(() => this.#resize()).observe(this.#place);
  }

  /** Draws afresh: the colours are another theme's. */
  build() {
    this.#plot?.destroy();
    const options = plotOptions(this.#lines, this.#samples, this.#place.clientWidth || 300);
    options.hooks = {setCursor: [plot => this.#say(plot.cursor.idx)]};
    this.#plot = new uPlot(options, this.#data(), this.#place);
  }

  #data() {
    return [this.#samples.times, ...this.#lines.map(line => this.#samples.columns[line.column])];
  }

  update() {
    this.#plot?.setData(this.#data());
    this.#say(this.#plot?.cursor.idx);
  }

  #resize() {
    if (this.#plot && this.#place.clientWidth !== this.#plot.width) {
      this.#plot.setSize({width: this.#place.clientWidth, height: HEIGHT});
    }
  }

  /** The numbers beside the chart: those under the pointer, or the latest. */
  #say(pointed) {
    const spoken = [];
    const at = pointed == null ? '' : `, at ${timeOfDay(this.#samples.times[pointed] * 1000)}`;
    setText(this.#when, this.#unit + at);
    for (const {value, range, line} of this.#legend) {
      const summary = this.#samples.summary(line.column);
      const shown = pointed == null ? summary?.latest : this.#samples.columns[line.column][pointed];
      setText(value, line.say(shown));
      setText(range, summary ? `${line.say(summary.least)} to ${line.say(summary.greatest)}` : 'nothing measured yet');
      spoken.push(
        summary
          ? `${line.name} now ${line.say(summary.latest)}, lowest ${line.say(summary.least)}, highest ${line.say(summary.greatest)}`
          : `${line.name}: nothing measured yet`,
      );
    }
    setAttribute(this.#place, 'aria-label', `${this.#title} over the last 15 minutes: ${spoken.join('; ')}`);
  }
}

function plotOptions(lines, samples, width) {
  const axis = {stroke: style('--muted'), grid: {stroke: style('--grid'), width: 1}, ticks: {show: false}};
  axis.font = `11px ${style('--font')}`;
  return {
    width,
    height: HEIGHT,
    padding: [8, 20, 0, 0],
    legend: {show: false},
    cursor: {y: false, drag: {x: false, y: false}, sync: {key: 'weir'}, points: {size: 6}},
    scales: {x: {range: () => samples.window}, y: {range: (_, least, greatest) => [0, Math.max(1, (greatest ?? 0) * 1.1)]}},
    axes: [
      {...axis, space: 60, size: 26, values: (_, ticks) => ticks.map(hourAndMinute)},
      {...axis, space: 34, size: AXIS_WIDTH, values: (_, ticks) => ticks.map(compact)},
    ],
    series: [
      {},
      ...lines.map((line, index) => ({
        label: line.name,
        stroke: style(`--line-${index + 1}`),
        fill: index === 0 ? style('--line-1-fill') : undefined,
        width: 1.75,
        dash: DASHES[index],
        points: {show: false},
      })),
    ],
  };
}

/** Puts the charts into the page; gives what takes each status. */
export function charts() {
  if (typeof uPlot === 'undefined') {
    show(byId('no-charts'), true);
    return () => {};
  }
  const samples = new Samples();
  const all = CHARTS.map(definition => new Chart(definition, samples));
  byId('charts').append(...all.map(chart => chart.node));
  const build = () => all.forEach(chart => chart.build());
  build();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', build);
  return status => {
    samples.add(status);
    all.forEach(chart => chart.update());
  };
}
