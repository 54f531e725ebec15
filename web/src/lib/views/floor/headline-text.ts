/** The first two lines of the floor, in the words of the page's language. */
import type { FloorHead } from '#shared/views.ts';
import { hourMinute } from '#lib/format/clock-time.ts';
import { duration } from '#lib/format/duration.ts';
import { percent } from '#lib/format/number.ts';
import { targetText } from '#lib/format/words.ts';
import type { Headline, QueueLine } from '#lib/selectors/floor.ts';
import { chanceText } from '#lib/selectors/outlook.ts';
import { preferences } from '#lib/stores/preferences.svelte.ts';
import { m } from '../../../paraglide/messages.js';

/** Names that still fit into the second line. */
const MAX_NAMES = 3;

const nameOf = ({ row }: QueueLine): string => preferences.name(row.nameZh, row.nameEn);

/** What is worst now. */
export function headlineText(headline: Headline, also: readonly QueueLine[], head: FloorHead): string {
  switch (headline.kind) {
    case 'closed':
      return m.headline_closed();
    case 'noQueues':
      return m.headline_no_queues();
    case 'unknown':
      return m.headline_unknown();
    case 'nobody':
      return m.headline_nobody();
    case 'normal':
      return also.length > 0 ? m.headline_normal_now() : m.headline_normal();
    case 'wait':
      return m.headline_wait({
        queue: nameOf(headline.line),
        wait: duration(headline.seconds),
        target: targetText(headline.line.row.targetSeconds),
      });
    case 'level':
      return m.headline_level({
        queue: nameOf(headline.line),
        level: percent(headline.level),
        target: percent(headline.line.row.serviceLevelTarget),
      });
    case 'whole':
      return m.headline_level({
        queue: m.whole_place({ channel: head.channel }),
        level: percent(headline.level),
        target: percent(head.serviceLevelTarget),
      });
  }
}

/** What else is near or past its target; when nothing is, how far from it. */
export function secondLine(headline: Headline, also: readonly QueueLine[], head: FloorHead): string {
  if (headline.kind === 'closed') {
    const { opensAt, closesAt, zone } = head;
    if (opensAt === null || closesAt === null) return m.closed_today();
    return m.open_hours({ from: hourMinute(opensAt, zone), to: hourMinute(closesAt, zone) });
  }
  if (also.length > 0) {
    const of = (status: QueueLine['status']) => also.filter((line) => line.status === status);
    return [
      groupText('breach', of('breach')),
      ...[...of('breachAhead'), ...of('riskAhead')].slice(0, MAX_FORETOLD).map(foretoldText(head)),
      groupText('risk', of('risk')),
    ]
      .filter((text) => text !== '')
      .join(' · ');
  }
  if (headline.kind === 'normal' && headline.isForetold) return m.headline_calm({ chance: SMALL_TEXT });
  if ((headline.kind === 'normal' || headline.kind === 'whole') && headline.longest)
    return m.headline_longest({
      queue: nameOf(headline.longest),
      wait: duration(headline.longest.longestSeconds),
      target: targetText(headline.longest.row.targetSeconds),
    });
  if (headline.kind === 'nobody')
    return m.answered_so_far({ count: head.answeredToday, channel: head.channel });
  return headline.kind === 'wait' || headline.kind === 'level' ? m.others_normal() : '';
}

/** Foretold breaches that still fit into the second line. */
const MAX_FORETOLD = 2;
/** What the chance of every queue is below that has nothing else to tell. */
const SMALL_TEXT = '<20%';

const foretoldText =
  ({ zone }: FloorHead) =>
  (line: QueueLine): string => {
    const { breachProbability = 0, breachAt = null } = line.outlook ?? {};
    const told = { queue: nameOf(line), chance: chanceText(breachProbability) };
    return breachAt === null
      ? m.headline_likely(told)
      : m.headline_likely_from({ ...told, time: hourMinute(breachAt, zone) });
  };

function groupText(status: 'breach' | 'risk', lines: readonly QueueLine[]): string {
  if (lines.length === 0) return '';
  const names = lines.slice(0, MAX_NAMES).map(nameOf).join(m.list_comma());
  const queues = lines.length > MAX_NAMES ? m.and_more({ names, count: lines.length - MAX_NAMES }) : names;
  return m.also_urgent({ status, queues });
}
