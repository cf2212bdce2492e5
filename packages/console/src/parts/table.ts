import { type Child, jsx as h } from 'hono/jsx'

/** A column of a table: its name, and what it shows of a row. */
export interface Column<TRow> {
  readonly name: string
  readonly show: (row: TRow) => Child
  /** Numbers stand at the right. */
  readonly isNumber?: boolean
}

/** What a table shows. */
export interface TableOptions<TRow> {
  readonly caption: string
  /** Whether the page has a heading that says the same. */
  readonly isCaptionHidden?: boolean
  /** Whether it has few short columns, so that it stays a table on a narrow page. */
  readonly isNarrow?: boolean
  readonly columns: readonly Column<TRow>[]
  readonly rows: readonly TRow[]
  /** A sentence, without rows. */
  readonly empty: string
}

/** A table whose first column names its rows; on a narrow page each row is a card, and the roles stay. */
export function showTable<TRow>(options: TableOptions<TRow>): Child {
  const { caption, isCaptionHidden = false, isNarrow = false, columns, rows, empty } = options
  if (rows.length === 0) return h('p', { class: 'empty' }, empty)
  const classOf = ({ isNumber = false }: Column<TRow>) => (isNumber ? 'number' : undefined)
  const headings = columns.map((column) =>
    h('th', { scope: 'col', role: 'columnheader', class: classOf(column) }, column.name),
  )
  const showRow = (row: TRow) =>
    h(
      'tr',
      { role: 'row' },
      ...columns.map((column, index) =>
        index === 0
          ? h('th', { scope: 'row', role: 'rowheader' }, column.show(row))
          : h(
              'td',
              { role: 'cell', class: classOf(column) },
              h('span', { class: 'label', 'aria-hidden': 'true' }, column.name),
              h('span', { class: 'value' }, column.show(row)),
            ),
      ),
    )
  return h(
    'table',
    { role: 'table', class: isNarrow ? 'narrow' : undefined },
    h('caption', { class: isCaptionHidden ? 'hidden' : undefined }, caption),
    h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, ...headings)),
    h('tbody', { role: 'rowgroup' }, ...rows.map(showRow)),
  )
}
