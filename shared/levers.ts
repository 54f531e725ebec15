/** What a suggestion does, in the order of preference when equal. */
/** Rule GD1; `closeCounter` sends who was recalled back to the back office, `steer…` customers elsewhere by an announcement. */
export const LEVERS = [
  'openCounter',
  'closeCounter',
  'changeQueues',
  'shiftBreak',
  'recall',
  'send',
  'bringBack',
  'steerToMachine',
  'steerToHall',
] as const;
export type Lever = (typeof LEVERS)[number];

export type SteeringLever = 'steerToMachine' | 'steerToHall';

/** True where customers are asked to go elsewhere, and nobody of the staff moves. */
export const isSteering = (lever: Lever): lever is SteeringLever =>
  lever === 'steerToMachine' || lever === 'steerToHall';
