/** What is open beside the floor stands in the address, so that a link shows it too. */
import { setParameters } from '#lib/stores/address.ts';

export const openQueue = (id: string): void => void setParameters({ q: id, sheet: 'queue', c: null });
export const openCounter = (id: string): void => void setParameters({ c: id, sheet: 'counter' });
export const openWhatIf = (): void => void setParameters({ sheet: 'what-if', c: null });
export const closeSheet = (): void => void setParameters({ sheet: null, c: null });
