/** Reports on their way to the engine. */
import type { Fifo } from '../core/index.ts';
import type { VenueReport } from '../model/index.ts';

export type ReportQueue = Fifo<VenueReport>;
