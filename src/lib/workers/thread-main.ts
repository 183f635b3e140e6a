/** Entry of a thread; imported for nothing else. */
import { serveThread } from './thread.ts';

serveThread();
