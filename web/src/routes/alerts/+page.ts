import { redirect } from '@sveltejs/kit';
import { ALL, networkAlertsPath } from '#lib/stores/address.ts';

export const load = () => redirect(307, networkAlertsPath(ALL));
