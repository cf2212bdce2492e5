import { library } from '../../tsdown.shared.ts'

export default library(['index', 'main'], { platform: 'node', fixedExtension: false })
