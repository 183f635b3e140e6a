/** What a starter of sweeps may say of its patience with Redis and its workers. */
export type RollCallOptions = {
  readonly redis: string;
  /** How long to wait for the first worker, for one when all went, and for Redis when it went; 30 s when left out. */
  readonly patienceMs?: number;
  /** Hears what a person should know: waiting for workers, a connection that was lost. */
  readonly onNotice?: (message: string) => void;
};
