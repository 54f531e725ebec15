/** Steps of a move that people are told of. */
export const NOTICE_ACTIONS = [
  'move.accepted',
  'move.started',
  'move.late',
  'move.arrived',
  'move.returned',
  'move.recalled',
  'move.measured',
] as const;
