/** Wire order of every view: which field stands where. */
import type { ViewSchema } from './delta.ts';
import type {
  AgentRow,
  BranchRow,
  CallRow,
  CounterRow,
  CustomerWallHead,
  FloorHead,
  NetworkHead,
  QueueRow,
  ServiceRow,
  SourceRow,
  StaffQueueRow,
  StaffWallHead,
  ViewName,
} from './views.ts';

/** Fields of a row in wire order; the compiler refuses a list that misses one. */
const fields =
  <Row>() =>
  <const F extends readonly (keyof Row & string)[]>(
    list: F &
      ([Exclude<keyof Row, F[number]>] extends [never]
        ? unknown
        : { missing: Exclude<keyof Row, F[number]> }),
  ): F =>
    list;

const WINDOW = [
  'offeredToday',
  'answeredToday',
  'abandonedToday',
  'slNumeratorToday',
  'slDenominatorToday',
  'slNumerator30',
  'slDenominator30',
  'answered30',
  'abandoned30',
  'waitSeconds30',
  'handled30',
  'handleSeconds30',
] as const;

/** Wire order of every view. */
export const SCHEMAS: { readonly [V in ViewName]: ViewSchema } = {
  floor: {
    head: fields<FloorHead>()([
      'waiting',
      'oldestAt',
      ...WINDOW,
      'occupancy30',
      'counterUse30',
      'openingRateToday',
      'countersOpen',
      'countersConfigured',
      'agentsServing',
      'agentsWrapUp',
      'agentsAvailable',
      'agentsBreak',
      'agentsOther',
      'queuesLeftOut',
      'status',
      'id',
      'nameZh',
      'nameEn',
      'regionZh',
      'regionEn',
      'channel',
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
        fields: fields<QueueRow>()([
          'id',
          'waiting',
          'oldestAt',
          ...WINDOW,
          'late',
          'countersOpen',
          'countersServing',
          'status',
          'source',
          'letter',
          'nameZh',
          'nameEn',
          'targetSeconds',
          'thresholdSeconds',
          'serviceLevelTarget',
          'serviceLevel',
          'observed',
        ]),
      },
      {
        name: 'counters',
        fields: fields<CounterRow>()([
          'id',
          'activity',
          'since',
          'ticket',
          'agent',
          'queues',
          'label',
          'position',
        ]),
      },
      {
        name: 'agents',
        fields: fields<AgentRow>()(['id', 'activity', 'since', 'queue', 'counter', 'reason', 'name']),
      },
      { name: 'sources', fields: fields<SourceRow>()(['id', 'state', 'skewSeconds', 'expectedSeconds']) },
    ],
  },
  row: {
    head: fields<NetworkHead>()(['scope', 'demo', 'zone']),
    tables: [
      {
        name: 'branches',
        fields: fields<BranchRow>()([
          'id',
          'waiting',
          'oldestAt',
          'status',
          'late',
          'worstRatio',
          'slNumerator30',
          'slDenominator30',
          'offeredToday',
          'answeredToday',
          'abandonedToday',
          'countersOpen',
          'countersConfigured',
          'agentsOn',
          'worstQueueZh',
          'worstQueueEn',
          'worstTargetSeconds',
          'nameZh',
          'nameEn',
          'regionZh',
          'regionEn',
          'channel',
          'demo',
          'serviceLevelTarget',
          'serviceLevel',
        ]),
      },
    ],
  },
  customerWall: {
    head: fields<CustomerWallHead>()(['id', 'nameZh', 'nameEn', 'zone', 'opensAt', 'closesAt', 'demo']),
    tables: [
      { name: 'calls', fields: fields<CallRow>()(['ticket', 'counter', 'calledAt']) },
      {
        name: 'services',
        fields: fields<ServiceRow>()(['id', 'waiting', 'open', 'letter', 'nameZh', 'nameEn']),
      },
    ],
  },
  staffWall: {
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
    ],
  },
};
