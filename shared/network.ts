/** The halls and hotlines Muster knows, as configuration: who they are, when they open, what they promise. */
import { z } from 'zod';
import { Channel } from './events.ts';
import { BilingualName, Id, Text } from './ids.ts';
import { SERVICE_LEVEL_NAMES } from './service-level-names.ts';

const DAY_MINUTES = 1_440;
/** History counts in quarter-hours, so days and offsets begin on one. */
const QUARTER_MINUTES = 15;
const Ratio = z.number().min(0).max(1);
const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'is not HH:MM');

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

// Named zones keep to quarter-hours by themselves.
const isOnQuarters = (zone: string): boolean =>
  Number(/^[+-]\d{2}:?(\d{2})/.exec(zone)?.[1] ?? 0) % QUARTER_MINUTES === 0;

/** An IANA name (Asia/Shanghai) or a fixed offset (+08:00). */
export const Zone = z
  .string()
  .max(64)
  .refine(isZone, 'is not a time zone')
  .refine(isOnQuarters, 'is not a whole number of quarter-hours from UTC');

export type ServiceLevelName = (typeof SERVICE_LEVEL_NAMES)[number];
/** What a screen says of a formula: `mixed` of a sum over queues that differ. */
export type ServiceLevelShown = ServiceLevelName | 'mixed';

/** Nobody promises a wait that is longer than a day, seconds. */
const MAX_WAIT_SECONDS = 86_400;
/** Longest wait the hall promises, seconds. */
const targetSeconds = z.number().positive().max(MAX_WAIT_SECONDS);
/** Threshold of the service level, seconds (T of rule SL1). */
const thresholdSeconds = z.number().positive().max(MAX_WAIT_SECONDS);
/** Abandons up to this wait are short (rule AB1), seconds. */
const shortAbandonSeconds = z.number().min(0).max(MAX_WAIT_SECONDS);

/** What a queue promises. */
const promises = {
  targetSeconds: targetSeconds.default(900),
  thresholdSeconds: thresholdSeconds.default(900),
  serviceLevelTarget: Ratio.default(0.8),
  /** Without one 60 s in halls, where a ticket may be taken twice, else 10 s. */
  shortAbandonSeconds: shortAbandonSeconds.optional(),
};
/** What queues promise that nobody configured. */
const QueuePromises = z.strictObject(promises);
export type QueuePromises = z.infer<typeof QueuePromises>;

/** A queue: one kind of business people wait for. */
export const QueueProfile = z.strictObject({
  id: Id,
  /** The letter on its tickets. */
  letter: z.string().max(4).default(''),
  name: BilingualName,
  ...promises,
});
export type QueueProfile = z.infer<typeof QueueProfile>;

/** A counter: the place, apart from the person. */
const CounterProfile = z.strictObject({
  id: Id,
  label: z.string().max(8),
  /** Queues it can serve; empty means all. */
  queues: z.array(Id).default([]),
});
export type CounterProfile = z.infer<typeof CounterProfile>;

/** Opening of the hall on some days of the week, local time; closing at or before opening means the next day. */
const OpeningHours = z.strictObject({
  /** 1 Monday … 7 Sunday. */
  days: z.array(z.number().int().min(1).max(7)).default([1, 2, 3, 4, 5, 6, 7]),
  opens: ClockTime,
  closes: ClockTime,
});
export type OpeningHours = z.infer<typeof OpeningHours>;

const isDate = (text: string): boolean => {
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
};

/**
 * What counts as good from a day on (rule AS3): replaces single promises of a queue, a branch or all. The narrowest scope
 * wins, then the newest day; what was counted before stays as it was judged then.
 */
export const Definition = z
  .strictObject({
    /** First of the hall's days it holds for, YYYY-MM-DD. */
    validFrom: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/, 'is not YYYY-MM-DD')
      .refine(isDate, 'is not a date'),
    branch: Id.optional(),
    queue: Id.optional(),
    serviceLevel: z.enum(SERVICE_LEVEL_NAMES).optional(),
    targetSeconds: targetSeconds.optional(),
    thresholdSeconds: thresholdSeconds.optional(),
    serviceLevelTarget: Ratio.optional(),
    shortAbandonSeconds: shortAbandonSeconds.optional(),
  })
  .refine(
    ({ serviceLevel, targetSeconds, thresholdSeconds, serviceLevelTarget, shortAbandonSeconds }) =>
      [serviceLevel, targetSeconds, thresholdSeconds, serviceLevelTarget, shortAbandonSeconds].some(
        (each) => each !== undefined,
      ),
    'defines nothing',
  );
export type Definition = z.infer<typeof Definition>;

/** A day that is not like its weekday, known beforehand: a holiday, a working Saturday, an announced event. */
const CalendarDay = z
  .strictObject({
    /** The hall's day, YYYY-MM-DD. */
    date: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/, 'is not YYYY-MM-DD')
      .refine(isDate, 'is not a date'),
    name: BilingualName.optional(),
    /** The weekday whose course it follows, 1 Monday … 7 Sunday. */
    likeWeekday: z.number().int().min(1).max(7).optional(),
    /** Arrivals as a multiple of what that weekday brings; 0 when closed. */
    factor: z.number().min(0).max(20).optional(),
  })
  .refine(
    ({ likeWeekday, factor }) => likeWeekday !== undefined || factor !== undefined,
    'says nothing of the day',
  );

/** Special days of a hall or, in the file, of all of them; each date once. */
const CalendarDays = z
  .array(CalendarDay)
  .refine((days) => new Set(days.map(({ date }) => date)).size === days.length, 'names a date twice');

export const BranchProfile = z.strictObject({
  id: Id,
  name: BilingualName,
  region: z.strictObject({ id: Id, name: BilingualName }),
  channel: Channel.default('hall'),
  zone: Zone.default('UTC'),
  /** When "today" starts (rule WN1), minutes after local midnight; a whole number of quarter-hours. */
  dayStartMinutes: z
    .number()
    .int()
    .min(0)
    .max(DAY_MINUTES - 1)
    .multipleOf(QUARTER_MINUTES)
    .default(0),
  hours: z.array(OpeningHours).default([{ days: [1, 2, 3, 4, 5, 6, 7], opens: '00:00', closes: '24:00' }]),
  queues: z.array(QueueProfile).default([]),
  queueDefaults: QueuePromises.default(() => QueuePromises.parse({})),
  counters: z.array(CounterProfile).default([]),
  /** Definitions that concern this branch; those of the whole installation are added to them. */
  definitions: z.array(Definition).default([]),
  /** Special days of this hall; those of the whole installation are added to them, unless they are here too. */
  calendar: CalendarDays.default([]),
  /** Longest silence to expect of its sources, seconds (rule LV3). */
  expectedSeconds: z.number().positive().default(300),
  /** A re-enactment, not a real hall. */
  demo: z.boolean().default(false),
});
export type BranchProfile = z.infer<typeof BranchProfile>;
export type BranchProfileInput = z.input<typeof BranchProfile>;

/** A key a source signs its posts with; only its SHA-256 is kept. */
export const SourceKey = z.strictObject({
  source: Id,
  /** SHA-256 of the key, hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Branches it may write to; with exactly one, events need not name it; `*` means all. */
  branches: z.array(z.union([z.literal('*'), Id])).min(1),
  note: Text.optional(),
});
export type SourceKey = z.infer<typeof SourceKey>;

/** A `network.json` whose definitions may also name these branches, which are described elsewhere. */
export const networkFileBeside = (elsewhere: readonly string[]) =>
  z
    .strictObject({
      branches: z.array(BranchProfile).default([]),
      sourceKeys: z.array(SourceKey).default([]),
      definitions: z.array(Definition).default([]),
      calendar: CalendarDays.default([]),
    })
    .superRefine(({ branches, definitions }, context) => {
      const known = new Set([...elsewhere, ...branches.map(({ id }) => id)]);
      const scopes = new Set<string>();
      for (const [i, { validFrom, branch, queue }] of definitions.entries()) {
        const refuse = (field: string, message: string): void => {
          context.addIssue({ code: 'custom', path: ['definitions', i, field], message });
        };
        if (branch !== undefined && !known.has(branch)) refuse('branch', 'is not a branch of this file');
        const scope = JSON.stringify([validFrom, branch, queue]);
        if (scopes.has(scope)) refuse('validFrom', 'stands twice for the same branch and queue');
        scopes.add(scope);
      }
    });

/** The file `network.json` of an installation. */
export const NetworkFile = networkFileBeside([]);
export type NetworkFile = z.infer<typeof NetworkFile>;
