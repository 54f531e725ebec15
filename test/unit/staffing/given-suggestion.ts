import type { MoveBasis, MoveStepEvent } from '#shared/moves.ts';
import type { MoveOption, Proposal, SuggestedPlace } from '#shared/suggestions.ts';
import { type BranchMoves, foldMove, type LiveMove, moveStepId } from '#server/domain/staffing/fold-moves.ts';

export const NOON = Date.UTC(2026, 10, 20, 12);
export const MINUTE = 60_000;

export const place = (branch: string): SuggestedPlace => ({
  branch,
  nameZh: branch,
  nameEn: branch,
  pool: 'all',
  queues: ['q1', 'q2'],
  queuesZh: '',
  queuesEn: '',
  targetSeconds: 900,
});
const range = (middle: number) => ({ low: middle - 60, middle, high: middle + 60 });

/** Somebody 20 minutes away. */
const option = (person: string): MoveOption => ({
  lever: 'send',
  person: { id: person, name: person, home: 'north' },
  from: place('north'),
  minutes: 20,
  breakShift: null,
  steer: null,
  gain: 300,
  loss: 20,
  cost: 11,
  promise: {
    from: NOON + 20 * MINUTE,
    to: NOON + 80 * MINUTE,
    receiver: { without: range(1_500), with: range(900) },
    giver: { without: range(120), with: range(180) },
    saved: range(270),
    helps: 0.95,
    late: null,
    curves: { receiver: [], giver: [] },
  },
  giverFact: null,
  breaks: [],
});

const proposal: Proposal = {
  lever: 'send',
  to: place('south'),
  options: [option('n1'), option('n2')],
  why: [],
  validUntil: NOON + 10 * MINUTE,
  friction: 2,
};
const basis: MoveBasis = {
  branch: 'south',
  queues: ['q1', 'q2'],
  hall: { queues: [], groups: [] },
};

export const PROPOSED: Extract<MoveStepEvent, { type: 'move.proposed' }> = {
  type: 'move.proposed',
  id: moveStepId('m-1', 1),
  at: NOON,
  move: 'm-1',
  proposal,
  basis,
};

/** A branch with one suggestion, whose options may be otherwise. */
export function proposed(over: Partial<MoveOption> = {}): {
  moves: BranchMoves;
  move: () => LiveMove;
  tell: (fact: MoveStepEvent) => void;
} {
  const moves: BranchMoves = new Map();
  const tell = (fact: MoveStepEvent): void => {
    foldMove(moves, 'south', structuredClone(fact));
  };
  const options = proposal.options.map((each) => ({ ...each, ...over }));
  tell({ ...PROPOSED, proposal: { ...proposal, options } });
  const move = (): LiveMove => {
    const found = moves.get('m-1');
    if (found === undefined) throw new Error('forgotten');
    return found;
  };
  return { moves, move, tell };
}
