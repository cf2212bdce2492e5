/** One of the names that differ from this one by case, punctuation, one character, or their end. */
export type Nearest<TName extends string, TNames extends string> = TName extends ''
  ? never
  : OneOf<
      TNames extends unknown
        ? TNames extends ''
          ? never
          : IsNear<TName, TNames> extends true
            ? TNames
            : never
        : never
    >

/** The end of a sentence, if there is a nearest name. */
export type Hint<TNear> = [TNear] extends [never] ? '' : `; did you mean '${TNear & string}'?`

type IsNear<TName extends string, TOther extends string> =
  Plain<TName> extends Plain<TOther>
    ? true
    : TName extends `${TOther}${string}`
      ? true
      : TOther extends `${TName}${string}`
        ? true
        : DiffersByOne<TName, TOther>

type Plain<TName extends string> = Lowercase<Replace<Replace<TName, '_', ''>, '-', ''>>

type DiffersByOne<
  TA extends string,
  TB extends string,
> = TA extends `${infer TFirstA}${infer TRestA}`
  ? TB extends `${infer TFirstB}${infer TRestB}`
    ? TFirstA extends TFirstB
      ? DiffersByOne<TRestA, TRestB>
      : TRestA extends TRestB | TB
        ? true
        : TRestB extends TA
          ? true
          : false
    : false
  : false

/** One member of a union, of the compiler's choice: inferred from overloads, which give their last. */
type OneOf<T> = (T extends unknown ? (use: () => T) => void : never) extends (
  use: infer TUse,
) => void
  ? TUse extends () => infer TOne
    ? TOne
    : never
  : never

/** The text with every occurrence of one piece replaced by another. */
export type Replace<
  TText extends string,
  TFrom extends string,
  TTo extends string,
> = TText extends `${infer TStart}${TFrom}${infer TEnd}`
  ? `${TStart}${TTo}${Replace<TEnd, TFrom, TTo>}`
  : TText
