/** Lists of fields that the compiler holds complete. */

/** Fields of a row in wire order; the compiler refuses a list that misses one. */
export const fields =
  <Row>() =>
  <const F extends readonly (keyof Row & string)[]>(
    list: F &
      ([Exclude<keyof Row, F[number]>] extends [never]
        ? unknown
        : { missing: Exclude<keyof Row, F[number]> }),
  ): F =>
    list;
