/** How much of a bar's volume the venue lets one account trade. */
import { unreachable } from '../../core/index.ts';
import type { SlippageModel } from '../config.ts';

/** Units that may trade on a bar of `volume`; without a limit, or where volume is unknown (NaN), any number. */
export function volumeCap(model: SlippageModel, volume: number): number {
  const fraction = participation(model);
  return Number.isNaN(volume) || fraction === Number.POSITIVE_INFINITY ? Number.POSITIVE_INFINITY : fraction * volume;
}

function participation(model: SlippageModel): number {
  switch (model.kind) {
    case 'none':
      return Number.POSITIVE_INFINITY;
    case 'fixed':
      return model.volumeLimit ?? Number.POSITIVE_INFINITY;
    case 'volume-share':
      return model.volumeLimit;
    case 'square-root':
      return model.participation;
    default:
      return unreachable(model);
  }
}
