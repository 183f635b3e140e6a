/** What a thread of the experiment starts with. */
import { serveExperiment } from './experiment-thread.ts';

serveExperiment();
