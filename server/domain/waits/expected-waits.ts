/**
 * What the screens of a branch say about waits. Estimates are made when somebody looks, kept for a second, for a few while
 * the queue stays as it is, and remembered from one look to the next, so that numbers stay calm.
 */
import type { BranchProfile } from '#shared/network.ts';
import type { WaitRow } from '#shared/expected-waits.ts';
import type { QueueRow } from '#shared/views.ts';
import type { LiveBranch } from '../live-branch.ts';
import { accuracyOf } from './accuracy.ts';
import { type ConsoleWait, nextConsoleWait } from './console-wait.ts';
import { estimateNewcomer } from './estimate.ts';
import { type Scene, sceneOf } from './standing.ts';
import { nextWallWait, type WallText, type WallWait } from './wall-range.ts';

/** The wait of a newcomer to a queue, as consoles and as public walls show it. */
export interface ExpectedWait {
  row: WaitRow;
  wall: WallText;
}

export interface ExpectedWaits {
  /** For each of these queues, at `now` (epoch ms). */
  of(live: LiveBranch, profile: BranchProfile, queues: readonly QueueRow[], now: number): ExpectedWait[];
}

interface Looked {
  /** Epoch ms. */
  at: number;
  /** The queue as it was. */
  queue: QueueRow;
  shown: ConsoleWait | null;
  wall: WallWait;
  expected: ExpectedWait;
}

/** An estimate is made again when it is this old, of a queue that changed and of one that stays as it is, ms. */
const REFRESH_MS = { changed: 1_000, same: 5_000 };
/** What was shown this long ago binds nobody, ms. */
const FORGET_MS = 60_000;
const RATIO_STEPS = 100;

/** Nothing was shown yet. */
export function createExpectedWaits(): ExpectedWaits {
  const looks = new Map<string, Looked>();

  const look = (live: LiveBranch, profile: BranchProfile, scene: Scene, queue: QueueRow): Looked => {
    const { state, waits: record } = live;
    const known = looks.get(queue.id);
    const before = known !== undefined && scene.now - known.at < FORGET_MS ? known : null;
    const estimated = estimateNewcomer({ record, state, profile, scene }, queue.id);
    const shown =
      estimated.estimate === null ? null : nextConsoleWait(before?.shown ?? null, estimated.estimate);
    const wall = nextWallWait(before?.wall ?? null, estimated, queue.answered30, scene.now);
    const { judged, covered, bias } = accuracyOf(record.accuracies, queue.id);
    const row: WaitRow = {
      id: queue.id,
      ...(shown ?? NO_WAIT),
      none: estimated.none,
      judged,
      covered: rounded(covered),
      bias: rounded(bias),
    };
    return { at: scene.now, queue, shown, wall, expected: { row, wall: wall.text } };
  };

  return {
    of(live, profile, queues, now) {
      let scene: Scene | undefined;
      return queues.map((queue) => {
        const known = looks.get(queue.id);
        if (known !== undefined && isFresh(known, queue, now)) return known.expected;
        scene ??= sceneOf(live.state, profile, live.waits, now);
        const made = look(live, profile, scene, queue);
        looks.set(queue.id, made);
        return made.expected;
      });
    },
  };
}

const isSame = (a: QueueRow, b: QueueRow): boolean =>
  a.waiting === b.waiting && a.countersOpen === b.countersOpen && a.source === b.source;

const isFresh = ({ at, queue: before }: Looked, queue: QueueRow, now: number): boolean =>
  now >= at && now - at < (isSame(before, queue) ? REFRESH_MS.same : REFRESH_MS.changed);

const NO_WAIT = { p10Seconds: null, p50Seconds: null, p80Seconds: null, p90Seconds: null };

const rounded = (ratio: number | null): number | null =>
  ratio === null ? null : Math.round(ratio * RATIO_STEPS) / RATIO_STEPS;
