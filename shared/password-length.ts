/** Shortest password, characters; by itself, so that the browser need not load the schemas for it. */
export const MIN_PASSWORD_LENGTH = 12;
