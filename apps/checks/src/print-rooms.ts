// Prints the figures of folders of sources: `node apps/checks/src/print-rooms.ts packages/core/src …`.
import { describeSurvey, ownImports, surveyRooms } from './rooms.ts'

for (const folder of process.argv.slice(2)) {
  console.log(`${folder}: ${describeSurvey(surveyRooms(ownImports(folder)))}`)
}
