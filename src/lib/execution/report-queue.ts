/** Reports on their way to the engine; two arrays take turns, so draining allocates nothing. */
import type { VenueReport } from '../model/index.ts';

const nothing: readonly VenueReport[] = [];

export class ReportQueue {
  #filling: VenueReport[] = [];
  #drained: VenueReport[] = [];

  push(report: VenueReport): void {
    this.#filling.push(report);
  }

  get length(): number {
    return this.#filling.length;
  }

  /** Valid until the next call. */
  drain(): readonly VenueReport[] {
    if (this.#filling.length === 0) return nothing;
    const reports = this.#filling;
    this.#filling = this.#drained;
    this.#filling.length = 0;
    this.#drained = reports;
    return reports;
  }
}
