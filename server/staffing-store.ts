/** Who may work where: the file `staffing.json` of the data folder, read at the start and replaced by who configures. */
import { StaffingWorld, type StaffingWorldInput } from '#shared/staffing-world.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';

export interface StaffingStore {
  /** `null` while nobody said who may work where: then nothing is suggested. */
  get(): StaffingWorld | null;
  put(world: StaffingWorld): void;
}

/** The store of a file; until there is one `given` holds. Throws ConfigError naming the field. */
export const openStaffingStore = (file: string, given: StaffingWorldInput | null = null): StaffingStore =>
  storeOf(readJsonFile(file, StaffingWorld) ?? parsed(given), (world) => writeJsonFile(file, world));

/** A store that forgets with the process. */
export const staffingInMemory = (given: StaffingWorldInput | null = null): StaffingStore =>
  storeOf(parsed(given), () => undefined);

const parsed = (given: StaffingWorldInput | null): StaffingWorld | null =>
  given === null ? null : StaffingWorld.parse(given);

function storeOf(first: StaffingWorld | null, keep: (world: StaffingWorld) => void): StaffingStore {
  let world = first;
  return {
    get: () => world,
    put(replaced) {
      keep(replaced);
      world = replaced;
    },
  };
}
