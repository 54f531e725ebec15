/** Who may work where: the file `staffing.json` of the data folder, read at the start and replaced by who configures. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { StaffingWorld, type StaffingWorldInput } from '#shared/staffing-world.ts';
import { ConfigError } from './config.ts';

export interface StaffingStore {
  /** `null` while nobody said who may work where: then nothing is suggested. */
  get(): StaffingWorld | null;
  put(world: StaffingWorld): void;
}

/** The store of a file; until there is one `given` holds. Throws {@link ConfigError} naming the field. */
export function openStaffingStore(file: string, given?: StaffingWorldInput): StaffingStore {
  let world = readWorld(file) ?? (given === undefined ? null : StaffingWorld.parse(given));
  return {
    get: () => world,
    put(replaced) {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(`${file}.new`, `${JSON.stringify(replaced, null, 2)}\n`, { mode: 0o600 });
      renameSync(`${file}.new`, file);
      world = replaced;
    },
  };
}

/** A store that forgets with the process. */
export function staffingInMemory(given: StaffingWorldInput | null = null): StaffingStore {
  let world = given === null ? null : StaffingWorld.parse(given);
  return {
    get: () => world,
    put(replaced) {
      world = replaced;
    },
  };
}

function readWorld(file: string): StaffingWorld | null {
  if (!existsSync(file)) return null;
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = StaffingWorld.safeParse(content);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ConfigError(`${file}, ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is wrong'}`);
}
