/** The demonstration within a server: its day kept between starts, its facts posted like everybody's. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { BranchProfileInput } from '#shared/network.ts';
import type { StaffingWorldInput } from '#shared/staffing-world.ts';
import type { Clock } from '../clock.ts';
import type { Ingest, SourcePrincipal } from '../ingest.ts';
import type { Logger } from '../logger.ts';
import { resumeAnchor } from '../sources/demonstration/anchor.ts';
import { type Agreed, createDemonstration } from '../sources/demonstration/demonstration.ts';
import { demonstrationNetwork } from '../sources/demonstration/network.ts';
import { runDemonstration } from '../sources/demonstration/run-demonstration.ts';
import { demonstrationStaffing } from '../sources/demonstration/staffing-world.ts';

const SOURCE: SourcePrincipal = { kind: 'source', source: 'demonstration', branches: ['*'] };
const SEED = 1;
const KeptAnchor = z.object({ startedAt: z.number(), offsetHours: z.number().int() });

export interface DemonstrationParts {
  ingest: Ingest;
  /** What was agreed on up to now. */
  agreed: () => Agreed;
  clock: Clock;
  signal: AbortSignal;
  logger: Logger;
}

export interface PreparedDemonstration {
  branches: BranchProfileInput[];
  staffing: StaffingWorldInput;
  /** True when the day kept from an earlier start is over, and its log must be dropped. */
  startsAnew: boolean;
  /** Begins to post, in the background, until aborted. */
  run(parts: DemonstrationParts): void;
}

/** Decides what time it is in the demonstration, and keeps that in its folder. */
export function prepareDemonstration(folder: string, now: number): PreparedDemonstration {
  const file = join(folder, 'anchor.json');
  const { anchor, isNew } = resumeAnchor(now, readKept(file));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(file, JSON.stringify(anchor));
  return {
    branches: demonstrationNetwork(anchor),
    staffing: demonstrationStaffing(anchor, SEED),
    startsAnew: isNew,
    run({ ingest, agreed, clock, signal, logger }) {
      createDemonstration(anchor, SEED)
        .then((demonstration) =>
          runDemonstration({
            demonstration,
            clock,
            agreed,
            signal,
            post: async (events) => {
              const { rejected } = await ingest.post(
                SOURCE,
                events.map((value) => ({ value })),
              );
              if (rejected[0])
                logger.error({ rejected: rejected[0] }, 'the demonstration sent something wrong');
            },
          }),
        )
        .catch((error: unknown) => {
          logger.error({ err: error }, 'the demonstration ended');
        });
    },
  };
}

function readKept(file: string): z.infer<typeof KeptAnchor> | null {
  if (!existsSync(file)) return null;
  try {
    return KeptAnchor.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Half written by a crash: a new day does no harm, it is a demonstration.
    return null;
  }
}
