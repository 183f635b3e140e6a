/** Every command with its one-line summary; the code of each is imported only when it is called. */
import type { Command } from 'commander';

/** Adds arguments, options, examples and the action to a command. */
export type Configure = (command: Command) => void;

export type CommandEntry =
  | {
      readonly summary: string;
      readonly description?: string;
      readonly aliases?: readonly string[];
      readonly load: () => Promise<Configure>;
    }
  | {
      readonly summary: string;
      readonly description?: string;
      readonly commands: Readonly<Record<string, CommandEntry>>;
    };

export const commandTable: Readonly<Record<string, CommandEntry>> = {
  backtest: {
    summary: 'run a strategy over historical data',
    load: async () => (await import('./commands/backtest.ts')).backtestCommand,
  },
  optimize: {
    summary: "search a strategy's parameters, and say what the result may be believed",
    aliases: ['sweep'],
    load: async () => (await import('./commands/optimize.ts')).optimizeCommand,
  },
  allocate: {
    summary: 'spread weights over runs or instruments, walk-forward',
    load: async () => (await import('./commands/allocate.ts')).allocateCommand,
  },
  report: {
    summary: 'draw the report of a stored run, study or artifact of the research',
    load: async () => (await import('./commands/report.ts')).reportCommand,
  },
  reproduce: {
    summary: 'make a stored run or an artifact again and compare it byte by byte',
    load: async () => (await import('./commands/reproduce.ts')).reproduceCommand,
  },
  compare: {
    summary: 'compare stored runs: figures, what changed, where they part',
    load: async () => (await import('./commands/compare.ts')).compareCommand,
  },
  runs: {
    summary: 'stored runs: list, show, compare, export, annotate, remove',
    commands: {
      list: {
        summary: 'list stored runs, newest first',
        load: async () => (await import('./commands/runs/list.ts')).runsListCommand,
      },
      show: {
        summary: 'show one run',
        load: async () => (await import('./commands/runs/show.ts')).runsShowCommand,
      },
      compare: {
        summary: 'two or more runs side by side: the same as sigma compare',
        load: async () => (await import('./commands/compare.ts')).compareCommand,
      },
      export: {
        summary: 'write the tables of a run as CSV, Parquet, JSON or Arrow',
        load: async () => (await import('./commands/runs/export.ts')).runsExportCommand,
      },
      note: {
        summary: 'attach a note to a run',
        load: async () => (await import('./commands/runs/note.ts')).runsNoteCommand,
      },
      rm: {
        summary: 'remove stored runs',
        load: async () => (await import('./commands/runs/rm.ts')).runsRmCommand,
      },
    },
  },
  studies: {
    summary: 'stored searches: list, show, export, remove',
    commands: {
      list: {
        summary: 'list stored studies, newest first',
        load: async () => (await import('./commands/studies/list.ts')).studiesListCommand,
      },
      show: {
        summary: 'show one study',
        load: async () => (await import('./commands/studies/show.ts')).studiesShowCommand,
      },
      export: {
        summary: 'write all trials of a study as CSV, Parquet, JSON or Arrow',
        load: async () => (await import('./commands/studies/export.ts')).studiesExportCommand,
      },
      rm: {
        summary: 'remove stored studies',
        load: async () => (await import('./commands/studies/rm.ts')).studiesRmCommand,
      },
    },
  },
  registry: {
    summary: 'artifacts: list, show, promote, rollback, verify, diff, export, import, gc',
    commands: {
      list: {
        summary: 'list artifacts, newest first, with their aliases',
        load: async () => (await import('./commands/registry/list.ts')).registryListCommand,
      },
      show: {
        summary: 'show an artifact: its manifest, files and aliases',
        load: async () => (await import('./commands/registry/show.ts')).registryShowCommand,
      },
      promote: {
        summary: 'point an alias at an artifact',
        load: async () => (await import('./commands/registry/promote.ts')).registryPromoteCommand,
      },
      rollback: {
        summary: 'move an alias back to where it stood before',
        load: async () => (await import('./commands/registry/rollback.ts')).registryRollbackCommand,
      },
      verify: {
        summary: 'hash everything again and name what is missing or altered',
        load: async () => (await import('./commands/registry/verify.ts')).registryVerifyCommand,
      },
      diff: {
        summary: 'show what sets two artifacts apart',
        load: async () => (await import('./commands/registry/diff.ts')).registryDiffCommand,
      },
      export: {
        summary: 'write an artifact with all it was made from as one file or folder',
        load: async () => (await import('./commands/registry/export.ts')).registryExportCommand,
      },
      import: {
        summary: 'take an exported artifact in, checked',
        load: async () => (await import('./commands/registry/import.ts')).registryImportCommand,
      },
      gc: {
        summary: 'remove what no alias leads to',
        load: async () => (await import('./commands/registry/gc.ts')).registryGcCommand,
      },
    },
  },
  data: {
    summary: 'data sets: list, show, import, export, check, resample, generate, remove',
    commands: {
      list: {
        summary: 'list data sets',
        load: async () => (await import('./commands/data/list.ts')).dataListCommand,
      },
      show: {
        summary: 'show one data set, or what a file is read as',
        load: async () => (await import('./commands/data/show.ts')).dataShowCommand,
      },
      import: {
        summary: 'store a file, a directory or a table as a data set',
        load: async () => (await import('./commands/data/import.ts')).dataImportCommand,
      },
      export: {
        summary: 'write a data set as CSV, Parquet or into a database',
        load: async () => (await import('./commands/data/export.ts')).dataExportCommand,
      },
      check: {
        summary: 'score the quality of data',
        load: async () => (await import('./commands/data/check.ts')).dataCheckCommand,
      },
      resample: {
        summary: 'store a data set at a longer timeframe',
        load: async () => (await import('./commands/data/resample.ts')).dataResampleCommand,
      },
      generate: {
        summary: 'make a synthetic market',
        load: async () => (await import('./commands/data/generate.ts')).dataGenerateCommand,
      },
      rm: {
        summary: 'remove data sets of the project',
        load: async () => (await import('./commands/data/rm.ts')).dataRmCommand,
      },
    },
  },
  strategies: {
    summary: 'strategies: list, show, new, check',
    commands: {
      list: {
        summary: 'list strategies that can be named',
        load: async () => (await import('./commands/strategies/list.ts')).strategiesListCommand,
      },
      show: {
        summary: "show a strategy's parameters",
        load: async () => (await import('./commands/strategies/show.ts')).strategiesShowCommand,
      },
      new: {
        summary: 'write a strategy file to start from',
        load: async () => (await import('./commands/strategies/new.ts')).strategiesNewCommand,
      },
      check: {
        summary: 'prove by truncated replays that a strategy does not look ahead',
        load: async () => (await import('./commands/strategies/check.ts')).strategiesCheckCommand,
      },
    },
  },
  worker: {
    summary: 'evaluate trials of sweeps that other machines hand out',
    load: async () => (await import('./commands/worker.ts')).workerCommand,
  },
  scenarios: {
    summary: 'scenarios: list, show, run',
    commands: {
      list: {
        summary: 'list scenarios',
        load: async () => (await import('./commands/scenarios/list.ts')).scenariosListCommand,
      },
      show: {
        summary: 'show a scenario and what is expected in it',
        load: async () => (await import('./commands/scenarios/show.ts')).scenariosShowCommand,
      },
      run: {
        summary: 'run strategies through scenarios and compare with the baseline',
        load: async () => (await import('./commands/scenarios/run.ts')).scenariosRunCommand,
      },
    },
  },
  features: {
    summary: 'feature specifications: new, check',
    commands: {
      new: {
        summary: 'write a specification that fits a data set',
        load: async () => (await import('./commands/features/new.ts')).featuresNewCommand,
      },
      check: {
        summary: 'check a specification and show what it is computed from',
        load: async () => (await import('./commands/features/check.ts')).featuresCheckCommand,
      },
    },
  },
  dataset: {
    summary: 'data sets of the research: build',
    commands: {
      build: {
        summary: 'events with labels, references and the windows before them',
        load: async () => (await import('./commands/research/dataset-build.ts')).datasetBuildCommand,
      },
    },
  },
  discover: {
    summary: 'find what recurs in a market, without a look at events',
    load: async () => (await import('./commands/research/discover.ts')).discoverCommand,
  },
  validate: {
    summary: 'test out of sample which clusters precede events',
    load: async () => (await import('./commands/research/validate.ts')).validateCommand,
  },
  distill: {
    summary: 'boil survivors down to a document that a strategy runs',
    load: async () => (await import('./commands/research/distill.ts')).distillCommand,
  },
  experiment: {
    summary: 'experiments on markets whose truth is known: precursors, market',
    commands: {
      precursors: {
        summary: 'how much of what was planted the research finds, and how often chance fools it',
        load: async () => (await import('./commands/experiment/precursors.ts')).experimentPrecursorsCommand,
      },
      market: {
        summary: 'store a synthetic market with planted precursors, its features and its events',
        load: async () => (await import('./commands/experiment/market.ts')).experimentMarketCommand,
      },
    },
  },
  drift: {
    summary: 'compare what a precursor promised with what came',
    load: async () => (await import('./commands/research/drift.ts')).driftCommand,
  },
  replay: {
    summary: "replay a session's journal and compare the decisions",
    load: async () => (await import('./commands/replay.ts')).replayCommand,
  },
  indicators: {
    summary: 'indicators: list, show',
    commands: {
      list: {
        summary: 'list indicators',
        load: async () => (await import('./commands/indicators/list.ts')).indicatorsListCommand,
      },
      show: {
        summary: 'show one indicator',
        load: async () => (await import('./commands/indicators/show.ts')).indicatorsShowCommand,
      },
    },
  },
  metrics: {
    summary: 'metrics: list',
    commands: {
      list: {
        summary: 'list metrics with formulas and sources',
        load: async () => (await import('./commands/metrics/list.ts')).metricsListCommand,
      },
    },
  },
  completion: {
    summary: 'completion script for bash, zsh or fish',
    commands: {
      bash: {
        summary: 'script for bash',
        load: async () => (await import('./commands/completion/bash.ts')).bashCompletionCommand,
      },
      zsh: {
        summary: 'script for zsh',
        load: async () => (await import('./commands/completion/zsh.ts')).zshCompletionCommand,
      },
      fish: {
        summary: 'script for fish',
        load: async () => (await import('./commands/completion/fish.ts')).fishCompletionCommand,
      },
    },
  },
  doctor: {
    summary: 'check that this machine and folder are ready',
    load: async () => (await import('./commands/doctor.ts')).doctorCommand,
  },
};
