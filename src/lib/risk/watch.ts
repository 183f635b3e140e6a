/** Watches equity against the drawdown and daily loss limits, and holds the kill switch. */
import { DAY } from '../model/index.ts';
import { TOTAL } from '../portfolio/index.ts';
import type { KillAction, RiskConfig } from './config.ts';

/** What the engine must do now. It is a level, not an edge: it stays until trading may resume. */
export type RiskState = 'none' | KillAction;

const severity: Record<RiskState, number> = { none: 0, block: 1, flatten: 2, stop: 3 };

/** 1 - 96 / 120 is a shade below 0.2. */
const ROUNDING = 1e-12;

const PEAK = 0;
const LAST = 1;
const DAY_START = 2;
const DAY_NUMBER = 3;
const DRAWDOWN = 4;
const DAILY_LOSS = 5;

export class Watch {
  state: RiskState = 'none';
  private readonly config: RiskConfig;
  /** Some limit looks at drawdown or at the day's loss. */
  readonly measures: boolean;
  private readonly seen = Float64Array.of(Number.NaN, Number.NaN, Number.NaN, Number.NaN, 0, 0);
  private manual: RiskState = 'none';
  private manualReason = '';
  private drawdownHalt: RiskState = 'none';
  private dailyHalt: RiskState = 'none';
  private haltReason = '';
  private dailyReason = '';

  constructor(config: RiskConfig) {
    this.config = config;
    this.measures =
      config.maxDrawdown !== undefined || config.maxDailyLoss !== undefined || config.drawdownScaling !== undefined;
  }

  /** Numbers come in arrays: a double argument of a call that is not inlined would be allocated. */
  observe(totals: Float64Array, clock: Float64Array): RiskState {
    if (!this.measures) return this.state;
    const seen = this.seen;
    const equity = totals[TOTAL.equity]!;
    // An instant at midnight completes the day before it: that is where a daily bar ends.
    const day = Math.ceil(clock[0]! / DAY) - 1;
    if (day !== seen[DAY_NUMBER]) {
      seen[DAY_START] = Number.isNaN(seen[LAST]!) ? equity : seen[LAST]!;
      seen[DAY_NUMBER] = day;
      if (this.dailyHalt !== 'stop') this.dailyHalt = 'none';
      this.refresh();
    }
    if (!(equity <= seen[PEAK]!)) seen[PEAK] = equity;
    seen[LAST] = equity;
    seen[DRAWDOWN] = 1 - equity / seen[PEAK]!;
    seen[DAILY_LOSS] = 1 - equity / seen[DAY_START]!;

    const { maxDrawdown, maxDailyLoss } = this.config;
    if (
      maxDrawdown !== undefined &&
      this.drawdownHalt === 'none' &&
      seen[DRAWDOWN]! >= maxDrawdown.fraction - ROUNDING
    ) {
      this.drawdownHalt = maxDrawdown.action;
      this.refresh();
      this.haltReason = `drawdown ${percent(seen[DRAWDOWN]!)} reached the limit of ${percent(maxDrawdown.fraction)}`;
    }
    if (
      maxDailyLoss !== undefined &&
      this.dailyHalt === 'none' &&
      seen[DAILY_LOSS]! >= maxDailyLoss.fraction - ROUNDING
    ) {
      this.dailyHalt = maxDailyLoss.action;
      this.refresh();
      this.dailyReason = `daily loss ${percent(seen[DAILY_LOSS]!)} reached the limit of ${percent(maxDailyLoss.fraction)}`;
    }
    return this.state;
  }

  /** Why trading is restricted; empty when it is not. */
  get reason(): string {
    const state = this.state;
    if (state === 'none') return '';
    if (this.manual === state) return this.manualReason;
    return this.drawdownHalt === state ? this.haltReason : this.dailyReason;
  }

  /** Fall from the peak as a positive fraction; 0 before the first observation. */
  get drawdown(): number {
    const drawdown = this.seen[DRAWDOWN]!;
    return Math.max(drawdown, 0);
  }

  /** What is left of an opening order under the drawdown scaling, 0 to 1. */
  get scale(): number {
    const scaling = this.config.drawdownScaling;
    if (scaling === undefined || this.drawdown <= scaling.from) return 1;
    if (this.drawdown >= scaling.to) return 0;
    return (scaling.to - this.drawdown) / (scaling.to - scaling.from);
  }

  kill(action: KillAction, reason: string): void {
    if (severity[action] < severity[this.manual]) return;
    this.manual = action;
    this.manualReason = reason;
    this.refresh();
  }

  release(): void {
    this.manual = 'none';
    this.drawdownHalt = 'none';
    this.dailyHalt = 'none';
    this.refresh();
    // Measured from the old peak and the old day's start, the next observation would halt again at once.
    this.seen[PEAK] = this.seen[LAST]!;
    this.seen[DAY_START] = this.seen[LAST]!;
    this.seen[DRAWDOWN] = 0;
  }

  private refresh(): void {
    this.state = worse(worse(this.manual, this.drawdownHalt), this.dailyHalt);
  }
}

function worse(a: RiskState, b: RiskState): RiskState {
  return severity[b] > severity[a] ? b : a;
}

function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(2)} %`;
}
