/** What the runs of the twin show of one queue: when its target is first missed, and how long newcomers wait. */
import type { WaitStep } from '#shared/planning.ts';
import type { Path } from '../queueing/twin/path.ts';

/** Steps of a course. */
export const STEPS = 8;
/** Length of a step, seconds; one who comes this much before or after its end tells of it. */
export const STEP_SECONDS = 900;
export const AROUND_SECONDS = 450;
/** Fewer newcomers in all runs tell nothing. */
const ENOUGH = 15;

/** The wait of one who comes at the end of a step. */
export type CourseStep = Omit<WaitStep, 'at'>;

export class WaitCourse {
  private readonly target: number;
  /** When the target is first missed in each run, seconds from now; Infinity when it never is. */
  private readonly missed: Float64Array;
  /** Step after step: the waits of those who came then, one a run at most. */
  private readonly waits: Float32Array[];
  private readonly counts = new Int32Array(STEPS);
  private runs = 0;

  constructor(target: number, most: number) {
    this.target = target;
    this.missed = new Float64Array(most);
    this.waits = Array.from({ length: STEPS }, () => new Float32Array(most));
  }

  /** Adds the run just lived through. */
  add(path: Path, begins: Float64Array, queue: number): void {
    const { target, waits, counts } = this;
    const { arrival, deadline, next: following, heads, count: nobody } = path;
    const first = heads[queue] ?? nobody;
    let missed = Infinity;
    for (let place = first; place < nobody; place = following[place] ?? nobody) {
      const arrived = arrival[place] ?? 0;
      const over = Math.min(begins[place] ?? Infinity, deadline[place] ?? Infinity);
      // Queues are served in order, so the first who misses the target is the first by time.
      if (over - arrived > target) {
        missed = Math.max(0, arrived + target);
        break;
      }
    }
    this.missed[this.runs++] = missed;
    let next = first;
    for (let step = 0; step < STEPS; step++) {
      const end = (step + 1) * STEP_SECONDS;
      while ((arrival[next] ?? Infinity) < end - AROUND_SECONDS) next = following[next] ?? nobody;
      const arrived = arrival[next] ?? Infinity;
      if (arrived >= end + AROUND_SECONDS) continue;
      // Who leaves would have been served when the next one who stays is.
      let served = next;
      while (served < nobody && (begins[served] ?? 0) === Infinity) served = following[served] ?? nobody;
      const over = served < nobody ? (begins[served] ?? 0) : (deadline[next] ?? Infinity);
      const begun = Math.min(over, arrived + LONGEST_SECONDS);
      const count = counts[step] ?? 0;
      (waits[step] ?? EMPTY)[count] = begun - arrived;
      counts[step] = count + 1;
    }
  }

  /** Share of the runs in which somebody waits longer than the target by then, 0–1. */
  breachChance(bySeconds: number): number {
    let count = 0;
    for (let run = 0; run < this.runs; run++) if ((this.missed[run] ?? Infinity) <= bySeconds) count++;
    return this.runs === 0 ? 0 : count / this.runs;
  }

  /** When the target is missed in half of the runs, seconds from now; `null` when in fewer. */
  medianBreach(): number | null {
    const sorted = this.missed.subarray(0, this.runs).toSorted();
    const middle = sorted[Math.floor(this.runs / 2)] ?? Infinity;
    return middle === Infinity ? null : middle;
  }

  /** The course. */
  steps(): (CourseStep | null)[] {
    return this.waits.map((all, step) => {
      const count = this.counts[step] ?? 0;
      if (count < ENOUGH) return null;
      const sorted = all.subarray(0, count).sort();
      const at = (share: number): number => sorted[Math.min(count - 1, Math.floor(share * count))] ?? 0;
      return {
        p5: at(0.05),
        p10: at(0.1),
        p25: at(0.25),
        p50: at(0.5),
        p75: at(0.75),
        p90: at(0.9),
        p95: at(0.95),
      };
    });
  }
}

const EMPTY = new Float32Array(0);
/** Longer waits are as good as for ever: nobody serves any more, seconds. */
const LONGEST_SECONDS = 4 * 3_600;
