/** What was done can be taken back for at least and at most so long, seconds; people choose (rule GD5, WCAG 2.2.1). */
export const LEAST_UNDO_SECONDS = 10;
export const MOST_UNDO_SECONDS = 60;
