/** Wire order of the walls, and of the estimated waits that several views carry. */
import type { CallRow, CustomerWallHead, ServiceRow } from './customer-wall.ts';
import type { ViewSchema } from './delta.ts';
import type { WaitRow } from './expected-waits.ts';
import { fields } from './view-fields.ts';
import type { StaffQueueRow, StaffWallHead } from './views.ts';

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

/** Wire order of the customer wall. */
export const CUSTOMER_WALL: ViewSchema = {
  head: fields<CustomerWallHead>()(['id', 'nameZh', 'nameEn', 'zone', 'opensAt', 'closesAt', 'demo']),
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
  ],
};

/** Wire order of the staff wall. */
export const STAFF_WALL: ViewSchema = {
  head: fields<StaffWallHead>()([
    'id',
    'waiting',
    'oldestAt',
    'slNumerator30',
    'slDenominator30',
    'countersOpen',
    'countersConfigured',
    'status',
    'nameZh',
    'nameEn',
    'zone',
    'opensAt',
    'closesAt',
    'demo',
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
        'slNumerator30',
        'slDenominator30',
        'countersOpen',
        'status',
        'letter',
        'nameZh',
        'nameEn',
        'targetSeconds',
      ]),
    },
    WAITS,
  ],
};
