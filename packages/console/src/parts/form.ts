import { type Child, jsx as h } from 'hono/jsx'

/** A field of a form for text. */
export interface TextField {
  readonly name: string
  readonly label: string
  readonly value: string | undefined
  readonly type?: 'text' | 'datetime-local'
}

/** A field for text or a time, with its label. */
export function showTextField({ name, label, value = '', type = 'text' }: TextField): Child {
  return h(
    'label',
    { class: 'field' },
    h('span', null, label),
    h('input', { name, type, value, autocomplete: 'off', spellcheck: 'false' }),
  )
}

/** A field of a form with a choice. */
export interface ChoiceField {
  readonly name: string
  readonly label: string
  readonly value: string | undefined
  /** Each value with its text. */
  readonly choices: readonly (readonly [string, string])[]
}

/** A field with a choice, with its label. */
export function showChoiceField({ name, label, value = '', choices }: ChoiceField): Child {
  return h(
    'label',
    { class: 'field' },
    h('span', null, label),
    h(
      'select',
      { name },
      ...choices.map(([one, text]) => h('option', { value: one, selected: one === value }, text)),
    ),
  )
}

/** What a page asks before something is done. */
export interface Confirmation {
  readonly title: string
  /** What will happen. */
  readonly text: Child
  /** What it happens to. */
  readonly subject: Child
  /** The words of the button. */
  readonly button: string
  readonly isDangerous?: boolean
  /** Where the page leads that does nothing. */
  readonly back: string
  /** Fields that are sent. */
  readonly fields?: readonly Child[]
}

/** A page that asks before something is done: a form of its own, which needs no script. */
export function showConfirmation(asked: Confirmation): Child {
  const { title, text, subject, button, isDangerous = false, back, fields = [] } = asked
  return h(
    'section',
    { class: 'confirm' },
    h('h1', null, title),
    h('p', null, text),
    subject,
    h(
      'form',
      { method: 'post' },
      ...fields,
      h(
        'p',
        { class: 'actions' },
        h('button', { type: 'submit', class: isDangerous ? 'danger' : 'primary' }, button),
        h('a', { class: 'button', href: back }, 'Back'),
      ),
    ),
  )
}

/** Gives a field that is sent and not shown. */
export function hiddenField(name: string, value: string): Child {
  return h('input', { type: 'hidden', name, value })
}
