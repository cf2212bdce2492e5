/**
 * The console's only script: the figures of the first page, every five seconds while it is looked at. It writes text
 * and the paths of plots, never markup.
 */
export const SCRIPT = `const page = document.querySelector('[data-live]')
if (page) {
  const EVERY = 5000
  const button = page.querySelector('[data-pause]')
  const state = page.querySelector('[data-live-state]')
  let isPaused = false
  let timer
  const write = (name, values, change) => {
    for (const element of page.querySelectorAll('[' + name + ']')) {
      const key = element.getAttribute(name)
      if (Object.hasOwn(values, key)) change(element, String(values[key]))
    }
  }
  const setText = (element, text) => {
    // an unchanged summary is not read aloud again
    if (element.textContent !== text) element.textContent = text
  }
  const plan = () => {
    clearTimeout(timer)
    if (!isPaused && !document.hidden) timer = setTimeout(update, EVERY)
  }
  const update = async () => {
    clearTimeout(timer)
    try {
      const response = await fetch(page.dataset.live, { headers: { accept: 'application/json' } })
      if (!response.ok) throw new Error(String(response.status))
      const { texts, paths } = await response.json()
      write('data-text', texts, setText)
      write('data-path', paths, (element, path) => element.setAttribute('d', path))
      page.dataset.state = 'live'
      setText(state, 'Live')
    } catch {
      page.dataset.state = 'lost'
      setText(state, 'No connection')
    }
    plan()
  }
  button.hidden = false
  button.addEventListener('click', () => {
    isPaused = !isPaused
    button.setAttribute('aria-pressed', String(isPaused))
    page.dataset.state = isPaused ? 'paused' : 'live'
    setText(state, isPaused ? 'Paused' : 'Live')
    if (isPaused) clearTimeout(timer)
    else update()
  })
  document.addEventListener('visibilitychange', () => {
    if (document.hidden || isPaused) clearTimeout(timer)
    else update()
  })
  page.dataset.state = 'live'
  setText(state, 'Live')
  plan()
}
`
