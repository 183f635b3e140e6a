export { syntheticCrypto } from './crypto.ts';
export { generateMarket, type SyntheticMarket } from './generate.ts';
export { type CompleteSyntheticSpec, parseSyntheticSpec, type SyntheticSpec, syntheticSpecSchema } from './spec.ts';
