// The application for Vercel, whose database is a stand-in for Neon on this machine.
import { neonConfig } from '@neondatabase/serverless'

export { default } from 'vercel/api/index.ts'

neonConfig.fetchEndpoint = () => process.env.NEON ?? ''
