/** Files and folders that are written whole or not at all. */
export { atomicWrite } from './atomic-write.ts';
export { exists } from './exists.ts';
export { makeFolder } from './make-folder.ts';
export { type Existing, writeDirectory } from './write-directory.ts';
export { writeFailed } from './write-failed.ts';
