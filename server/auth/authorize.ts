/** The single gate (rule SF1): who may do what to which branch. Deny is the default. */

/** Somebody at a console of this machine (there are no accounts yet), or a source with its key. */
export type Principal = { kind: 'console' } | { kind: 'source'; source: string; branches: readonly string[] };
export type Action = 'see' | 'tell';

/** True when the principal may see a branch's live state, or tell facts about it. */
export function authorize(principal: Principal, action: Action, branch: string): boolean {
  switch (principal.kind) {
    case 'console':
      return action === 'see';
    case 'source':
      return action === 'tell' && (principal.branches.includes('*') || principal.branches.includes(branch));
    default:
      return principal satisfies never;
  }
}
