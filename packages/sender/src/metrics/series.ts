/** The labels of a series, by name. */
export type Labels = Readonly<Record<string, string>>

/** A metric that writes itself in Prometheus' text format. */
export interface Metric {
  write(): string
}

/** The name of a metric, and a sentence that says what it is. */
export interface MetricDescription {
  readonly name: string
  readonly help: string
}

/** Makes a counter, one series for each set of labels. */
export function createCounter(description: MetricDescription): Metric & {
  add(labels: Labels): void
} {
  const series = new Map<string, number>()
  return {
    add(labels) {
      const key = writeLabels(labels)
      series.set(key, (series.get(key) ?? 0) + 1)
    },
    write: () =>
      writeMetric(
        description,
        'counter',
        [...series].map(([labels, value]) => `${description.name}${labels} ${value}`),
      ),
  }
}

/** Makes a histogram, whose buckets count what is at most their bound. */
export function createHistogram(
  description: MetricDescription,
  bounds: readonly number[],
): Metric & { observe(labels: Labels, value: number): void } {
  interface Series {
    readonly labels: Labels
    readonly buckets: number[]
    count: number
    sum: number
  }
  const all = new Map<string, Series>()
  const { name } = description
  const writeSeries = ({ labels, buckets, count, sum }: Series) => {
    const limits = [...bounds.map(String), '+Inf']
    const lines = limits.map((le, index) => {
      const within = buckets.slice(0, index + 1).reduce((total, one) => total + one, 0)
      return `${name}_bucket${writeLabels({ ...labels, le })} ${within}`
    })
    const own = writeLabels(labels)
    return [...lines, `${name}_sum${own} ${sum}`, `${name}_count${own} ${count}`]
  }
  return {
    observe(labels, value) {
      const key = writeLabels(labels)
      const buckets = [...bounds, 0].map(() => 0)
      const series = all.get(key) ?? { labels, buckets, count: 0, sum: 0 }
      all.set(key, series)
      const found = bounds.findIndex((bound) => value <= bound)
      const index = found < 0 ? bounds.length : found
      series.buckets[index] = (series.buckets[index] ?? 0) + 1
      series.count += 1
      series.sum += value
    },
    write: () => writeMetric(description, 'histogram', [...all.values()].flatMap(writeSeries)),
  }
}

/** Writes a value of now; one for each set of labels. */
export function writeGauge(
  description: MetricDescription,
  values: readonly (readonly [Labels, number])[],
): string {
  const lines = values.map(
    ([labels, value]) => `${description.name}${writeLabels(labels)} ${value}`,
  )
  return writeMetric(description, 'gauge', lines)
}

function writeMetric(
  { name, help }: MetricDescription,
  type: string,
  lines: readonly string[],
): string {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n')
}

function writeLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeValue(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function escapeValue(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
