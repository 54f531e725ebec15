import { redirect } from '@sveltejs/kit';
import { ALL, networkPath } from '#lib/stores/address.ts';
import { takeWayBack } from '#lib/stores/way-back.ts';

/** Home, or where somebody was before the identity provider had the browser. */
export const load = () => redirect(307, takeWayBack() ?? networkPath(ALL));
