/** Figures of agents and counters. */
import { type CatalogueEntry, figure } from './catalogue-entry.ts';

const agentTime = (zh: string, en: string, state: string): CatalogueEntry =>
  figure(zh, en, 'ratio', `spentMs.${state} / Σ spentMs`, 'OC1');

const counterTime = (zh: string, en: string, state: string): CatalogueEntry =>
  figure(zh, en, 'ratio', `spentMs.${state} / Σ spentMs`, 'OC2');

export const STAFF_CATALOGUE = {
  occupancy: figure(
    '忙碌率',
    'occupancy',
    'ratio',
    '(serving + wrapUp) / (serving + wrapUp + available)',
    'OC1',
    'floor',
  ),
  utilisation: figure(
    '利用率',
    'utilisation',
    'ratio',
    '(serving + wrapUp + available) / signed-in time, which stands for paid time',
    'OC1',
  ),
  signedInTime: figure('签入时长', 'signed-in time', 'seconds', 'Σ spentMs / 1000', 'OC1'),
  'agentTime.serving': agentTime('服务占比', 'serving', 'serving'),
  'agentTime.wrapUp': agentTime('后处理占比', 'wrapping up', 'wrapUp'),
  'agentTime.available': agentTime('空闲占比', 'available', 'available'),
  'agentTime.break': agentTime('小休占比', 'on a break', 'break'),
  'agentTime.backOffice': agentTime('后台占比', 'back office', 'backOffice'),
  'agentTime.training': agentTime('培训占比', 'training', 'training'),
  'agentTime.meeting': agentTime('会议占比', 'meeting', 'meeting'),
  'agentTime.moving': agentTime('调动占比', 'moving', 'moving'),
  'agentTime.unavailable': agentTime('示忙占比', 'unavailable', 'unavailable'),

  counterUse: figure('忙闲率', 'counter use', 'ratio', 'serving / (serving + wrapUp + idle)', 'OC2', 'floor'),
  openingRate: figure(
    '开台率',
    'opening rate',
    'ratio',
    'openInHoursMs / (configured counters × time the hall is open)',
    'OC2',
    'floor',
  ),
  openTime: figure('开台时长', 'time open', 'seconds', '(serving + wrapUp + idle) / 1000', 'OC2'),
  'counterTime.serving': counterTime('服务占比（窗口）', 'counter serving', 'serving'),
  'counterTime.wrapUp': counterTime('后处理占比（窗口）', 'counter wrapping up', 'wrapUp'),
  'counterTime.idle': counterTime('空闲占比（窗口）', 'counter idle', 'idle'),
  'counterTime.paused': counterTime('暂停占比', 'counter paused', 'paused'),
  'counterTime.closed': counterTime('关闭占比', 'counter closed', 'closed'),
  'counterTime.faulted': counterTime('故障占比', 'counter faulted', 'faulted'),
} as const satisfies Record<string, CatalogueEntry>;
