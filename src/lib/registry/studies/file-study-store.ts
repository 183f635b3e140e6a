/** Studies as plain files: `<root>/<id>/` with the decision, a journal a stage, and at the end the result and `trials.parquet`. */
import { existsSync, statSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, hashJson, type Json, SigmaError } from '../../core/index.ts';
import { atomicWrite, makeFolder } from '../../storage/index.ts';
import { openAppendLog, readAppendLog } from '../append-log.ts';
import { lock } from '../lock.ts';
import { readable } from '../readable.ts';
import type { TableFiles } from '../table-files.ts';
import { unlessMissing } from '../unless-missing.ts';
import { HINT, writeFailed } from '../write-failed.ts';
import type { OpenStudy, StoredStudy, StudyDecision, StudyMeta, StudyStore, StudySummary } from './study-store.ts';

const files = ['study.json', 'result.json'] as const;

/** First 12 hexadecimal digits of the hash of everything that decides the study. */
export function studyId(decision: StudyDecision): string {
  return hashJson(decision as unknown as Json).slice(0, 12); // plain data throughout
}

/** @param root the folder that holds one folder a study */
export function fileStudyStore(root: string, tables: TableFiles): StudyStore {
  const trialsFile = (id: string): string => join(root, id, `trials.${tables.extension}`);
  return {
    open: async (decision, meta, fresh = false) => {
      const id = studyId(decision);
      const folder = join(root, id);
      await writing(folder, async () => makeFolder(join(folder, 'stages')));
      const unlock = await lock(join(folder, 'lock'), { what: `study ${id}` });
      try {
        if (fresh) {
          await rm(join(folder, 'result.json'), { force: true });
          await rm(join(folder, 'stages'), { recursive: true, force: true });
        }
        if (!existsSync(join(folder, 'study.json')))
          await writeWhole(join(folder, 'study.json'), `${canonicalJson({ decision, meta } as unknown as Json)}\n`);
        return openStudy(folder, id, unlock, (frame) =>
          atomicWrite(trialsFile(id), (temporary) => tables.write(frame, temporary), HINT),
        );
      } catch (error) {
        await unlock();
        throw error;
      }
    },
    list: async (onProblem) => {
      const names = (await unlessMissing(readdir(root))) ?? [];
      // One that was refused, or killed before it wrote anything, leaves an empty folder.
      const ids = names.filter(
        (id) => /^[0-9a-f]{12}$/.test(id) && files.some((file) => existsSync(join(root, id, file))),
      );
      const folder = (id: string): string => join(root, id);
      return readable(ids, (id) => readSummary(root, id), { folder, onProblem });
    },
    load: async (id): Promise<StoredStudy> => ({
      ...(await readSummary(root, id)),
      trials: () => {
        if (!existsSync(trialsFile(id))) throw unfinished(id);
        return tables.read(trialsFile(id));
      },
    }),
    remove: async (id) => {
      await readSummary(root, id);
      await writing(join(root, id), () => rm(join(root, id), { recursive: true }));
    },
  };
}

async function openStudy(
  folder: string,
  id: string,
  unlock: () => Promise<void>,
  writeTrials: (frame: Parameters<OpenStudy['finish']>[1]) => Promise<void>,
): Promise<OpenStudy> {
  const result = await readResult(folder);
  return {
    id,
    ...(result === undefined ? {} : { result }),
    stage: (name) => {
      const path = join(folder, 'stages', `${name}.journal`);
      const known = readAppendLog(path);
      const log = openAppendLog(path, { repair: true });
      return { known, append: log.append, close: log.close };
    },
    finish: async (content, trials) => {
      await writeTrials(trials);
      await writeWhole(join(folder, 'result.json'), `${canonicalJson(content)}\n`);
      await rm(join(folder, 'stages'), { recursive: true, force: true });
    },
    release: async () => {
      try {
        if (await isBlank(folder)) await rm(join(folder, 'study.json'), { force: true });
      } finally {
        await unlock();
      }
    },
  };
}

/** Whether nothing was ever evaluated: a study that was refused is none, and is listed no more than one killed before it wrote anything. */
async function isBlank(folder: string): Promise<boolean> {
  if (existsSync(join(folder, 'result.json'))) return false;
  const journals = (await unlessMissing(readdir(join(folder, 'stages')))) ?? [];
  return journals.every((name) => statSync(join(folder, 'stages', name)).size === 0);
}

async function readSummary(root: string, id: string): Promise<StudySummary> {
  const path = join(root, id, 'study.json');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined && existsSync(join(root, id, 'result.json'))) throw corrupt(path, 'the file is gone');
  if (text === undefined)
    throw new SigmaError('usage/unknown-study', `there is no stored study '${id}'`, { hint: 'see sigma studies list' });
  const stored: { readonly decision: StudyDecision; readonly meta: StudyMeta } = parse(text, path);
  if (studyId(stored.decision) !== id) throw corrupt(path, 'the study does not belong to this id');
  const result = await readResult(join(root, id));
  return { id, ...stored, ...(result === undefined ? {} : { result }) };
}

async function readResult(folder: string): Promise<Json | undefined> {
  const path = join(folder, 'result.json');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parse(text, path);
}

function parse<T>(text: string, path: string): T {
  try {
    return JSON.parse(text);
  } catch {
    throw corrupt(path, 'the file is not JSON');
  }
}

function corrupt(path: string, found: string): SigmaError {
  return new SigmaError('store/corrupt', found, {
    where: path,
    hint: 'remove the folder of the study and make it again',
  });
}

function unfinished(id: string): SigmaError {
  return new SigmaError('usage/unknown-study', `study ${id} is not finished`, {
    hint: 'the command that began it takes it up again',
  });
}

async function writing<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw writeFailed(path, cause);
  }
}

function writeWhole(path: string, text: string): Promise<void> {
  return atomicWrite(path, (temporary) => writeFile(temporary, text), HINT);
}
