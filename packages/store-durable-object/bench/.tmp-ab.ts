import { readFileSync } from 'node:fs'
import { Miniflare } from 'miniflare'
import { readCpu } from './read-cpu.ts'
const S: Record<string,string> = { old: readFileSync('/tmp/edge/old.js','utf8'), new: readFileSync('/tmp/edge/new.js','utf8') }
const r: Record<string, number[]> = { old: [], new: [] }
for (let i=0;i<Number(process.argv[2]);i++) for (const k of i%2?['old','new']:['new','old']) {
  const mf = new Miniflare({ modules: [{ type: 'ESModule', path: 'worker.mjs', contents: S[k]! }], compatibilityDate: '2026-06-01', bindings: { CALLBACK_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', RECEIVER_HOST: '' }, durableObjects: { CALLBACKS: { className: 'Callbacks', useSQLite: true } }, handleRuntimeStdio: (s: any) => void s.resume(), cf: false })
  const { origin } = await mf.ready
  const res = await fetch(`${origin}/invoices?callback_url=https://receiver.example/`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"id":"2expen51ve","customer":"Mr. Richie Rich","total":"9999"}' })
  if (res.status !== 200) throw new Error(await res.text())
  await res.text()
  r[k]!.push(readCpu()); await mf.dispose()
}
for (const k in r) { const s=r[k]!.toSorted((a,b)=>a-b); console.log(k, 'median', s[s.length>>1], 'q1', s[s.length>>2], 'min', s[0]) }
