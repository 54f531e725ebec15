import { redirect } from '@sveltejs/kit';
import { ALL, networkPath } from '#lib/stores/address.ts';

export const load = () => redirect(307, networkPath(ALL));
