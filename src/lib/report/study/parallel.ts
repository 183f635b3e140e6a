/** Parallel coordinates (Inselberg 1985): one line a set through the axes of all parameters to its score. */
import { px } from '../chart/frame.ts';
import { escapeHtml } from '../escape.ts';
import { formatNumber } from '../format.ts';
import { colour } from './heat-map.ts';
import { levelsOf, type StudyTrials, short } from './study-trials.ts';

const MOST_LINES = 400;
const LEFT = 46;
const TOP = 30;
const BOTTOM = 24;

/** The best sets stand in front; where there are more than 400, every so many of the others are drawn. */
export function parallelCoordinates(
  { params, score }: StudyTrials,
  order: readonly number[],
  width: number,
  height: number,
): string {
  const axes = [...params.map(({ name, values }) => axisOf(name, values)), axisOf('score', Array.from(score))];
  const gap = (width - 2 * LEFT) / Math.max(1, axes.length - 1);
  const y = (share: number): number => height - BOTTOM - share * (height - TOP - BOTTOM);
  const lines = [...chosen(order)]
    .reverse()
    .map((t) => {
      const rank = order.indexOf(t) / Math.max(1, order.length - 1);
      const points = axes.map(({ share }, k) => `${px(LEFT + k * gap)} ${px(y(share(t)))}`).join('L');
      return `<path d="M${points}" fill="none" stroke="${colour(1 - rank)}" stroke-width="${rank < 0.02 ? 1.8 : 0.9}" opacity="${rank < 0.1 ? 0.95 : 0.45}"/>`;
    })
    .join('');
  const drawn = axes
    .map(({ name, low, high }, k) => {
      const x = px(LEFT + k * gap);
      const text = (content: string, at: number, tick: boolean): string =>
        `<text${tick ? ' class="tick"' : ''} x="${x}" y="${px(at)}" text-anchor="middle">${escapeHtml(content)}</text>`;
      return `<line class="axis" x1="${x}" x2="${x}" y1="${TOP}" y2="${height - BOTTOM}"/>${text(name, 12, false)}${text(high, TOP - 5, true)}${text(low, height - BOTTOM + 15, true)}`;
    })
    .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="parallel coordinates of the sets">${lines}${drawn}</svg>`;
}

type Axis = {
  readonly name: string;
  readonly low: string;
  readonly high: string;
  readonly share: (t: number) => number;
};

function axisOf(name: string, values: readonly (number | string | boolean)[]): Axis {
  if (values.every((value) => typeof value === 'number')) {
    const numbers = values.map(Number).filter(Number.isFinite);
    const low = numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    const high = numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    const text = name === 'score' ? (value: number) => formatNumber(value) : short;
    return { name, low: text(low), high: text(high), share: (t) => (Number(values[t]) - low) / (high - low || 1) };
  }
  const levels = levelsOf(values);
  return {
    name,
    low: short(levels[0] ?? ''),
    high: short(levels.at(-1) ?? ''),
    share: (t) => levels.indexOf(values[t]!) / Math.max(1, levels.length - 1),
  };
}

function chosen(order: readonly number[]): readonly number[] {
  const front = order.slice(0, MOST_LINES / 4);
  const rest = order.slice(front.length);
  const every = Math.max(1, Math.ceil(rest.length / (MOST_LINES - front.length)));
  return [...front, ...rest.filter((_, k) => k % every === 0)];
}
