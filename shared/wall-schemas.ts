/** Wire order of the walls, and of the estimated waits that several views carry. */
import type { AnnouncementRow, CallRow, ServiceRow, WallPlace } from './customer-wall.ts';
import type { ViewSchema } from './delta.ts';
import type { WaitRow } from './expected-waits.ts';
import type { StaffAheadRow, StaffQueueRow, StaffWallHead } from './staff-wall.ts';
import { fields } from './view-fields.ts';

/** The table of estimated waits. */
export const WAITS = {
  name: 'waits',
  fields: fields<WaitRow>()([
    'id',
    'p10Seconds',
    'p50Seconds',
    'p80Seconds',
    'p90Seconds',
    'none',
    'judged',
    'covered',
    'bias',
  ]),
};

const PLACE = fields<WallPlace>()([
  'id',
  'nameZh',
  'nameEn',
  'zone',
  'opensAt',
  'closesAt',
  'nextOpensAt',
  'demo',
]);

/** Wire order of the customer wall. */
export const CUSTOMER_WALL: ViewSchema = {
  head: PLACE,
  tables: [
    { name: 'calls', fields: fields<CallRow>()(['ticket', 'counter', 'calledAt']) },
    {
      name: 'services',
      fields: fields<ServiceRow>()([
        'id',
        'waiting',
        'wait',
        'lowMinutes',
        'highMinutes',
        'letter',
        'nameZh',
        'nameEn',
      ]),
    },
    {
      name: 'announcements',
      fields: fields<AnnouncementRow>()([
        'id',
        'queuesZh',
        'queuesEn',
        'placeZh',
        'placeEn',
        'toMachines',
        'hereMinutes',
        'thereMinutes',
      ]),
    },
  ],
};

/** Wire order of the staff wall. */
export const STAFF_WALL: ViewSchema = {
  head: fields<StaffWallHead>()([
    ...PLACE,
    'waiting',
    'oldestAt',
    'late',
    'slNumerator30',
    'slDenominator30',
    'open',
    'countersConfigured',
    'answeredToday',
    'abandonedToday',
    'status',
    'channel',
    'serviceLevelTarget',
    'serviceLevel',
  ]),
  tables: [
    {
      name: 'queues',
      fields: fields<StaffQueueRow>()([
        'id',
        'waiting',
        'oldestAt',
        'status',
        'breachProbability',
        'letter',
        'nameZh',
        'nameEn',
        'targetSeconds',
      ]),
    },
    WAITS,
    { name: 'ahead', fields: fields<StaffAheadRow>()(['id', 'from', 'needed', 'expected', 'missing']) },
  ],
};
