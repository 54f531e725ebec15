/** Who may work where: the file `staffing.json` of the data folder, read at the start and replaced by who configures. */
import { StaffingWorld, type StaffingWorldInput } from '#shared/staffing-world.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import { type KeptValue, keptValue } from './kept-value.ts';

/** Empty while nobody said who may work where: then nothing is suggested. */
export type StaffingStore = KeptValue<StaffingWorld>;

/** The store of a file; until there is one `given` holds. Throws ConfigError naming the field. */
export const openStaffingStore = (file: string, given: StaffingWorldInput | null = null): StaffingStore =>
  keptValue(readJsonFile(file, StaffingWorld) ?? parsed(given), (world) => writeJsonFile(file, world));

/** A store that forgets with the process. */
export const staffingInMemory = (given: StaffingWorldInput | null = null): StaffingStore =>
  keptValue(parsed(given));

const parsed = (given: StaffingWorldInput | null): StaffingWorld | null =>
  given === null ? null : StaffingWorld.parse(given);
