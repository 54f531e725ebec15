import { redirect } from '@sveltejs/kit';
import { ALL, movePath } from '#lib/stores/address.ts';

export const load = ({ params }: { params: { id: string } }) => redirect(307, movePath(ALL, params.id));
