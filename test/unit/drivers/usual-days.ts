/** What is usual at a hall of one queue, and days to hold against it. */
import { type HallRecord } from '#server/domain/drivers/hall-record.ts';
import { splitDay, type SplitWait } from '#server/domain/drivers/split-day.ts';
import { usualDay } from '#server/domain/drivers/usual-day.ts';
import { ONE_QUEUE, SLOTS } from './made-halls.ts';

const usualSlots = Array.from({ length: SLOTS }, (_, slot) => slot);

/** The splits of a day against days of the same weekday. */
export const against = (
  days: readonly HallRecord[],
  today: HallRecord,
  planned?: readonly (number | null)[],
): SplitWait =>
  splitDay({
    layout: ONE_QUEUE,
    today,
    usual: usualDay(
      days.map((record) => ({ record, isSameWeekday: true })),
      new Set(),
    ),
    usualSlots: usualSlots.slice(0, today.slots.length),
    ...(planned && { planned: [planned] }),
  });
