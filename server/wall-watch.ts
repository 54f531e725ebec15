/** Which screens have fallen silent: what they said of themselves last is kept with them, so a restart forgets nothing. */
import type { Device } from '#shared/administration.ts';
import type { Devices } from './auth/devices.ts';
import type { Clock } from './clock.ts';
import type { SilentWalls } from './domain/alerts/readings.ts';
import type { Logger } from './logger.ts';

/** What screens said is read this often, ms. */
export const LOOK_AT_WALLS_MS = 10_000;
const SECOND_MS = 1_000;

export interface WallWatch {
  /** Reads what they said; to be called every {@link LOOK_AT_WALLS_MS}. */
  look(): Promise<void>;
  silent: SilentWalls;
}

/** The watch over paired screens; without accounts there are none. */
export function createWallWatch(parts: {
  devices: Pick<Devices, 'list'> | null;
  clock: Clock;
  logger: Logger;
}): WallWatch {
  const { devices, clock, logger } = parts;
  /** While there was no server, or its accounts could not be read, nobody could be heard. */
  let listeningSince = clock.now();
  let known = new Map<string, Device[]>();
  return {
    async look() {
      if (devices === null) return;
      try {
        known = Map.groupBy(await devices.list(), ({ branch }) => branch);
      } catch (error) {
        listeningSince = clock.now();
        logger.warn({ err: error }, 'nobody knows how the walls are');
      }
    },
    silent: (branch) =>
      (known.get(branch) ?? []).map(({ id, name, pairedAt, reportedAt }) => {
        const heardAt = Math.max(reportedAt ?? pairedAt, listeningSince);
        return { id, name, silentSeconds: Math.max(0, clock.now() - heardAt) / SECOND_MS };
      }),
  };
}
