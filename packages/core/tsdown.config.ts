import { library } from '../../tsdown.shared.ts'

const ENTRIES = ['index', 'document', 'internal']
/** What the manifest chooses between, for each runtime. */
const CHOSEN = ['late', 'at-once', 'hono/create-app', 'hono/create-worker-app']

export default library([...ENTRIES, ...CHOSEN])
