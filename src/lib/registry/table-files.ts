/** The port of stored tables: runs and studies know nothing of their format. */
import type { Frame } from '../frame/index.ts';

export interface TableFiles {
  readonly extension: string;
  write(table: Frame, path: string): Promise<void>;
  read(path: string): Promise<Frame>;
}
