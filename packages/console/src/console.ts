import { Hono } from 'hono'
import { type ConsoleEnv, forAll, letIn } from './access.ts'
import { serveAssets } from './assets/serve-assets.ts'
import { checkOptions } from './check-options.ts'
import type { ConsoleOptions, ConsoleSenderOf } from './options.ts'
import { deliveriesPage } from './pages/deliveries.ts'
import { confirmDeliveryAction, deliveryPage, runDeliveryAction } from './pages/delivery.ts'
import { confirmEndpointAction, endpointPage, runEndpointAction } from './pages/endpoint.ts'
import { endpointsPage } from './pages/endpoints.ts'
import { showFailure } from './pages/message.ts'
import { liveFigures, overviewPage } from './pages/overview.ts'
import { confirmRedriveAll, redriveAll } from './pages/redrive-all.ts'
import { refuseForeign, setHeaders } from './protect.ts'
import { refuseUnmatched } from './refuse-unmatched.ts'

/**
 * Makes the pages for operators of a sender, to be mounted: how it goes, deliveries with their attempts, endpoints, and
 * what to do about them. Each request is authorized first. Nothing is loaded from elsewhere.
 *
 * @example
 * app.use('/console/*', basicAuth({ username: 'operator', password }))
 * app.route('/console', console(sender, { authorize: () => 'all' }))
 *
 * @throws {ConsoleError} with `option` for a missing or unknown option, or no sender
 * @see https://www.w3.org/TR/CSP3/
 */
export function console(sender: ConsoleSenderOf, options: ConsoleOptions): Hono {
  checkOptions(sender, options)
  const app = new Hono<ConsoleEnv>()
  app
    .use(setHeaders)
    .use(letIn(sender, options))
    .use(refuseUnmatched(app))
    .use(refuseForeign)
    .get('/', overviewPage)
    .get('/live.json', liveFigures)
    .get('/deliveries', deliveriesPage)
    .get('/deliveries/redrive', forAll, confirmRedriveAll)
    .post('/deliveries/redrive', forAll, redriveAll)
    .get('/deliveries/:id', deliveryPage)
    .get('/deliveries/:id/:action', forAll, confirmDeliveryAction)
    .post('/deliveries/:id/:action', forAll, runDeliveryAction)
    .get('/endpoints', endpointsPage)
    .get('/endpoints/:id', endpointPage)
    .get('/endpoints/:id/:action', forAll, confirmEndpointAction)
    .post('/endpoints/:id/:action', forAll, runEndpointAction)
  serveAssets(app)
  app.onError(showFailure)
  // the only cast: the variables of its requests are its own matter
  return app as unknown as Hono
}
