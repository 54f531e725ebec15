/** Addresses that stand for this machine, by which browsers here reach it. */
const HERE = new Set(['127.0.0.1', '::1', '0.0.0.0', '::']);

/** A host as browsers on this machine name it. */
export const ownHost = (host: string): string => (HERE.has(host) ? 'localhost' : host);
