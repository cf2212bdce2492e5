/** The size of a plot, in the units of its paths. */
export const PLOT = { width: 240, height: 60 } as const

const GAP = 0.2

/** The value that reaches the top, and where the bars begin. */
interface BarOptions {
  readonly most: number
  /** Values on which the bars stand; the base line unless given. */
  readonly from?: readonly number[]
}

/** Draws the path of a bar for each value. */
export function drawBars(values: readonly number[], { most, from }: BarOptions): string {
  const width = PLOT.width / values.length
  const bars = values.map((value, index) => {
    const low = from?.[index] ?? 0
    if (value <= low) return ''
    const [x, top, bottom] = [index * width + (width * GAP) / 2, toY(value, most), toY(low, most)]
    return `M${round(x)} ${bottom}V${top}h${round(width * (1 - GAP))}V${bottom}Z`
  })
  return bars.join('')
}

/** The value that reaches the top, and whether the axis is logarithmic, from 1 on. */
interface StepOptions {
  readonly most: number
  readonly isLogarithmic?: boolean
}

/** Draws the path of a step for each value; where there is none, there is a gap. */
export function drawSteps(
  values: readonly (number | undefined)[],
  { most, isLogarithmic = false }: StepOptions,
): string {
  const scale = (value: number) => (isLogarithmic ? Math.log(Math.max(value, 1)) : value)
  const width = PLOT.width / values.length
  const steps = values.map((value, index) => {
    if (value === undefined) return ''
    const isFirst = values[index - 1] === undefined
    const [x, y] = [round(index * width), toY(scale(value), scale(most))]
    return `${isFirst ? 'M' : 'L'}${x} ${y}h${round(width)}`
  })
  return steps.join('')
}

/** One unit above and below stays free, so that no line is cut. */
function toY(value: number, most: number): number {
  const share = most === 0 ? 0 : value / most
  return round(PLOT.height - 1 - share * (PLOT.height - 2))
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
