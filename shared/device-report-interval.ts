/** A wall says how it is this often, ms. Apart from the schemas, which no wall should carry. */
export const DEVICE_REPORT_MS = 60_000;
