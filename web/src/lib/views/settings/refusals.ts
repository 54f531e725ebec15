/** Refusals in words. */
import type { Refused } from '#lib/api.ts';
import { m } from '../../../paraglide/messages.js';

const NOT_ABOUT_WHAT_WAS_TYPED: readonly string[] = ['unavailable', 'internal', 'too-many-requests'];

/** What was typed is wrong, unless the refusal is about something else. */
export const wrongOr = (refused: Refused, wrong: string): string =>
  NOT_ABOUT_WHAT_WAS_TYPED.includes(refused.code) ? m.refused({ code: refused.code }) : wrong;

/** Why a change of somebody's rights was refused. */
export const rightsRefused = ({ field, code }: Refused): string =>
  field === 'last-admin' ? m.last_admin() : m.refused({ code });

/** Why a version of the targets was refused. */
export const targetRefused = ({ field, code }: Refused): string =>
  field === null ? m.refused({ code }) : m.target_refused({ field });

const URL_REFUSED = 'url.';

/** Why a webhook was refused: an address that may not be called says why. */
export const webhookRefused = ({ field, code }: Refused): string =>
  field?.startsWith(URL_REFUSED)
    ? m.outgoing_refused({ why: field.slice(URL_REFUSED.length) })
    : m.refused({ code });
