/**
 * How large a text on a wall must be to be read from the farthest seat, and so what fits on a board (rule LV7). Sizes are px
 * of the stage of 1920×1080 that every screen is filled with.
 *
 *   h = 2 · D · tan(θ / 2)      D: distance, θ: angle at the eye, arcminutes
 *   px = h / (k · height / 1080)      k: share of the font size that a sign is high
 */

/** The boards: for those who wait, and for those who serve. */
type Board = 'customerWall' | 'staffWall';

/** A screen as it hangs: its diagonal in inches (16:9), and how far away the last seat is, metres. */
export interface WallPlacing {
  inches: number;
  metres: number;
}
/** What a wall goes by that nobody measured. */
export const USUAL_PLACING: WallPlacing = { inches: 55, metres: 5 };
export const INCHES = { min: 20, max: 150 };
export const METRES = { min: 1, max: 40 };

type Script = 'digits' | 'han';

const STAGE_HEIGHT_PX = 1_080;
const MM_PER_INCH = 25.4;
const MM_PER_METRE = 1_000;
/** Height of a 16:9 screen for its diagonal. */
const HEIGHT_SHARE = 9 / Math.hypot(16, 9);
const ARCMINUTES_PER_RADIAN = (180 * 60) / Math.PI;
/** Share of the font size: digits and capitals of Noto Sans and its kin, the body of a Han character. */
const SIGN_SHARE: Record<Script, number> = { digits: 0.714, han: 0.88 };
/** Angle at which it is read with ease, and the least at which it is read, arcminutes. */
const EASY: Record<Script, number> = { digits: 20, han: 28 };
const LEAST: Record<Script, number> = { digits: 20, han: 22 };
/** People of all ages read the customers' board: everything is asked for larger by this. */
const OLDER_EYES = 1.15;

/** Height of a screen, mm. */
const heightMm = (inches: number): number => inches * MM_PER_INCH * HEIGHT_SHARE;

/** Font size at which signs of a script are seen under so many arcminutes, px of the stage. */
function fontPx(script: Script, arcminutes: number, { inches, metres }: WallPlacing): number {
  const signMm = 2 * metres * MM_PER_METRE * Math.tan(arcminutes / ARCMINUTES_PER_RADIAN / 2);
  return signMm / ((SIGN_SHARE[script] * heightMm(inches)) / STAGE_HEIGHT_PX);
}

/** Font size at which essential text is read with ease, px of the stage. */
export const easyPx = (script: Script, placing: WallPlacing): number => fontPx(script, EASY[script], placing);

/** Five services stand below each other where the last seat is not further than 5 m from 55 inches, else four, larger. */
const FIVE_WITHIN = 5 / 55;
const NAME_PX = { 5: 78, 4: 96 };

/** Services that fit on a page so that their names are read from the last seat. */
export const servicesPerPage = ({ inches, metres }: WallPlacing): 4 | 5 =>
  metres / inches <= FIVE_WITHIN ? 5 : 4;

/** Font size of the names of services, px of the stage. */
export const serviceNamePx = (placing: WallPlacing): number => NAME_PX[servicesPerPage(placing)];

/** Somebody at a desk looks at a screen of 96 px to the inch from here, mm. */
const DESK_MM = 600;
const DESK_PX_PER_MM = 96 / MM_PER_INCH;

/** Width at which a board on the desk looks as large as it does from the last seat, px. */
export const seenWidthPx = ({ inches, metres }: WallPlacing): number =>
  Math.round(((heightMm(inches) * 16) / 9) * (DESK_MM / (metres * MM_PER_METRE)) * DESK_PX_PER_MM);

/** The classes of text of the boards that must be read from the last seat; captions are learned. */
export type WallText = 'newestTicket' | 'tickets' | 'waits' | 'services' | 'figures' | 'queues';

/** How a class of text does: read with ease, just read, or not read from the last seat. */
export type Legibility = 'easy' | 'enough' | 'fails';

export interface TextVerdict {
  text: WallText;
  px: number;
  /** The least it would have to be, px of the stage. */
  leastPx: number;
  legibility: Legibility;
}

const textsOf = (view: Board, placing: WallPlacing): [WallText, Script, number][] =>
  view === 'customerWall'
    ? [
        ['newestTicket', 'digits', 190],
        ['tickets', 'digits', 120],
        ['waits', 'digits', 104],
        ['services', 'han', serviceNamePx(placing)],
      ]
    : [
        ['figures', 'digits', 150],
        ['queues', 'han', 72],
      ];

/** Whether each class of text of a board is read from the last seat. */
export function wallVerdicts(view: Board, placing: WallPlacing): TextVerdict[] {
  const eyes = view === 'customerWall' ? OLDER_EYES : 1;
  return textsOf(view, placing).map(([text, script, px]) => {
    const leastPx = Math.ceil(fontPx(script, LEAST[script] * eyes, placing));
    const wantedPx = Math.ceil(fontPx(script, EASY[script] * eyes, placing));
    return { text, px, leastPx, legibility: px >= wantedPx ? 'easy' : px >= leastPx ? 'enough' : 'fails' };
  });
}

/** True when nobody in the last seat has to guess. */
export const isLegible = (view: Board, placing: WallPlacing): boolean =>
  wallVerdicts(view, placing).every(({ legibility }) => legibility !== 'fails');
