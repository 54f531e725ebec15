/** Figures of queues, and of branches and networks as sums of queues. */
import { type CatalogueEntry, figure } from './catalogue-entry.ts';

const level = (zh: string, en: string, formula: string, rule = 'SL2'): CatalogueEntry =>
  figure(zh, en, 'ratio', formula, rule);

const quantile = (percent: number): CatalogueEntry =>
  figure(
    `等候 P${percent}`,
    `wait P${percent}`,
    'seconds',
    `${percent} % of \`waits\`, linear within its bucket; error up to the bucket’s width`,
    'WT3',
  );

export const QUEUE_CATALOGUE = {
  waiting: figure(
    '等候人数',
    'waiting',
    'people',
    'phase waiting now; of a level feed what it said',
    'WT2',
    'floor, network, walls',
  ),
  longestWaiting: figure(
    '最长等待',
    'longest wait',
    'seconds',
    'now − earliest arrival still waiting',
    'WT2',
    'floor, network, staff wall',
  ),
  lateNow: figure(
    '超标人数',
    'late now',
    'people',
    'waiting now longer than `targetSeconds`',
    'WT2',
    'network',
  ),

  offered: figure('来客', 'offered', 'visits', 'offered', 'WN1', 'floor, network'),
  answered: figure('接待', 'answered', 'visits', 'answered', 'WN1', 'floor'),
  abandoned: figure('弃号', 'abandoned', 'visits', 'abandoned', 'AB1', 'floor'),
  shortAbandoned: figure('短时弃号', 'short abandons', 'visits', 'shortAbandoned', 'AB1'),
  rerouted: figure('转出', 'rerouted', 'visits', 'rerouted', 'WT4'),
  missed: figure('过号', 'missed calls', 'visits', 'missed', 'AB1'),
  handled: figure('办结', 'handled', 'visits', 'handled', 'HT1'),
  rated: figure('评价数', 'ratings', 'visits', 'rated', 'SL4'),

  serviceLevel: figure(
    '服务水平',
    'service level',
    'ratio',
    'slNumerator / slDenominator',
    'SL1',
    'floor, network, staff wall',
  ),
  'serviceLevel.headline': level(
    '服务水平（标准）',
    'service level, headline',
    'answeredWithin / (answered + abandoned)',
    'SL1',
  ),
  'serviceLevel.offered-incl-abandoned-within': level(
    '服务水平（含时限内弃号）',
    'offered, abandoned within included',
    '(answeredWithin + abandonedWithin) / (answered + abandoned)',
  ),
  'serviceLevel.answered-only': level('服务水平（仅接待）', 'answered only', 'answeredWithin / answered'),
  'serviceLevel.late-abandons-only': level(
    '服务水平（仅超时弃号）',
    'late abandons only',
    'answeredWithin / (answered + abandoned − abandonedWithin)',
  ),
  'serviceLevel.short-abandons-good': level(
    '服务水平（短时弃号计入达标）',
    'short abandons good',
    '(answeredWithin + shortAbandoned) / (answered + abandoned)',
  ),
  'serviceLevel.short-abandons-out': level(
    '服务水平（短时弃号剔除）',
    'short abandons out',
    'answeredWithin / (answered + abandoned − shortAbandoned)',
  ),

  averageWait: figure('平均等候', 'average wait (ASA)', 'seconds', 'waitSeconds / answered', 'WT3', 'floor'),
  maximumWait: figure('最大等候', 'maximum wait', 'seconds', 'waitSecondsMax, abandoned included', 'WT2'),
  waitP50: quantile(50),
  waitP80: quantile(80),
  waitP95: quantile(95),
  totalWait: figure('全程等候', 'total wait', 'seconds', 'totalWaitSeconds / answered', 'WT4'),
  abandonedWait: figure(
    '弃号前等候',
    'wait before abandoning',
    'seconds',
    'abandonWaitSeconds / abandoned',
    'WT3',
  ),
  answerTime: figure('应答时长', 'answer time', 'seconds', 'answerSeconds / answerTimes', 'WT1'),
  abandonment: figure('弃号率', 'abandonment', 'ratio', 'abandoned / (answered + abandoned)', 'AB1', 'floor'),
  shortAbandonShare: figure(
    '短时弃号占比',
    'short abandons of abandons',
    'ratio',
    'shortAbandoned / abandoned',
    'AB1',
  ),

  handleTime: figure(
    '办理时长',
    'handle time (AHT)',
    'seconds',
    '(serviceSeconds + wrapUpSeconds) / handled',
    'HT1',
    'floor',
  ),
  handlingTime: figure(
    '服务时长',
    'handling time, holds included',
    'seconds',
    'serviceSeconds / handled',
    'HT1',
  ),
  talkTime: figure(
    '净服务时长',
    'service without holds',
    'seconds',
    '(serviceSeconds − holdSeconds) / handled',
    'HT1',
  ),
  holdTime: figure('挂起时长', 'hold time', 'seconds', 'holdSeconds / handled', 'HT1'),
  wrapUpTime: figure('后处理时长', 'wrap-up time', 'seconds', 'wrapUpSeconds / handled', 'HT1'),
  rating: figure('满意度', 'rating', 'score', 'ratingSum / rated', 'SL4'),

  arrivalServiceLevel: figure(
    '服务水平（按到达）',
    'service level, by arrival',
    'ratio',
    'arrivedSlNumerator / arrivedSlDenominator',
    'WN1',
  ),
  arrivalAbandonment: figure(
    '弃号率（按到达）',
    'abandonment, by arrival',
    'ratio',
    'arrivedAbandoned / (arrivedAnswered + arrivedAbandoned)',
    'WN1',
  ),
  arrivalAverageWait: figure(
    '平均等候（按到达）',
    'average wait, by arrival',
    'seconds',
    'arrivedWaitSeconds / arrivedAnswered',
    'WN1',
  ),
  arrivalAbandonedWait: figure(
    '弃号前等候（按到达）',
    'wait before abandoning, by arrival',
    'seconds',
    'arrivedAbandonWaitSeconds / arrivedAbandoned',
    'WN1',
  ),

  observedWaiting: figure(
    '平均等候人数（数据源）',
    'mean waiting, level feed',
    'people',
    'observedWaitingSeconds / observedSeconds',
    'LV3',
  ),
  observedWaitingMax: figure(
    '最多等候人数（数据源）',
    'most waiting, level feed',
    'people',
    'observedWaitingMax',
    'LV3',
  ),
  observedCounters: figure(
    '平均开台数（数据源）',
    'mean counters open, level feed',
    'counters',
    'observedCountersSeconds / observedCountersKnownSeconds',
    'LV3',
  ),
  observedTickets: figure(
    '叫号数（数据源）',
    'tickets called, level feed',
    'tickets',
    'observedTickets',
    'LV3',
  ),
  derivedWait: figure(
    '推算等候（数据源）',
    'expected wait, derived',
    'seconds',
    'Little: (observedWaitingSeconds / observedSeconds) × observedTicketsKnownSeconds / observedTickets',
    'WT1',
  ),
} as const satisfies Record<string, CatalogueEntry>;
