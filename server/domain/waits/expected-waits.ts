/**
 * What the screens of a branch say about waits. Estimates are made when somebody looks, kept for a second, for a few while
 * the queue stays as it is, and remembered from one look to the next, so that numbers stay calm.
 */
import type { BranchProfile } from '#shared/network.ts';
import type { WaitRow } from '#shared/expected-waits.ts';
import type { QueueRow } from '#shared/views.ts';
import type { LiveBranch } from '../live-branch.ts';
import type { AgreedChange } from '../queueing/agreed-change.ts';
import type { StepFunction } from '../queueing/step-function.ts';
import { accuracyOf } from './accuracy.ts';
import { type ConsoleWait, nextConsoleWait } from './console-wait.ts';
import { estimateNewcomer } from './estimate.ts';
import { type Scene, sceneOf, standingOf } from './standing.ts';
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

/** Nothing was shown yet; `agreed` tells who was agreed on to come or to go. */
export function createExpectedWaits(agreed: () => readonly AgreedChange[] = () => []): ExpectedWaits {
  const looks = new Map<string, Looked>();

  const look = (live: LiveBranch, profile: BranchProfile, scene: Scene, queue: QueueRow): Looked => {
    const { state, waits: record } = live;
    const known = looks.get(queue.id);
    const before = known !== undefined && scene.now - known.at < FORGET_MS ? known : null;
    const plan = planOf(scene, queue.id, agreed());
    const around = { record, state, profile, scene, ...(plan === null ? {} : { plan }) };
    const estimated = estimateNewcomer(around, queue.id);
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

/** The servers of a queue by seconds from now, where somebody was agreed on to come or to go; else `null`. */
function planOf(scene: Scene, queue: string, agreed: readonly AgreedChange[]): StepFunction | null {
  const own = agreed.filter(({ queues }) => queues.includes(queue)).sort((a, b) => a.at - b.at);
  if (own.length === 0) return null;
  const { capacity } = standingOf(scene, { queue, priority: 0, queuedAt: scene.now, contact: null });
  let servers = Math.round(capacity);
  const later = own.map(({ at, change }): [number, number] => {
    servers = Math.max(0, servers + change);
    // What holds from now on is still a change to the servers of now.
    return [Math.max(1, (at - scene.now) / 1_000), servers];
  });
  return [[0, Math.round(capacity)], ...later];
}

const isSame = (a: QueueRow, b: QueueRow): boolean =>
  a.waiting === b.waiting && a.countersOpen === b.countersOpen && a.source === b.source;

const isFresh = ({ at, queue: before }: Looked, queue: QueueRow, now: number): boolean =>
  now >= at && now - at < (isSame(before, queue) ? REFRESH_MS.same : REFRESH_MS.changed);

const NO_WAIT = { p10Seconds: null, p50Seconds: null, p80Seconds: null, p90Seconds: null };

const rounded = (ratio: number | null): number | null =>
  ratio === null ? null : Math.round(ratio * RATIO_STEPS) / RATIO_STEPS;
