/** The style of the console: plain elements first, light and dark, from 320 pixels on. */
export const STYLE = `:root {
  color-scheme: light dark;
  --page: #f6f7f9;
  --surface: #ffffff;
  --raised: #f1f3f6;
  --line: #dfe3e8;
  --text: #16202c;
  --dim: #56616f;
  --accent: #4338ca;
  --accent-text: #ffffff;
  --focus: #4f46e5;
  --good: #0f7a4d;
  --good-back: #e3f5ec;
  --bad: #b3261e;
  --bad-back: #fdeceb;
  --warn: #8a5300;
  --warn-back: #fdf1dc;
  --info: #3949ab;
  --info-back: #e9ebfb;
  --plot-good: #34a77a;
  --plot-bad: #d9534b;
  --plot-first: #4f46e5;
  --plot-second: #c2790c;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0e1217;
    --surface: #161b22;
    --raised: #1e252e;
    --line: #2c3541;
    --text: #e6eaf0;
    --dim: #9aa7b6;
    --accent: #a5b0ff;
    --accent-text: #10132b;
    --focus: #a5b0ff;
    --good: #5fd3a0;
    --good-back: #11301f;
    --bad: #ff9a91;
    --bad-back: #3a1715;
    --warn: #f2bd6b;
    --warn-back: #35260d;
    --info: #aab4ff;
    --info-back: #20254a;
    --plot-good: #3fae80;
    --plot-bad: #e5675f;
    --plot-first: #8d97ff;
    --plot-second: #e0a24a;
  }
}
*, *::before, *::after { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--page);
  color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Open Sans', sans-serif;
  overflow-wrap: anywhere;
}
button, .button, .tag, th { overflow-wrap: normal; }
@media (min-width: 44.01rem) { td { min-width: 5.75rem; } td.number { min-width: 0; } }
h1, h2, h3, p, dl, dd, ul, ol, figure, table, pre { margin: 0; }
h1 { font-size: 1.5rem; line-height: 1.25; letter-spacing: -0.015em; }
h2 { font-size: 1rem; line-height: 1.4; }
h3 { font-size: 0.875rem; margin: 1rem 0 0.375rem; }
a { color: var(--accent); text-underline-offset: 0.2em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
main:focus { outline: none; }
code, pre { font-family: var(--mono); font-size: 0.8125rem; }
[hidden] { display: none !important; }
.hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: 1rem; top: -4rem; z-index: 2; padding: 0.5rem 1rem; background: var(--surface); border-radius: 0 0 6px 6px; }
.skip:focus { top: 0; }
.dim, .note, .axis, .empty { color: var(--dim); }
.empty { padding: 0.75rem 0; }

.top { background: var(--surface); border-bottom: 1px solid var(--line); }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 0 1.5rem; max-width: 76rem; margin: 0 auto; padding: 0 1.5rem; }
.brand { display: flex; align-items: center; gap: 0.5rem; font-weight: 650; padding: 0.75rem 0; }
.bar nav { display: flex; gap: 0.25rem; flex: 1; }
.bar nav a { padding: 0.8125rem 0.625rem; color: var(--dim); text-decoration: none; border-bottom: 2px solid transparent; }
.bar nav a:hover { color: var(--text); }
.bar nav a[aria-current] { color: var(--text); border-bottom-color: var(--accent); font-weight: 550; }
.tag { padding: 0.125rem 0.5rem; border: 1px solid var(--line); border-radius: 999px; color: var(--dim); font-size: 0.8125rem; }

main { max-width: 76rem; margin: 0 auto; padding: 1.5rem 1.5rem 4rem; }
main > * + *, .overview > * + * { margin-top: 1.25rem; }
section { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.25rem; min-width: 0; }
section > h2, section > .head { margin-bottom: 0.5rem; }
.head { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1rem; }
.head > :first-child { flex: 1; min-width: 12rem; }
.columns { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.25rem; align-items: start; }

.summary { padding: 0.625rem 1rem; border-radius: 8px; background: var(--warn-back); color: var(--warn); font-weight: 550; }
[data-level='well'] .summary, .summary[data-level='well'], .done { background: var(--good-back); color: var(--good); }
.summary[data-level='bad'] { background: var(--bad-back); color: var(--bad); }
.done { padding: 0.625rem 1rem; border-radius: 8px; font-weight: 550; }
.health { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; padding: 0; list-style: none; color: var(--dim); font-size: 0.875rem; }
.health li::before { content: ''; display: inline-block; width: 0.5rem; height: 0.5rem; margin-right: 0.5rem; border-radius: 50%; background: var(--plot-good); }
.health .bad { color: var(--warn); }
.health .bad::before { background: var(--plot-second); border-radius: 1px; }

.live { display: flex; align-items: center; gap: 0.5rem; font-size: 0.875rem; color: var(--dim); }
.live-state { display: flex; align-items: center; gap: 0.375rem; }
.dot { display: none; width: 0.5rem; height: 0.5rem; border-radius: 50%; background: var(--dim); }
[data-state] .dot { display: block; }
[data-state='live'] .dot { background: var(--plot-good); }
[data-state='lost'] .dot { background: var(--plot-bad); }
@media (prefers-reduced-motion: no-preference) {
  [data-state='live'] .dot { animation: beat 2.5s ease-in-out infinite; }
  @keyframes beat { 50% { opacity: 0.35; } }
}
.windows { display: flex; border: 1px solid var(--line); border-radius: 8px; background: var(--surface); overflow: hidden; }
.windows a { padding: 0.3125rem 0.75rem; color: var(--dim); text-decoration: none; font-size: 0.875rem; }
.windows a + a { border-left: 1px solid var(--line); }
.windows a[aria-current] { background: var(--raised); color: var(--text); font-weight: 550; }
.windows a:focus-visible { outline-offset: -2px; }

.cards { display: grid; grid-template-columns: repeat(5, minmax(0, 1fr)); gap: 1px; background: var(--line); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
.card { background: var(--surface); padding: 0.875rem 1.125rem; }
.card dt { color: var(--dim); font-size: 0.875rem; }
.card strong { display: block; font-size: 1.625rem; line-height: 1.3; font-weight: 600; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.note { display: block; font-size: 0.8125rem; font-variant-numeric: tabular-nums; }

.plots { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 1.25rem; }
.plot { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 0.875rem 1.125rem 0.625rem; position: relative; }
.plot figcaption { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 0.75rem; }
.plot h2 { font-size: 0.875rem; font-weight: 600; }
.legend { display: flex; gap: 0.75rem; font-size: 0.8125rem; color: var(--dim); }
.key::before { content: ''; display: inline-block; width: 0.625rem; height: 0.625rem; margin-right: 0.375rem; border-radius: 2px; background: currentColor; }
.key.of-delivered::before, .key.of-rate::before { background: var(--plot-good); }
.key.of-dead::before { background: var(--plot-bad); }
.key.of-p50::before { background: var(--plot-first); }
.key.of-p95::before { background: var(--plot-second); }
.drawing { position: relative; margin-top: 0.5rem; padding-top: 1.125rem; }
.drawing svg { display: block; width: 100%; height: 5.5rem; }
.most { position: absolute; top: 0; left: 0; font-size: 0.75rem; line-height: 1rem; color: var(--dim); font-variant-numeric: tabular-nums; }
.axis { display: flex; justify-content: space-between; font-size: 0.75rem; padding-top: 0.25rem; }
.grid { stroke: var(--line); stroke-width: 1; vector-effect: non-scaling-stroke; }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; vector-effect: non-scaling-stroke; }
.bar.of-delivered { fill: var(--plot-good); }
.bar.of-dead { fill: var(--plot-bad); }
.line.of-rate { stroke: var(--plot-good); }
.line.of-p50 { stroke: var(--plot-first); }
.line.of-p95 { stroke: var(--plot-second); }
.share { display: block; width: 100%; min-width: 5rem; height: 0.5rem; margin-top: 0.4rem; background: var(--raised); border-radius: 2px; }
.share.good rect { fill: var(--plot-good); }
.share.bad rect { fill: var(--plot-bad); }
code.good { color: var(--good); }
code.bad { color: var(--bad); }
.share.odd rect { fill: var(--plot-second); }
code.odd { color: var(--warn); }

.state { display: inline-block; padding: 0.0625rem 0.5rem; border-radius: 999px; background: var(--raised); color: var(--dim); font-size: 0.8125rem; line-height: 1.375rem; font-weight: 550; letter-spacing: 0; white-space: nowrap; vertical-align: middle; }
.state .reason { font-weight: 400; }
.is-delivered, .is-enabled { background: var(--good-back); color: var(--good); }
.is-dead, .is-unresolvable { background: var(--bad-back); color: var(--bad); }
.is-parked, .is-held, .is-disabled { background: var(--warn-back); color: var(--warn); }
.is-scheduled, .is-sending { background: var(--info-back); color: var(--info); }
a.plain { text-decoration: none; }
a.plain:hover .state { text-decoration: underline; }

table { width: 100%; border-collapse: collapse; font-size: 0.875rem; }
main > table { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; border-collapse: separate; border-spacing: 0; overflow: hidden; }
caption { text-align: left; color: var(--dim); padding-bottom: 0.5rem; }
th, td { text-align: left; vertical-align: top; padding: 0.5rem 0.75rem; border-bottom: 1px solid var(--line); font-weight: 400; }
section > table th:first-child, section > table td:first-child { padding-left: 0; }
section > table th:last-child, section > table td:last-child { padding-right: 0; }
thead th { color: var(--dim); font-size: 0.8125rem; white-space: nowrap; }
tbody tr:last-child > * { border-bottom: 0; }
tbody th a { font-weight: 550; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.label { display: none; }
.id { display: block; color: var(--dim); font-size: 0.75rem; max-width: 17rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
tbody th a { overflow-wrap: anywhere; }
td time { white-space: nowrap; }

.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 0.75rem 1.5rem; }
main > .facts { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.25rem; }
.facts .wide { grid-column: span 2; }
.facts dt { color: var(--dim); font-size: 0.8125rem; }
.template { padding: 0.625rem 0.875rem; border-radius: 8px; background: var(--raised); line-height: 1.8; }
.template + .dim { margin: 0.375rem 0 0.5rem; font-size: 0.875rem; }
.expression { color: var(--accent); font-weight: 600; }
pre { padding: 0.75rem 1rem; border: 1px solid var(--line); border-radius: 8px; background: var(--raised); max-height: 24rem; overflow: auto; white-space: pre-wrap; }
section > .facts + pre, details pre { margin-top: 0.75rem; }
summary { cursor: pointer; color: var(--accent); width: fit-content; }
.attempts { padding: 0; list-style: none; counter-reset: attempt; }
.attempts > li { position: relative; counter-increment: attempt; padding: 0 0 1rem 2.5rem; font-size: 0.875rem; }
.attempts > li:last-child { padding-bottom: 0; }
.attempts > li::before { content: counter(attempt); position: absolute; left: 0; top: 0; width: 1.625rem; height: 1.625rem; line-height: 1.625rem; border-radius: 50%; text-align: center; font-size: 0.8125rem; font-weight: 600; background: var(--bad-back); color: var(--bad); }
.attempts > .well::before { background: var(--good-back); color: var(--good); }
.attempts > li:not(:last-child)::after { content: ''; position: absolute; left: 0.75rem; top: 1.875rem; bottom: 0.25rem; width: 2px; background: var(--line); }
.attempts strong { font-size: 1rem; }

.filter { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: 0.75rem 1rem; align-items: end; padding: 1rem 1.25rem; background: var(--surface); border: 1px solid var(--line); border-radius: 10px; }
.field { display: block; font-size: 0.875rem; min-width: 0; }
.field span { display: block; color: var(--dim); font-size: 0.8125rem; margin-bottom: 0.1875rem; }
input, select, button, .button { font: inherit; color: inherit; border: 1px solid var(--line); border-radius: 7px; background: var(--surface); min-height: 2.25rem; padding: 0.25rem 0.625rem; }
input, select { width: 100%; min-width: 0; border-color: var(--dim); }
button, .button { display: inline-flex; align-items: center; padding: 0.25rem 0.875rem; font-size: 0.875rem; font-weight: 550; text-decoration: none; cursor: pointer; }
button:hover, .button:hover { background: var(--raised); }
.small { min-height: 1.75rem; padding: 0 0.625rem; }
.primary, .primary:hover { background: var(--accent); border-color: var(--accent); color: var(--accent-text); }
.danger, .danger:hover { background: var(--bad); border-color: var(--bad); color: var(--page); }
.actions { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.pages { display: flex; justify-content: space-between; gap: 1rem; }
.pages :last-child { margin-left: auto; }
.confirm { max-width: 46rem; }
.confirm > * + *, .confirm form > * + * { margin-top: 1rem; }
.confirm .facts { padding: 0.75rem 1rem; background: var(--raised); border-radius: 8px; }
.confirm .field { max-width: 20rem; }
.notice h1 { margin-bottom: 0.5rem; }
.secret { padding: 1rem 1.25rem; border: 2px dashed var(--good); border-radius: 10px; background: var(--surface); }
.secret code { font-size: 1rem; user-select: all; }

@media (max-width: 60rem) {
  .plots { grid-template-columns: minmax(0, 1fr); }
  .cards { grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); }
  .columns { grid-template-columns: minmax(0, 1fr); }
}
@media (max-width: 44rem) {
  .bar, main { padding-left: 1rem; padding-right: 1rem; }
  .brand { padding-bottom: 0; flex: 1; }
  .bar nav { order: 3; flex-basis: 100%; margin-left: -0.625rem; }
  section, .filter { padding: 0.875rem 1rem; }
  .filter { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .filter .actions { grid-column: 1 / -1; }
  table:not(.narrow) thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table:not(.narrow) :is(tbody, tr, th, td), table:not(.narrow), caption { display: block; }
  .narrow .label { display: none; }
  .narrow td { min-width: 0; }
  .facts .wide { grid-column: auto; }
  .cards { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .card:last-child { grid-column: 1 / -1; }
  main > table { border: 0; background: none; }
  main > table tr { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 0.5rem 1rem; }
  main > table tr + tr { margin-top: 0.75rem; }
  section > table:not(.narrow) tr { padding: 0.5rem 0; border-bottom: 1px solid var(--line); }
  section > table:not(.narrow) tr:last-child { border-bottom: 0; padding-bottom: 0; }
  table:not(.narrow) :is(th, td) { padding: 0.1875rem 0; border: 0; }
  table:not(.narrow) td { display: flex; gap: 0.75rem; text-align: left; }
  table:not(.narrow) .label { display: block; flex: 0 0 7rem; color: var(--dim); }
  .value { flex: 1; min-width: 0; }
  table:not(.narrow) .number { text-align: left; }
}
@media (forced-colors: active) {
  .state, .card, .plot, section { border: 1px solid; }
}
`
