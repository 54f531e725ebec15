/**
 * The value below which a standard normal lies with probability `share`, 0–1 exclusive.
 * Source: Wichura 1988, algorithm AS 241 (PPND7), relative error about 1e-7.
 */
export function normalQuantile(share: number): number {
  const centre = share - 0.5;
  if (Math.abs(centre) <= 0.425) {
    const r = 0.180625 - centre * centre;
    return (
      (centre * (((59.10937472 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179)) /
      (((67.1875636 * r + 78.757757664) * r + 17.895169469) * r + 1)
    );
  }
  const r = Math.sqrt(-Math.log(Math.min(share, 1 - share)));
  const size = r <= 5 ? nearTail(r - 1.6) : farTail(r - 5);
  return centre < 0 ? -size : size;
}

const nearTail = (r: number): number =>
  (((0.17023821103 * r + 1.3067284816) * r + 2.75681539) * r + 1.4234372777) /
  ((0.12021132975 * r + 0.7370016425) * r + 1);

const farTail = (r: number): number =>
  (((0.017337203997 * r + 0.42868294337) * r + 3.081226386) * r + 6.657905115) /
  ((0.012258202635 * r + 0.24197894225) * r + 1);
