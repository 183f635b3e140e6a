export { atomicWrite } from './atomic-write.ts';
export { exists } from './exists.ts';
export { type Existing, writeDirectory } from './write-directory.ts';
export { writeFailed } from './write-failed.ts';
