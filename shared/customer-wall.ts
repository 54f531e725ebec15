/** What the screen in a hall shows to everybody: numbers, never a name (rule SF2). */
import type { Announced } from './announcements.ts';
import type { HallPlace } from './view-figures.ts';

/** The hall of a wall. */
export interface WallPlace extends HallPlace {
  /** When it opens after now, within a week; epoch ms, `null` when it does not. */
  nextOpensAt: number | null;
}
export type CustomerWallHead = WallPlace;

/** A ticket that was called; public, so it carries nothing but numbers (rule SF2). */
export interface CallRow {
  ticket: string;
  counter: string;
  calledAt: number;
}

/**
 * `busy`: the wait may be almost anything; `unsure`: too few were served lately to say; `paused`: nobody serves it;
 * `unknown`: its source is silent.
 */
export type WallState = 'range' | 'busy' | 'unsure' | 'paused' | 'unknown';

export interface ServiceRow {
  id: string;
  letter: string;
  nameZh: string;
  nameEn: string;
  waiting: number | null;
  /** What a public wall says of the wait of a newcomer; only `range` carries minutes from and to. */
  wait: WallState;
  lowMinutes: number | null;
  highMinutes: number | null;
}

/** What those who wait are told while it is announced (rule GD1): that they may go elsewhere. */
export interface AnnouncementRow extends Announced {
  id: string;
}
