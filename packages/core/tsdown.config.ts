import { library } from '../../tsdown.shared.ts'

export default library(['index', 'document', 'internal', 'late', 'at-once'])
