import { library } from '../../tsdown.shared.ts'

// the runtime has that module
export default library(['index'], { deps: { neverBundle: ['cloudflare:workers'] } })
