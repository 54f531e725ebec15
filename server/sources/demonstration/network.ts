import type { BranchProfileInput } from '#shared/network.ts';
import { zoneOf, type Anchor } from './anchor.ts';
import { isDead, POLL_MS } from './dead-office.ts';
import { planHall } from './hall-plan.ts';
import { HOTLINE } from './hotline-day.ts';
import { PLACES, REGIONS, type Place } from './places.ts';
import { recordedHalls, type RecordedHall } from './recorded.ts';
import type { ServiceKind } from './service-names.ts';

/** Longest wait promised, seconds; the service level is counted against the same. */
const TARGET_SECONDS: Record<ServiceKind, number> = { quick: 720, standard: 1_200, long: 1_800 };
const SERVICE_LEVEL_TARGET = 0.8;
const HALL_SHORT_ABANDON_SECONDS = 60;
/** Demonstration sources beat every 5 s; this long without a sign is silence, seconds. */
const EXPECTED_SECONDS = 20;
/** A feed may miss one poll. */
const FEED_EXPECTED_SECONDS = (2 * POLL_MS) / 1_000;

const HOTLINE_QUEUES = [
  { id: 'banking', letter: 'B', zh: '银行业务', en: 'Banking', targetSeconds: 120 },
  { id: 'banking_english', letter: 'E', zh: '英语服务', en: 'English service', targetSeconds: 120 },
  { id: 'internet_support', letter: 'I', zh: '网银支持', en: 'Online banking', targetSeconds: 180 },
  { id: 'prospects', letter: 'N', zh: '新客户咨询', en: 'New customers', targetSeconds: 120 },
  { id: 'stock_exchange', letter: 'S', zh: '证券交易', en: 'Stock exchange', targetSeconds: 60 },
  { id: 'callback_ivr', letter: 'C', zh: '语音回拨', en: 'Voice callback', targetSeconds: 180 },
];
/** The usual promise of a hotline: 80 % within 20 s. */
const HOTLINE_THRESHOLD_SECONDS = 20;

/** The branches of the demonstration: 21 halls and a hotline, all marked as such, in the anchor's zone. */
export function demonstrationNetwork(anchor: Anchor): BranchProfileInput[] {
  const halls = new Map(recordedHalls().map((hall) => [hall.office, hall]));
  const places = PLACES.flatMap((place) => {
    const hall = halls.get(place.office);
    return hall === undefined ? [] : [hallProfile(place, hall, zoneOf(anchor))];
  });
  return [...places, hotlineProfile(zoneOf(anchor))];
}

function hallProfile({ id, zh, en, region }: Place, hall: RecordedHall, zone: string): BranchProfileInput {
  const dead = isDead(hall);
  return {
    id,
    name: { zh, en },
    region: { id: region, name: REGIONS[region] },
    channel: 'hall',
    zone,
    hours: [{ opens: '08:00', closes: '18:00' }],
    queues: hall.groups
      .flatMap((group) => group.queues)
      .map((queue) => ({
        id: queue.id,
        letter: queue.letter,
        name: queue.name,
        targetSeconds: TARGET_SECONDS[queue.kind],
        thresholdSeconds: TARGET_SECONDS[queue.kind],
        serviceLevelTarget: SERVICE_LEVEL_TARGET,
        shortAbandonSeconds: HALL_SHORT_ABANDON_SECONDS,
      })),
    counters: dead ? [] : planHall(hall).counters.map((counter) => ({ ...counter, label: counter.id })),
    expectedSeconds: dead ? FEED_EXPECTED_SECONDS : EXPECTED_SECONDS,
    demo: true,
  };
}

const hotlineProfile = (zone: string): BranchProfileInput => ({
  id: HOTLINE,
  name: { zh: '银行热线', en: 'Bank hotline' },
  region: { id: 'hotline', name: REGIONS.hotline },
  channel: 'voice',
  zone,
  hours: [{ opens: '07:00', closes: '24:00' }],
  queues: HOTLINE_QUEUES.map(({ id, letter, zh, en, targetSeconds }) => ({
    id,
    letter,
    name: { zh, en },
    targetSeconds,
    thresholdSeconds: HOTLINE_THRESHOLD_SECONDS,
    serviceLevelTarget: SERVICE_LEVEL_TARGET,
  })),
  expectedSeconds: EXPECTED_SECONDS,
  demo: true,
});
