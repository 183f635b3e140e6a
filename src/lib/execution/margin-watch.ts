/** How far a margin account is from a margin call, kept up with every mark at O(1). */
import { type Account, TOTAL } from '../portfolio/index.ts';
import type { ReportQueue } from './report-queue.ts';

/**
 * Slack is equity - maintenance x gross value. It is linear in every price, so one weight per instrument carries it from mark to mark,
 * and its least value on a set of bars is found at their extremes. A cash account has none to run out of.
 */
export class MarginWatch {
  /** Change of slack per unit of price; 0 where nothing is held. */
  readonly weight: Float64Array;
  /** One cell: the slack at the present marks; infinite without positions. */
  readonly slack: Float64Array = new Float64Array([Number.POSITIVE_INFINITY]);
  private readonly account: Account;
  private readonly enabled: boolean;

  constructor(account: Account) {
    this.account = account;
    this.enabled = account.config.kind === 'margin';
    this.weight = new Float64Array(account.instruments.length);
  }

  /** Starts afresh from the account after a fill or a split. */
  refresh(instrument: number): void {
    if (!this.enabled) return;
    const account = this.account;
    const units = account.quantity[instrument]! * account.instruments[instrument]!.multiplier;
    this.weight[instrument] = units - account.config.maintenance * Math.abs(units);
    this.revalue();
  }

  /** Recomputes the slack from the present marks, which ends the drift of adding up. */
  revalue(): void {
    const account = this.account;
    account.value();
    const { maintenance } = account.config;
    const slack = account.totals[TOTAL.equity]! - maintenance * account.totals[TOTAL.gross]!;
    this.slack[0] = this.enabled && account.openCount > 0 ? slack : Number.POSITIVE_INFINITY;
  }

  /** The slack if price went to `price`, the other marks staying. */
  slackAt(instrument: number, price: number): number {
    return this.slack[0]! + this.weight[instrument]! * (price - this.account.price[instrument]!);
  }

  /** Takes over a new mark; call before it is written to the account. */
  mark(instrument: number, price: number): void {
    const weight = this.weight[instrument]!;
    if (weight !== 0) this.slack[0]! += weight * (price - this.account.price[instrument]!);
  }

  /** Price of the instrument at which the slack is used up, the other marks staying: below the mark for a long, above it for a short. */
  callPrice(instrument: number): number {
    return this.account.price[instrument]! - this.slack[0]! / this.weight[instrument]!;
  }

  report(time: number, reports: ReportQueue): void {
    const account = this.account;
    account.value();
    reports.push({
      kind: 'margin-call',
      time,
      equity: account.totals[TOTAL.equity]!,
      required: account.config.maintenance * account.totals[TOTAL.gross]!,
    });
  }
}
