/** What is only half written, and goes with a process that leaves in the middle: an interruption ends it without a word to whoever writes. */
import { rmSync } from 'node:fs';

const halfWritten = new Set<string>();

/** Until the returned function is called, the file or directory is removed when this process exits. */
export function removedAtExit(path: string): () => void {
  if (halfWritten.size === 0) process.on('exit', removeAll);
  halfWritten.add(path);
  return () => {
    halfWritten.delete(path);
    if (halfWritten.size === 0) process.off('exit', removeAll);
  };
}

function removeAll(): void {
  for (const path of halfWritten) rmSync(path, { recursive: true, force: true });
}
