/** Scales from values to pixels and the round ticks on them. Pure, and also part of the page's script. */

export type Tick = { readonly value: number; readonly label: string };
export type Scale = (value: number) => number;

export function linearScale(low: number, high: number, start: number, end: number): Scale {
  const factor = high === low ? 0 : (end - start) / (high - low);
  return (value) => start + (value - low) * factor;
}

/** For positive domains. */
export function logScale(low: number, high: number, start: number, end: number): Scale {
  const inner = linearScale(Math.log(low), Math.log(high), start, end);
  return (value) => inner(Math.log(value));
}

/** Round values 1, 2 or 5 x 10^k within [low, high], about `count` of them. */
export function linearTicks(low: number, high: number, count: number): number[] {
  const span = high - low;
  // A span lost in the rounding of the values has no ticks of its own.
  const size = Math.max(Math.abs(low), Math.abs(high), 1e-300);
  if (!(span > size * 1e-9) || !Number.isFinite(span)) return Number.isFinite(low) ? [low] : [];
  const raw = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5, 10].find((m) => m * power >= raw * 0.75) ?? 10) * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** 1, 2 and 5 x 10^k where the domain spans a decade or more; linear ticks below that. */
export function logTicks(low: number, high: number, count: number): number[] {
  if (!(low > 0) || !Number.isFinite(high / low)) return [];
  if (high / low < 10) return linearTicks(low, high, count);
  const out: number[] = [];
  for (let k = Math.floor(Math.log10(low)); k <= Math.ceil(Math.log10(high)); k++) {
    for (const m of high / low > 1000 ? [1] : [1, 2, 5]) {
      const value = m * 10 ** k;
      if (value >= low && value <= high) out.push(value);
    }
  }
  return out;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const minute = 60_000;
const day = 86_400_000;
const fixedSteps = [1, 5, 15, 30, 60, 180, 360, 720].map((m) => m * minute);
const daySteps = [1, 2, 7, 14].map((d) => d * day);
const monthSteps = [1, 2, 3, 6, 12, 24, 60, 120] as const;

/** Ticks on round UTC times in [low, high], at most `count`: minutes, days, months or years. */
export function timeTicks(low: number, high: number, count: number): Tick[] {
  const span = high - low;
  if (!(span > 0)) return [];
  const wanted = span / Math.max(1, count);
  const fixed = [...fixedSteps, ...daySteps].find((step) => step >= wanted);
  if (fixed !== undefined) {
    const out: Tick[] = [];
    for (let t = Math.ceil(low / fixed) * fixed; t <= high; t += fixed)
      out.push({ value: t, label: timeLabel(t, fixed) });
    return out;
  }
  const month = day * 30.44;
  const step = monthSteps.find((m) => m * month >= wanted) ?? 240;
  const from = new Date(low);
  const out: Tick[] = [];
  const start = Math.floor((from.getUTCFullYear() * 12 + from.getUTCMonth()) / step) * step;
  for (let at = start; ; at += step) {
    const value = Date.UTC(Math.floor(at / 12), at % 12, 1);
    if (value > high) return out;
    if (value >= low) out.push({ value, label: monthLabel(at) });
  }
}

function timeLabel(time: number, step: number): string {
  const date = new Date(time);
  const name = `${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ''}`;
  if (step >= day || time % day === 0) return name;
  return date.toISOString().slice(11, 16);
}

function monthLabel(at: number): string {
  const year = Math.floor(at / 12);
  return at % 12 === 0 ? String(year) : (months[at % 12] ?? '');
}
