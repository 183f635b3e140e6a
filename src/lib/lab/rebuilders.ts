/** How each kind of artifact of the research is made again. */
import type { Rebuilders } from '../registry/index.ts';
import type { Markets } from '../runs/index.ts';
import { rebuildDataset } from './dataset.ts';
import { rebuildDiscovery } from './discovery.ts';
import { rebuildPrecursor } from './precursor.ts';
import { rebuildValidation } from './validation.ts';

export function researchRebuilders(markets: Markets): Rebuilders {
  return {
    dataset: rebuildDataset(markets),
    discovery: rebuildDiscovery(markets),
    validation: rebuildValidation(markets),
    precursor: rebuildPrecursor(markets),
  };
}
