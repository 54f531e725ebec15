/** Suggestions in words. */
import { isSteering, type Lever } from '#shared/levers.ts';
import type { StaffingFact } from '#shared/staffing-facts.ts';
import type {
  MoveAction,
  MoveOption,
  PromisedRange,
  Suggestion,
  SuggestedPlace,
} from '#shared/suggestions.ts';
import { chanceText } from '#lib/selectors/outlook.ts';
import type { NotDone } from '#lib/stores/suggestion-actions.svelte.ts';
import { preferences } from '#lib/stores/preferences.svelte.ts';
import { m } from '../../paraglide/messages.js';
import { hourMinute } from './clock-time.ts';
import { percent } from './number.ts';

const MINUTE = 60;

type NamedPlace = Pick<SuggestedPlace, 'branch' | 'nameZh' | 'nameEn'>;

export const branchName = ({ nameZh, nameEn }: NamedPlace): string => preferences.name(nameZh, nameEn);
const queuesOf = ({ queuesZh, queuesEn }: SuggestedPlace): string => preferences.name(queuesZh, queuesEn);

/** A side of a move: the queues it is about, with their branch where the other side is of another one. */
export function sideName(place: SuggestedPlace, other: SuggestedPlace): string {
  if (place.pool === null) return branchName(place);
  return place.branch === other.branch ? queuesOf(place) : `${branchName(place)} · ${queuesOf(place)}`;
}

/** Where customers go: machines of the hall, or another one. */
const elsewhere = (from: SuggestedPlace): string => (from.pool === null ? queuesOf(from) : branchName(from));

/** What to do, verb first: with whom, and where. */
export function optionTitle(
  { to }: Pick<Suggestion, 'to'>,
  { lever, person, from, breakShift }: MoveOption,
  zone: string,
): string {
  const shifted = lever === 'shiftBreak' && breakShift !== null;
  return m.suggestion_title({
    lever,
    person: person?.name ?? '',
    queues: queuesOf(to),
    from: shifted
      ? hourMinute(breakShift.from, zone)
      : isSteering(lever)
        ? elsewhere(from)
        : branchName(from),
    to: shifted ? hourMinute(breakShift.to, zone) : branchName(to),
  });
}

/** Where in its life it is. */
export function statusText({ status, lever }: Pick<Suggestion, 'status' | 'lever'>): string {
  if (isSteering(lever) && status === 'arrived') return m.announcing();
  if (isSteering(lever) && status === 'returned') return m.announcement_over();
  return m.suggestion_status({ status });
}

/** What somebody did with it, or what happened by itself. */
export function stepText(action: MoveAction, lever: Lever): string {
  if (isSteering(lever) && action === 'move.arrived') return m.announcing();
  if (isSteering(lever) && action === 'move.returned') return m.announcement_over();
  return m.suggestion_step({ action });
}

/** Who it is about, or what it does where customers are steered. */
export const whoText = ({ person, lever }: MoveOption): string => person?.name ?? m.lever({ lever });

/** True where somebody comes to serve: at other times breaks only move, or people go back. */
export const isComing = ({ lever }: MoveOption): boolean =>
  lever !== 'shiftBreak' && lever !== 'closeCounter' && !isSteering(lever);

/** From where to where, in the shortest words. */
export const placesText = (from: NamedPlace, to: NamedPlace): string =>
  from.branch === to.branch ? branchName(to) : `${branchName(from)} → ${branchName(to)}`;
export const routeText = ({ to }: Pick<Suggestion, 'to'>, { from, steer }: MoveOption): string =>
  steer ? placesText(to, from) : placesText(from, to);

/** Waits in whole minutes: `19 min`. */
export const waitText = (seconds: number): string => m.minutes({ minutes: Math.round(seconds / MINUTE) });

/** `9–27` of a range in seconds, in minutes; of one in other units as it is. */
export const rangeText = ({ low, high }: PromisedRange, unit = 1): string =>
  `${whole(low / unit)}–${whole(high / unit)}`;
export const minutesRange = (range: PromisedRange): string => rangeText(range, MINUTE);

/** A whole number with a true minus sign. */
export const whole = (value: number): string => {
  const rounded = Math.round(value);
  return rounded < 0 ? `−${-rounded}` : String(rounded);
};

/** A fact as a sentence. */
export function factText({ key, values }: StaffingFact): string {
  const number = (name: string): string => whole(values[name] ?? 0);
  const share = (name: string): string => percent(values[name] ?? 0);
  switch (key) {
    case 'staffing_why_arrivals':
      return m.staffing_why_arrivals({ expected: number('expected'), above: share('above') });
    case 'staffing_why_load':
      return m.staffing_why_load({ expected: number('expected'), servers: number('servers') });
    case 'staffing_why_backlog':
      return m.staffing_why_backlog({ waiting: number('waiting'), servers: number('servers') });
    case 'staffing_why_fewer_staff':
      return m.staffing_why_fewer_staff({
        inMinutes: number('inMinutes'),
        from: number('from'),
        to: number('to'),
      });
    case 'staffing_why_breach':
      return m.staffing_why_breach({ chance: chanceText(values['chance'] ?? 0) });
    case 'staffing_why_elsewhere':
      return m.staffing_why_elsewhere({ here: number('here'), there: number('there') });
    case 'staffing_giver_idle':
      return m.staffing_giver_idle({ left: number('left'), load: share('load') });
    case 'staffing_giver_busier':
      return m.staffing_giver_busier({
        left: number('left'),
        waitBefore: number('waitBefore'),
        waitAfter: number('waitAfter'),
      });
    case 'staffing_breaks_late':
      return m.staffing_breaks_late({ minutes: number('minutes') });
    case 'staffing_breaks_fewer_arrivals':
      return m.staffing_breaks_fewer_arrivals({ chance: share('chance') });
    case 'staffing_breaks_few_follow':
      return m.staffing_breaks_few_follow({ share: share('share') });
  }
}

/** Why something was not done: what stands in the way, and who was first. */
export function notDoneText({ refused, why, suggestion }: NotDone, zone: string): string {
  if (refused.code !== 'conflict') return m.refused({ code: refused.code });
  const last = suggestion?.steps.at(-1);
  const who = last
    ? `${last.by ?? m.by_itself_step()} · ${hourMinute(last.at, zone)} · ${m.suggestion_step({ action: last.action })}`
    : '';
  return [m.suggestion_refused({ why: why ?? 'status' }), who].filter(Boolean).join(' ');
}
