/** What it costs to hold: borrow on short positions and interest on negative cash, by calendar day. */
import { DAY } from '../model/index.ts';
import { type Account, TOTAL } from '../portfolio/index.ts';
import type { ReportQueue } from './report-queue.ts';

/** Annual rates are spread over this many days (actual/365). */
const daysPerYear = 365;

export class DailyCharges {
  private readonly account: Account;
  private readonly reports: ReportQueue;
  private readonly free: boolean;
  /** Start of the first day that was not charged for yet. */
  private from = Number.NaN;

  constructor(account: Account, reports: ReportQueue) {
    this.account = account;
    this.reports = reports;
    this.free = account.config.borrowRate === 0 && account.config.interestRate === 0;
  }

  /** First time at which something falls due; before it `post` has nothing to do. */
  get due(): number {
    if (this.free) return Number.POSITIVE_INFINITY;
    return Number.isNaN(this.from) ? Number.NEGATIVE_INFINITY : this.from + DAY;
  }

  /** Charges every whole UTC day before `time` on what was held overnight, at the last marks. */
  post(time: number): void {
    const today = Math.floor(time / DAY) * DAY;
    const days = Number.isNaN(this.from) ? 0 : (today - this.from) / DAY;
    this.from = today;
    if (days <= 0) return;
    const account = this.account;
    const { borrowRate, interestRate } = account.config;
    const interest = (Math.max(-account.totals[TOTAL.cash]!, 0) * interestRate * days) / daysPerYear;
    for (let k = 0; k < account.openCount; k += 1) {
      const i = account.open[k]!;
      const short = Math.max(-account.quantity[i]!, 0) * account.price[i]! * account.instruments[i]!.multiplier;
      const amount = (short * borrowRate * days) / daysPerYear;
      if (amount === 0) continue;
      account.charge('borrow', amount);
      this.reports.push({ kind: 'charged', charge: 'borrow', instrument: i, time: today, amount });
    }
    if (interest === 0) return;
    account.charge('interest', interest);
    this.reports.push({ kind: 'charged', charge: 'interest', instrument: -1, time: today, amount: interest });
  }
}
