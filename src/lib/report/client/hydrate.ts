/// <reference lib="dom" />
/** Brings a drawn time chart to life: its true width, a reading under the pointer, zoom by drag, buttons and keys. */
import { drawChart } from '../chart/draw.ts';
import { plotArea } from '../chart/frame.ts';
import { formatValue, type LineChart, type PriceChart, type Window } from '../chart/spec.ts';
import { escapeHtml } from '../escape.ts';
import { formatMinute } from '../format.ts';

type TimeChart = LineChart | PriceChart;

export type LiveChart = {
  /** Shows another chart in the same figure, all of it. */
  replace(chart: TimeChart): void;
  /** Shows the rows between two times, at least three of them. */
  showTimes(from: number, to: number): void;
};

/** Index of the row nearest to a time. */
function nearestRow(time: readonly number[], at: number): number {
  let low = 0;
  let high = time.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (time[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low > 0 && at - time[low - 1]! < time[low]! - at ? low - 1 : low;
}

export function hydrate(
  figure: HTMLElement,
  given: TimeChart,
  onWindow: (from: number, to: number) => void,
): LiveChart {
  const plot = figure.querySelector<HTMLElement>('.plot')!;
  const height = Number(figure.dataset['height']);
  let chart = given;
  let window: Window = { from: 0, to: chart.time.length - 1 };
  let row = -1;
  let dragFrom = -1;
  const svgHost = document.createElement('div');
  const cross = element('cross');
  const brush = element('brush');
  const tip = element('tip');
  tip.setAttribute('role', 'status');
  plot.replaceChildren(svgHost, cross, brush, tip);
  plot.tabIndex = 0;
  plot.setAttribute('role', 'group');
  plot.setAttribute('aria-label', `${chart.title}: arrow keys read values, plus and minus zoom, 0 shows all`);

  const width = (): number => Math.max(280, plot.clientWidth);
  const area = () => plotArea({ width: width(), height });
  const draw = (): void => {
    svgHost.innerHTML = drawChart(chart, { width: width(), height }, window);
    hide();
  };
  const hide = (): void => {
    for (const part of [cross, brush, tip]) part.hidden = true;
    row = -1;
  };
  const start = (): number => chart.time[window.from]!;
  const end = (): number => chart.time[window.to]!;
  const timeAt = (x: number): number => {
    const { left, right } = area();
    return start() + ((Math.min(right, Math.max(left, x)) - left) / (right - left)) * (end() - start());
  };
  const show = (next: Window): void => {
    const last = chart.time.length - 1;
    let from = Math.max(0, Math.min(next.from, last));
    let to = Math.min(last, Math.max(next.to, from));
    if (to - from < 2) {
      from = Math.max(0, from - 1);
      to = Math.min(last, from + 2);
    }
    window = { from, to };
    draw();
  };
  const zoom = (next: Window): void => {
    show(next);
    for (const button of figure.querySelectorAll('[data-range]')) {
      button.setAttribute('aria-pressed', String(button.getAttribute('data-range') === 'All' && isAll()));
    }
    onWindow(start(), end());
  };
  const isAll = (): boolean => window.from === 0 && window.to === chart.time.length - 1;

  const read = (at: number): void => {
    row = Math.max(window.from, Math.min(window.to, at));
    const { left, right } = area();
    const x = left + ((chart.time[row]! - start()) / (end() - start() || 1)) * (right - left);
    cross.style.left = `${x}px`;
    tip.innerHTML = `<b>${formatMinute(chart.time[row]!)}</b>${reading(chart, row)}`;
    cross.hidden = false;
    tip.hidden = false;
    const room = tip.offsetWidth + 14;
    tip.style.left = `${x + room > right ? x - room : x + 14}px`;
  };

  plot.addEventListener('pointermove', (event) => {
    const x = event.clientX - plot.getBoundingClientRect().left;
    read(nearestRow(chart.time, timeAt(x)));
    if (dragFrom < 0) return;
    brush.hidden = false;
    brush.style.left = `${Math.min(x, dragFrom)}px`;
    brush.style.width = `${Math.abs(x - dragFrom)}px`;
  });
  plot.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'mouse' && event.button === 0) {
      dragFrom = event.clientX - plot.getBoundingClientRect().left;
      plot.setPointerCapture(event.pointerId);
    }
  });
  plot.addEventListener('pointerup', (event) => {
    const x = event.clientX - plot.getBoundingClientRect().left;
    const from = dragFrom;
    dragFrom = -1;
    brush.hidden = true;
    if (from < 0 || Math.abs(x - from) < 6) return;
    zoom({
      from: nearestRow(chart.time, timeAt(Math.min(from, x))),
      to: nearestRow(chart.time, timeAt(Math.max(from, x))),
    });
  });
  plot.addEventListener('pointerleave', () => {
    if (dragFrom < 0) hide();
  });
  plot.addEventListener('dblclick', () => zoom({ from: 0, to: chart.time.length - 1 }));
  plot.addEventListener('blur', hide);
  plot.addEventListener('keydown', (event) => {
    const span = window.to - window.from;
    const step = Math.max(1, Math.round(span / (event.shiftKey ? 10 : 100)));
    const at = row < 0 ? window.to : row;
    if (event.key === 'ArrowLeft') read(at - step);
    else if (event.key === 'ArrowRight') read(row < 0 ? at : at + step);
    else if (event.key === 'Home') read(window.from);
    else if (event.key === 'End') read(window.to);
    else if (event.key === '0' || event.key === 'Escape') zoom({ from: 0, to: chart.time.length - 1 });
    else if (event.key === '+' || event.key === '=') {
      zoom({ from: Math.round(at - span / 4), to: Math.round(at + span / 4) });
    } else if (event.key === '-')
      zoom({ from: Math.round(window.from - span / 2), to: Math.round(window.to + span / 2) });
    else return;
    event.preventDefault();
  });
  for (const button of figure.querySelectorAll<HTMLButtonElement>('[data-range]')) {
    button.addEventListener('click', () => {
      const months = { '1M': 1, '3M': 3, '6M': 6, '1Y': 12 }[button.dataset['range'] ?? ''];
      const last = chart.time.length - 1;
      const from = months === undefined ? 0 : nearestRow(chart.time, chart.time[last]! - months * 30.44 * 86_400_000);
      zoom({ from, to: last });
      for (const other of figure.querySelectorAll('[data-range]')) {
        other.setAttribute('aria-pressed', String(other === button));
      }
    });
  }
  const log = figure.querySelector<HTMLButtonElement>('[data-log]');
  log?.addEventListener('click', () => {
    if (chart.kind !== 'line') return;
    chart = { ...chart, log: chart.log !== true };
    log.setAttribute('aria-pressed', String(chart.log));
    draw();
  });
  new ResizeObserver(draw).observe(plot);
  draw();
  return {
    replace(next) {
      chart = next;
      zoom({ from: 0, to: next.time.length - 1 });
    },
    showTimes(from, to) {
      show({ from: nearestRow(chart.time, from), to: nearestRow(chart.time, to) });
      if (figure.dataset['chart'] !== 'price') return;
      for (const button of figure.querySelectorAll('[data-range]'))
        button.setAttribute('aria-pressed', String(isAll() && button.getAttribute('data-range') === 'All'));
    },
  };
}

function element(className: string): HTMLElement {
  const div = document.createElement('div');
  div.className = className;
  div.hidden = true;
  return div;
}

function reading(chart: TimeChart, row: number): string {
  const line = (name: string, value: number): string =>
    `<div>${escapeHtml(name)} <i>${escapeHtml(formatValue(chart.unit, value))}</i></div>`;
  if (chart.kind === 'line') return chart.series.map((series) => line(series.name, series.values[row]!)).join('');
  const { candles } = chart;
  return (
    (candles === undefined
      ? ''
      : line('open', candles.open[row]!) + line('high', candles.high[row]!) + line('low', candles.low[row]!)) +
    line('close', chart.close[row]!)
  );
}
