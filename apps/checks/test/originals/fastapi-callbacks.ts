// What FastAPI 0.142.2 emits for the program of its chapter on callbacks, as facts: no package of npm has it. The
// operation's description, which is the docstring of the chapter, is left out.
// https://fastapi.tiangolo.com/advanced/openapi-callbacks/

const json = (schema: object) => ({ 'application/json': { schema } })
const component = (name: string) => json({ $ref: `#/components/schemas/${name}` })
const model = (title: string, properties: object, required?: readonly string[]) => ({
  title,
  type: 'object',
  properties,
  ...(required && { required }),
})
const text = (title: string) => ({ title, type: 'string' })
const flag = (title: string) => ({ title, type: 'boolean' })

const invalid = { description: 'Validation Error', content: component('HTTPValidationError') }
const answer = (content: object) => ({
  200: { description: 'Successful Response', content },
  422: invalid,
})

export const fastapiCallbacksOriginal = {
  openapi: '3.1.0',
  info: { title: 'FastAPI', version: '0.1.0' },
  paths: {
    '/invoices/': {
      post: {
        summary: 'Create Invoice',
        operationId: 'create_invoice_invoices__post',
        parameters: [
          {
            name: 'callback_url',
            in: 'query',
            required: false,
            schema: {
              title: 'Callback Url',
              anyOf: [
                { type: 'string', format: 'uri', minLength: 1, maxLength: 2083 },
                { type: 'null' },
              ],
            },
          },
        ],
        requestBody: { required: true, content: component('Invoice') },
        responses: answer(json({})),
        callbacks: {
          invoice_notification: {
            '{$callback_url}/invoices/{$request.body.id}': {
              post: {
                summary: 'Invoice Notification',
                operationId: 'invoice_notification__callback_url__invoices___request_body_id__post',
                requestBody: { required: true, content: component('InvoiceEvent') },
                responses: answer(component('InvoiceEventReceived')),
              },
            },
          },
        },
      },
    },
  },
  components: {
    schemas: {
      HTTPValidationError: model('HTTPValidationError', {
        detail: {
          title: 'Detail',
          type: 'array',
          items: { $ref: '#/components/schemas/ValidationError' },
        },
      }),
      Invoice: model(
        'Invoice',
        {
          id: text('Id'),
          title: { title: 'Title', anyOf: [{ type: 'string' }, { type: 'null' }] },
          customer: text('Customer'),
          total: { title: 'Total', type: 'number' },
        },
        ['id', 'customer', 'total'],
      ),
      InvoiceEvent: model(
        'InvoiceEvent',
        { description: text('Description'), paid: flag('Paid') },
        ['description', 'paid'],
      ),
      InvoiceEventReceived: model('InvoiceEventReceived', { ok: flag('Ok') }, ['ok']),
      ValidationError: model(
        'ValidationError',
        {
          loc: {
            title: 'Location',
            type: 'array',
            items: { anyOf: [{ type: 'string' }, { type: 'integer' }] },
          },
          msg: text('Message'),
          type: text('Error Type'),
          input: { title: 'Input' },
          ctx: { title: 'Context', type: 'object' },
        },
        ['loc', 'msg', 'type'],
      ),
    },
  },
}
