/** The one catalogue of error codes: what each means and which exit code the command line gives it. `docs/errors.md` lists exactly these. */

/** Exit codes of the `sigma` command by kind of failure. */
export const exitCodes = {
  ok: 0,
  bug: 1,
  usage: 2,
  data: 3,
  gate: 4,
  service: 5,
  supervision: 6,
  interrupted: 130,
} as const;

type Entry = { readonly exit: keyof typeof exitCodes; readonly means: string };

export const errorCodes = {
  'usage/unknown-command': { exit: 'usage', means: 'A command or option does not exist.' },
  'usage/bad-option': { exit: 'usage', means: 'An option has a value that it cannot take.' },
  'usage/unknown-strategy': { exit: 'usage', means: 'No strategy has that name and no file that path.' },
  'usage/unknown-parameter': { exit: 'usage', means: 'The strategy has no parameter of that name.' },
  'usage/bad-parameter': { exit: 'usage', means: 'A parameter value is of the wrong type or out of its range.' },
  'usage/empty-range': {
    exit: 'usage',
    means: 'The dates asked for leave no rows, or the start is not before the end.',
  },
  'usage/bad-expression': {
    exit: 'usage',
    means:
      'An expression as text has a syntax error, an unknown name or an argument that cannot be; the column is named.',
  },
  'usage/unknown-metric': { exit: 'usage', means: 'No metric has that name, or a search cannot rank by it.' },
  'usage/bad-space': { exit: 'usage', means: 'A search space is empty, contradicts itself or is too large to walk.' },
  'usage/unknown-study': { exit: 'usage', means: 'No stored study has that id.' },
  'usage/unknown-instrument': { exit: 'usage', means: 'The data set has no instrument of that symbol.' },
  'usage/unknown-artifact': {
    exit: 'usage',
    means: 'The registry has no artifact of that name, alias or hash, or the artifact has no such part.',
  },
  'usage/bad-artifact': { exit: 'usage', means: 'An artifact cannot be described or named like that.' },
  'usage/unknown-run': { exit: 'usage', means: 'No stored run has that id.' },
  'usage/partial-run': {
    exit: 'usage',
    means: 'The run was stopped before its end and cannot come out the same again.',
  },
  'usage/unknown-scenario': { exit: 'usage', means: 'The folder of scenarios has no file of that name.' },
  'usage/unknown-dataset': { exit: 'usage', means: 'No data set has that name and no file that path.' },
  'strategy/load-failed': {
    exit: 'usage',
    means: 'A strategy file has a syntax or type error, or does not export a strategy.',
  },
  'strategy/threw': { exit: 'data', means: 'A strategy threw while it ran; the message names instrument and bar.' },
  'strategy/bad-target': { exit: 'data', means: 'A strategy returned a target that is not a finite number.' },
  'strategy/bad-order': {
    exit: 'data',
    means: 'A strategy asked for an order that cannot exist (no price, negative quantity, unknown instrument).',
  },
  'strategy/bad-artifact': {
    exit: 'data',
    means: 'A strategy refuses the content of an artifact that it needs.',
  },
  'strategy/look-ahead': {
    exit: 'gate',
    means: 'A truncated replay changed an earlier value: the strategy reads the future.',
  },
  'study/failed-trials': {
    exit: 'data',
    means: 'Some parameter sets of a search failed; the others were measured and the study is stored.',
  },
  'study/no-result': {
    exit: 'data',
    means: 'No parameter set of a search has a defined score that meets the constraints.',
  },
  'study/too-short': { exit: 'data', means: 'There are fewer observations than the folds or windows need.' },
  'data/not-found': { exit: 'data', means: 'A file or directory does not exist.' },
  'data/unreadable': { exit: 'data', means: 'A file could not be read: truncated, corrupt, or of another format.' },
  'data/missing-column': { exit: 'data', means: 'A required column is missing.' },
  'data/bad-number': { exit: 'data', means: 'A cell is not a number where one is required.' },
  'data/bad-time': { exit: 'data', means: 'A cell is not a time in the expected format.' },
  'data/mixed-zones': {
    exit: 'data',
    means: 'Times of one column are written in more than one zone, some with and some without an offset.',
  },
  'data/unsorted': { exit: 'data', means: 'Rows are not in time order.' },
  'data/duplicate-time': { exit: 'data', means: 'Two rows of one instrument have the same time.' },
  'data/bad-bar': { exit: 'data', means: 'A bar breaks a rule: high below low, price not positive, negative volume.' },
  'data/empty': { exit: 'data', means: 'A source has no rows.' },
  'data/singular': {
    exit: 'data',
    means: 'Covariances have no inverse: a column does not vary, or is a copy or a combination of others.',
  },
  'data/quality': { exit: 'gate', means: 'The quality score is below the limit that was asked for.' },
  'data/newer-schema': {
    exit: 'data',
    means: 'A document was written by a newer version of sigma; the message names both versions.',
  },
  'data/exists': { exit: 'data', means: 'Something of that name is stored already; nothing was overwritten.' },
  'store/write-failed': {
    exit: 'service',
    means: 'The disk is full, read-only or refused the write; what was stored before is unchanged.',
  },
  'store/busy': { exit: 'service', means: 'Another process is working on the same stored thing.' },
  'store/moved': {
    exit: 'service',
    means: 'An alias was moved by somebody else meanwhile; nothing was changed.',
  },
  'store/corrupt': { exit: 'data', means: 'A stored artifact is missing a part or does not match its hash.' },
  'store/missing-block': { exit: 'data', means: 'A block of data that work refers to is not in the block store.' },
  'store/differs': { exit: 'gate', means: 'A reproduced run or artifact differs from the stored one.' },
  'scenario/invalid': {
    exit: 'usage',
    means: 'A scenario file is not YAML, or one of its keys is unknown, missing or has a value that it cannot take.',
  },
  'features/invalid': {
    exit: 'usage',
    means:
      'A feature specification has an unknown or missing key, a channel that cannot be computed, or does not fit the data.',
  },
  'research/bad-artifact': {
    exit: 'data',
    means: 'A distilled artifact lacks a key, has one that is unknown, or one with a value that it cannot take.',
  },
  'research/too-few-events': {
    exit: 'data',
    means: 'There are too few events to discover what precedes them, or to validate it on later days.',
  },
  'research/too-few-instruments': {
    exit: 'data',
    means: 'Validation exchanges events between instruments, and there are fewer than two of them.',
  },
  'research/no-survivor': { exit: 'gate', means: 'No cluster survived validation: there is nothing to distil.' },
  'service/unreachable': {
    exit: 'service',
    means: 'A database or other service did not answer or refused the connection.',
  },
  'service/refused': { exit: 'service', means: 'A database or other service answered with an error.' },
  'service/worker-died': {
    exit: 'service',
    means: 'A worker died more than once on the same parameter sets.',
  },
  'service/no-workers': { exit: 'service', means: 'No worker of this version takes part.' },
  'frame/bad-column': { exit: 'data', means: 'A frame has no such column, or its columns differ in length.' },
  'run/interrupted': {
    exit: 'interrupted',
    means: 'The run was stopped by the user; what was finished is marked as partial.',
  },
} as const satisfies Record<string, Entry>;

export type ErrorCode = keyof typeof errorCodes;
