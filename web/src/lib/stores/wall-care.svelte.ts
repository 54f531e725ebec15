/** Looks after a screen that nobody attends: loads it anew when it is time, and says what it lacks. */
import { onDestroy } from 'svelte';
import type { WallView } from '#shared/accounts.ts';
import { DEVICE_REPORT_MS } from '#shared/device-report-interval.ts';
import { localTime } from '#lib/format/clock-time.ts';
import {
  didNotHelp,
  MOST_NODES,
  quietMinuteOf,
  recentReloads,
  reloadDue,
} from '#lib/selectors/wall-reload.ts';
import { clock } from './clock.svelte.ts';
import type { LiveView } from './live-view.svelte.ts';
import type { WallDevice } from './wall-device.svelte.ts';

const RELOADS = 'muster.wallReloads';
const SECOND_MS = 1_000;
/** Another version of the page is asked for this often, ms. */
const VERSION_EVERY_MS = 600_000;
/** The pause screen is drawn before the page goes, ms. */
const DRAWN_MS = 500;
/** A clock that is further off than this is worth a word, ms. */
const SKEW_MS = 2_000;
/** Two signs that no two fonts draw alike, unless both are missing. */
const SIGNS = ['永', '鑫'] as const;
const SIGN_PX = 24;

/** The wall that is looked after. */
export interface CaredFor {
  zone: string;
  board: WallView;
  device: WallDevice;
  view: Pick<LiveView<WallView>, 'assessment'>;
}

export class WallCare {
  /** The page is about to be loaded anew, or that was tried in vain: it shows no board. */
  paused = $state(didNotHelp(knownReloads(), clock.now));
  readonly hasChineseFont = drawsDifferently(...SIGNS);
  #of: () => CaredFor;
  #startedAt = performance.now();
  #quietMinute = quietMinuteOf(Math.random());
  #lookedAt = performance.now();
  #versionAt = performance.now();
  #crowdedSince: number | null = null;
  #outdated = false;
  #leaving = false;

  /** For a wall, while it is made. */
  constructor(of: () => CaredFor) {
    this.#of = of;
    this.#report();
    // What the last reload was for may still be so.
    if (this.paused) void this.#askVersion();
    onDestroy(clock.onBeat(() => this.#look()));
  }

  /** By how much this screen's clock is off, seconds; 0 when it is right. */
  get skewSeconds(): number {
    const skew = Date.now() - clock.serverTimeOf(performance.now());
    return Math.abs(skew) > SKEW_MS ? Math.round(skew / 1_000) : 0;
  }

  #look(): void {
    const at = performance.now();
    if (this.#leaving || at - this.#lookedAt < DEVICE_REPORT_MS) return;
    this.#lookedAt = at;
    this.#report();
    const isCrowded = document.getElementsByTagName('*').length > MOST_NODES;
    this.#crowdedSince = isCrowded ? (this.#crowdedSince ?? at) : null;
    if (at - this.#versionAt >= VERSION_EVERY_MS) {
      this.#versionAt = at;
      void this.#askVersion();
    }
    const { hour, minute } = localTime(clock.now, this.#of().zone);
    const due = reloadDue({
      now: clock.now,
      localMinute: hour * 60 + minute,
      quietMinute: this.#quietMinute,
      uptimeMs: at - this.#startedAt,
      heapBytes: heapBytes(),
      crowdedMs: this.#crowdedSince === null ? 0 : at - this.#crowdedSince,
      outdated: this.#outdated,
      reloads: knownReloads(),
    });
    this.paused = due === 'later';
    if (due === 'now') void this.#reload();
  }

  #report(): void {
    const { board, device, view } = this.#of();
    const { level, ageSeconds } = view.assessment;
    void device.report({
      board,
      version: ownVersion(),
      state: level,
      ageMs: ageSeconds === null ? null : ageSeconds * SECOND_MS,
      heap: heapBytes(),
      uptime: Math.round(performance.now() - this.#startedAt),
    });
  }

  /** The server's page names the files it is made of by their content: another name is another version. */
  async #askVersion(): Promise<void> {
    const answer = await fetch(location.pathname, { cache: 'no-cache' }).catch(() => null);
    // Without the server nothing new can be loaded either.
    if (answer?.ok !== true) return;
    this.#outdated = !(await answer.text()).includes(ownVersion());
  }

  /** A page that cannot be had is not worth an error of the browser's: without the server the wall stays as it is. */
  async #reload(): Promise<void> {
    const answer = await fetch('/readyz', { cache: 'no-store' }).catch(() => null);
    if (answer?.ok !== true || this.#leaving) return;
    [this.#leaving, this.paused] = [true, true];
    localStorage.setItem(RELOADS, JSON.stringify([...recentReloads(knownReloads(), clock.now), clock.now]));
    setTimeout(() => location.reload(), DRAWN_MS);
  }
}

/** Name of the file this page runs from; it follows from what is in it. */
const ownVersion = (): string =>
  document.querySelector('script')?.getAttribute('src')?.split('/').at(-1) ?? '';

function knownReloads(): number[] {
  try {
    const known: unknown = JSON.parse(localStorage.getItem(RELOADS) ?? '[]');
    return Array.isArray(known) ? known.filter((at) => typeof at === 'number') : [];
  } catch {
    return [];
  }
}

/** Only some browsers say. */
function heapBytes(): number | null {
  const { memory } = performance as Performance & { memory?: { usedJSHeapSize: number } };
  return memory?.usedJSHeapSize ?? null;
}

/** Signs without a font all look the same. */
function drawsDifferently(...signs: readonly string[]): boolean {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIGN_PX;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (!pen) return true;
  pen.font = `${SIGN_PX}px ${getComputedStyle(document.body).fontFamily}`;
  pen.textBaseline = 'top';
  const pictures = signs.map((sign) => {
    pen.clearRect(0, 0, SIGN_PX, SIGN_PX);
    pen.fillText(sign, 0, 0);
    return pen.getImageData(0, 0, SIGN_PX, SIGN_PX).data.join();
  });
  return new Set(pictures).size === signs.length;
}
