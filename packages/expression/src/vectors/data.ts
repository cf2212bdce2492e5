// made from test/vectors/runtime-expressions.json by test/write-vectors.ts
import type { VectorData } from './vectors.ts'

export const data: VectorData = {
  defaults: {
    request: {
      method: 'POST',
      url: 'https://api.example.com/tenants/acme/invoices?callback_url=https%3A%2F%2Fhooks.client.org%2Fcb&tag=a&tag=b&empty=&flag&q=a%20b%2Bc+d&Case=Up&a.b=dot&filter%5Bname%5D=fn&%C3%A9=acc',
      pathParams: {
        tenant: 'acme',
        slash: 'a/b',
        pct: '50%',
        sp: 'x y',
      },
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/json',
        'X-Callback': 'https://hooks.client.org/h',
        'X-Multi': ['one', 'two'],
        'X-Empty': '',
        'x.dotted': 'dh',
      },
      body: {
        '0': 'zero-key',
        id: '2expen51ve',
        url: 'https://hooks.client.org/b',
        n: 42,
        zero: 0,
        neg: -1.5,
        big: 1e21,
        t: true,
        f: false,
        nul: null,
        empty: '',
        obj: {
          a: {
            b: 'deep',
          },
          k: 'v',
        },
        arr: [
          'x',
          'y',
          {
            z: 'zz',
          },
        ],
        nested: [[1, 2], [3]],
        '': 'emptykey',
        'a/b': 'slash',
        'm~n': 'tilde',
        '~1': 't1',
        'a.b': 'dotkey',
        'a b': 'space',
        'a%20b': 'pct',
        '\u00e9': 'eacute',
        'e\u0301': 'nfd',
        '\ud83d\ude00': 'emoji',
        '01': 'zero-one',
        '-': 'dash',
        'a}b': 'brace',
        'a"b': 'quote',
        'c\\d': 'bs',
        ' ': 'sp',
        '#': 'hash',
        $url: 'dollar',
        sp: 'a b&c=d/e?f#g',
        uni: 'na\u00efve \u20ac',
        dots: '..',
        dot: '.',
        plus: 'a+b',
      },
    },
    response: {
      status: 201,
      headers: {
        Location: 'https://api.example.com/invoices/1',
        'Content-Type': 'application/json',
        'X-Rel': '/invoices/1',
        'Set-Cookie': ['a=1', 'b=2'],
      },
      body: {
        id: 9,
        status: 'queued',
        links: {
          self: 'https://hooks.client.org/self',
        },
      },
    },
  },
  vectors: [
    {
      id: 'pv-method',
      group: 'parse-valid',
      mode: 'parse',
      expression: '$method',
      expect: {
        ast: {
          root: 'method',
        },
      },
      basis: 'spec',
      why: 'expression = "$method"',
    },
    {
      id: 'pv-status',
      group: 'parse-valid',
      mode: 'parse',
      expression: '$statusCode',
      expect: {
        ast: {
          root: 'statusCode',
        },
      },
      basis: 'spec',
      why: 'expression = "$statusCode"',
    },
    {
      id: 'pv-header-lower',
      group: 'parse-valid',
      mode: 'parse',
      expression: '$request.header.Content-Type',
      expect: {
        ast: {
          root: 'request',
          source: 'header',
          name: 'content-type',
        },
      },
      basis: 'spec',
      why: 'token is case-insensitive, so the AST carries it lower-cased',
    },
    {
      id: 'pv-header-tchar',
      group: 'parse-valid',
      mode: 'parse',
      expression: "$request.header.!#$%&'*+-.^_`|~09Az",
      expect: {
        ast: {
          root: 'request',
          source: 'header',
          name: "!#$%&'*+-.^_`|~09az",
        },
      },
      basis: 'spec',
      why: 'every tchar is allowed in token',
    },
    {
      id: 'pv-header-dot',
      group: 'parse-valid',
      mode: 'parse',
      expression: '$request.header.x.dotted',
      expect: {
        ast: {
          root: 'request',
          source: 'header',
          name: 'x.dotted',
        },
      },
      basis: 'spec',
      why: '"." is a tchar: splitting on dots is wrong',
    },
    {
      id: 'pv-req-query',
      group: 'parse-valid',
      mode: 'parse',
      expression: '$request.query.queryUrl',
      expect: {
        ast: {
          root: 'request',
          source: 'query',
          name: 'queryUrl',
        },
      },
      basis: 'spec',
      why: 'query-reference; name keeps its case',
    },
    {
      id: 'pv-query-space',
      group: 'parse-valid',
      mode: 'parse',
      expression: '$request.query.a b',
      expect: {
        ast: {
          root: 'request',
          source: 'query',
          name: 'a b',
        },
      },
      basis: 'spec',
      why: '%x20 is in RFC 8259 unescaped',
    },
    {
      id: 'pv-query-hash',
      group: 'parse-valid',
      mode: 'parse',
      expression: '$request.query.a#/b',
      expect: {
        ast: {
          root: 'request',
          source: 'query',
          name: 'a#/b',
        },
      },
      basis: 'spec',
      why: '# has no meaning outside body-reference; it belongs to the name',
    },
    {
      id: 'pv-query-astral',
      group: 'parse-valid',
      mode: 'parse',
      expression: '$request.query.\ud83d\ude00',
      expect: {
        ast: {
          root: 'request',
          source: 'query',
          name: '\ud83d\ude00',
        },
      },
      basis: 'spec',
      why: 'characters above U+FFFF are one char, not two code units',
    },
    {
      id: 'pv-query-closebrace',
      group: 'parse-valid',
      mode: 'parse',
      expression: '$request.query.a}b',
      expect: {
        ast: {
          root: 'request',
          source: 'query',
          name: 'a}b',
        },
      },
      basis: 'spec',
      why: 'OAS 3.x grammar allows } in a bare name (Arazzo 1.1 removed it; see OAI/Arazzo-Specification#424)',
    },
    {
      id: 'pv-query-escape',
      group: 'parse-valid',
      mode: 'parse',
      expression: '$request.query.a\\"b',
      expect: {
        ast: {
          root: 'request',
          source: 'query',
          name: 'a"b',
        },
      },
      basis: 'judgement',
      why: 'char is RFC 8259 char, so \\" is a legal escape; the spec does not say whether it is decoded. Decode it as a JSON string would: otherwise a name with a quote is inexpressible',
    },
    {
      id: 'pv-query-uescape',
      group: 'parse-valid',
      mode: 'parse',
      expression: '$request.query.a\\u0041',
      expect: {
        ast: {
          root: 'request',
          source: 'query',
          name: 'aA',
        },
      },
      basis: 'judgement',
      why: '\\uXXXX is a legal char; decoding as above',
    },
    {
      id: 'pv-path',
      group: 'parse-valid',
      mode: 'parse',
      expression: '$request.path.id',
      expect: {
        ast: {
          root: 'request',
          source: 'path',
          name: 'id',
        },
      },
      basis: 'spec',
      why: 'path-reference = "path." name',
    },
    {
      id: 'pv-body-slash',
      group: 'parse-valid',
      mode: 'parse',
      expression: '$request.body#/',
      expect: {
        ast: {
          root: 'request',
          source: 'body',
          pointer: [''],
        },
      },
      basis: 'rfc',
      why: 'RFC 6901: "/" is the key "" and not the whole document',
    },
    {
      id: 'pv-body-ptr',
      group: 'parse-valid',
      mode: 'parse',
      expression: '$request.body#/user/uuid',
      expect: {
        ast: {
          root: 'request',
          source: 'body',
          pointer: ['user', 'uuid'],
        },
      },
      basis: 'spec',
      why: 'example of the spec',
    },
    {
      id: 'pv-body-esc',
      group: 'parse-valid',
      mode: 'parse',
      expression: '$request.body#/a~1b/m~0n',
      expect: {
        ast: {
          root: 'request',
          source: 'body',
          pointer: ['a/b', 'm~n'],
        },
      },
      basis: 'rfc',
      why: 'RFC 6901 section 4 escapes',
    },
    {
      id: 'pv-body-nopct',
      group: 'parse-valid',
      mode: 'parse',
      expression: '$request.body#/a%20b',
      expect: {
        ast: {
          root: 'request',
          source: 'body',
          pointer: ['a%20b'],
        },
      },
      basis: 'spec',
      why: 'the string form of the pointer is embedded, not the URI-fragment form: no percent-decoding',
    },
    {
      id: 'pv-body-quote',
      group: 'parse-valid',
      mode: 'parse',
      expression: '$request.body#/a"b',
      expect: {
        ast: {
          root: 'request',
          source: 'body',
          pointer: ['a"b'],
        },
      },
      basis: 'rfc',
      why: 'quote and backslash need no escape inside the RFC 6901 string form (unlike name)',
    },
    {
      id: 'pv-body-brace',
      group: 'parse-valid',
      mode: 'parse',
      expression: '$request.body#/a}b',
      expect: {
        ast: {
          root: 'request',
          source: 'body',
          pointer: ['a}b'],
        },
      },
      basis: 'spec',
      why: '} is allowed in a bare pointer',
    },
    {
      id: 'pv-body-dollar',
      group: 'parse-valid',
      mode: 'parse',
      expression: '$request.body#/$url',
      expect: {
        ast: {
          root: 'request',
          source: 'body',
          pointer: ['$url'],
        },
      },
      basis: 'spec',
      why: '$ has no meaning inside a pointer',
    },
    {
      id: 'pv-res-query',
      group: 'parse-valid',
      mode: 'parse',
      expression: '$response.query.x',
      expect: {
        ast: {
          root: 'response',
          source: 'query',
          name: 'x',
        },
      },
      basis: 'spec',
      why: 'grammatical although a response has no query: accept in the parser, warn in the linter',
    },
    {
      id: 'pv-res-path',
      group: 'parse-valid',
      mode: 'parse',
      expression: '$response.path.x',
      expect: {
        ast: {
          root: 'response',
          source: 'path',
          name: 'x',
        },
      },
      basis: 'spec',
      why: 'grammatical although a response has no path',
    },
    {
      id: 'pv-ci-url',
      group: 'parse-valid',
      mode: 'parse',
      expression: '$URL',
      expect: {
        ast: {
          root: 'url',
        },
      },
      basis: 'rfc',
      why: 'RFC 5234 2.3: quoted ABNF strings are case-insensitive. Accept, and let the linter ask for the canonical spelling (most peers are case-sensitive)',
    },
    {
      id: 'pv-ci-status',
      group: 'parse-valid',
      mode: 'parse',
      expression: '$statuscode',
      expect: {
        ast: {
          root: 'statusCode',
        },
      },
      basis: 'rfc',
      why: 'RFC 5234 2.3',
    },
    {
      id: 'pv-ci-req',
      group: 'parse-valid',
      mode: 'parse',
      expression: '$Request.Body#/Id',
      expect: {
        ast: {
          root: 'request',
          source: 'body',
          pointer: ['Id'],
        },
      },
      basis: 'rfc',
      why: 'RFC 5234 2.3 for the literals; the pointer stays case-sensitive',
    },
    {
      id: 'pi-empty',
      group: 'parse-invalid',
      mode: 'parse',
      expression: '',
      expect: {
        error: 'syntax',
      },
      basis: 'spec',
      why: 'an expression is never empty',
    },
    {
      id: 'pi-plain',
      group: 'parse-invalid',
      mode: 'parse',
      expression: 'callback',
      expect: {
        error: 'syntax',
      },
      basis: 'spec',
      why: 'must begin with $',
    },
    {
      id: 'pi-request-dot',
      group: 'parse-invalid',
      mode: 'parse',
      expression: '$request.',
      expect: {
        error: 'syntax',
      },
      basis: 'spec',
      why: 'source is required',
    },
    {
      id: 'pi-querystring',
      group: 'parse-invalid',
      mode: 'parse',
      expression: '$request.querystring',
      expect: {
        error: 'syntax',
      },
      basis: 'spec',
      why: 'OAS 3.2 added in:querystring for parameters but not to runtime expressions',
    },
    {
      id: 'pi-body-dot',
      group: 'parse-invalid',
      mode: 'parse',
      expression: '$request.body.id',
      expect: {
        error: 'syntax',
      },
      basis: 'spec',
      why: 'FastAPI tutorial form: body must be followed by # and a pointer',
    },
    {
      id: 'pi-header-empty',
      group: 'parse-invalid',
      mode: 'parse',
      expression: '$request.header.',
      expect: {
        error: 'syntax',
      },
      basis: 'spec',
      why: 'token = 1*tchar',
    },
    {
      id: 'pi-header-space',
      group: 'parse-invalid',
      mode: 'parse',
      expression: '$request.header.a b',
      expect: {
        error: 'syntax',
      },
      basis: 'spec',
      why: 'SP is not tchar',
    },
    {
      id: 'pi-header-unicode',
      group: 'parse-invalid',
      mode: 'parse',
      expression: '$request.header.\u00e9',
      expect: {
        error: 'syntax',
      },
      basis: 'spec',
      why: 'tchar is ASCII',
    },
    {
      id: 'pi-query-quote',
      group: 'parse-invalid',
      mode: 'parse',
      expression: '$request.query.a"b',
      expect: {
        error: 'syntax',
      },
      basis: 'spec',
      why: 'RFC 8259 unescaped excludes %x22',
    },
    {
      id: 'pi-query-newline',
      group: 'parse-invalid',
      mode: 'parse',
      expression: '$request.query.a\nb',
      expect: {
        error: 'syntax',
      },
      basis: 'spec',
      why: 'control characters are outside RFC 8259 unescaped',
    },
    {
      id: 'pi-tilde-2',
      group: 'parse-invalid',
      mode: 'parse',
      expression: '$request.body#/a~2b',
      expect: {
        error: 'syntax',
      },
      basis: 'rfc',
      why: '~ must be followed by 0 or 1',
    },
    {
      id: 'pi-url-suffix',
      group: 'parse-invalid',
      mode: 'parse',
      expression: '$url/x',
      expect: {
        error: 'syntax',
      },
      basis: 'spec',
      why: '$url takes no suffix',
    },
    {
      id: 'pi-response-status',
      group: 'parse-invalid',
      mode: 'parse',
      expression: '$response.statusCode',
      expect: {
        error: 'syntax',
      },
      basis: 'spec',
      why: 'status is $statusCode only',
    },
    {
      id: 'pi-lead-space',
      group: 'parse-invalid',
      mode: 'parse',
      expression: ' $url',
      expect: {
        error: 'syntax',
      },
      basis: 'spec',
      why: 'no surrounding white space',
    },
    {
      id: 'pi-arazzo',
      group: 'parse-invalid',
      mode: 'parse',
      expression: '$inputs.a',
      expect: {
        error: 'syntax',
      },
      basis: 'spec',
      why: 'Arazzo-only root',
    },
    {
      id: 'pi-arazzo-message',
      group: 'parse-invalid',
      mode: 'parse',
      expression: '$message.payload#/a',
      expect: {
        error: 'syntax',
      },
      basis: 'spec',
      why: 'Arazzo 1.1 only',
    },
    {
      id: 'pi-jsonpath',
      group: 'parse-invalid',
      mode: 'parse',
      expression: '$.items[0]',
      expect: {
        error: 'syntax',
      },
      basis: 'spec',
      why: 'JSONPath, not a runtime expression (Redocly/redocly-cli#2798)',
    },
    {
      id: 'ev-url',
      group: 'url-method-status',
      mode: 'evaluate',
      expression: '$url',
      expect: {
        value:
          'https://api.example.com/tenants/acme/invoices?callback_url=https%3A%2F%2Fhooks.client.org%2Fcb&tag=a&tag=b&empty=&flag&q=a%20b%2Bc+d&Case=Up&a.b=dot&filter%5Bname%5D=fn&%C3%A9=acc',
      },
      basis: 'spec',
      why: 'the URL as received, query included, nothing decoded',
    },
    {
      id: 'ev-method-query',
      group: 'url-method-status',
      mode: 'evaluate',
      expression: '$method',
      request: {
        method: 'QUERY',
      },
      expect: {
        value: 'QUERY',
      },
      basis: 'spec',
      why: 'OAS 3.2 query operation',
    },
    {
      id: 'ev-method-custom',
      group: 'url-method-status',
      mode: 'evaluate',
      expression: '$method',
      request: {
        method: 'COPY',
      },
      expect: {
        value: 'COPY',
      },
      basis: 'spec',
      why: 'OAS 3.2 additionalOperations keep the capitalization that is sent',
    },
    {
      id: 'ev-status',
      group: 'url-method-status',
      mode: 'evaluate',
      expression: '$statusCode',
      expect: {
        value: 201,
      },
      basis: 'judgement',
      why: 'the spec keeps types but does not name the type of the status; a number is the natural one (Prism and Schemathesis give a string)',
    },
    {
      id: 'ev-status-none',
      group: 'url-method-status',
      mode: 'evaluate',
      expression: '$statusCode',
      response: null,
      expect: {
        error: 'missing',
      },
      basis: 'judgement',
      why: 'no response recorded yet',
    },
    {
      id: 'ev-path',
      group: 'path',
      mode: 'evaluate',
      expression: '$request.path.tenant',
      expect: {
        value: 'acme',
      },
      basis: 'spec',
      why: 'path parameter',
    },
    {
      id: 'ev-path-missing',
      group: 'path',
      mode: 'evaluate',
      expression: '$request.path.nope',
      expect: {
        error: 'missing',
      },
      basis: 'spec',
      why: 'nothing to evaluate',
    },
    {
      id: 'ev-path-decoded',
      group: 'path',
      mode: 'evaluate',
      expression: '$request.path.slash',
      expect: {
        value: 'a/b',
      },
      basis: 'judgement',
      why: 'the decoded parameter value, as the operation sees it',
    },
    {
      id: 'ev-query',
      group: 'query',
      mode: 'evaluate',
      expression: '$request.query.callback_url',
      expect: {
        value: 'https://hooks.client.org/cb',
      },
      basis: 'rfc',
      why: 'percent-decoded value of the parameter',
    },
    {
      id: 'ev-query-case',
      group: 'query',
      mode: 'evaluate',
      expression: '$request.query.case',
      expect: {
        error: 'missing',
      },
      basis: 'spec',
      why: 'name is case-sensitive (only Case is present)',
    },
    {
      id: 'ev-query-repeat',
      group: 'query',
      mode: 'evaluate',
      expression: '$request.query.tag',
      expect: {
        value: ['a', 'b'],
      },
      basis: 'judgement',
      why: 'a repeated parameter is an exploded array; keep all values, never the first only (parameter pollution)',
    },
    {
      id: 'ev-query-empty',
      group: 'query',
      mode: 'evaluate',
      expression: '$request.query.empty',
      expect: {
        value: '',
      },
      basis: 'rfc',
      why: 'present and empty',
    },
    {
      id: 'ev-query-flag',
      group: 'query',
      mode: 'evaluate',
      expression: '$request.query.flag',
      expect: {
        value: '',
      },
      basis: 'rfc',
      why: 'WHATWG form parsing: a name without = has the empty value',
    },
    {
      id: 'ev-query-plus',
      group: 'query',
      mode: 'evaluate',
      expression: '$request.query.q',
      expect: {
        value: 'a b+c d',
      },
      basis: 'rfc',
      why: 'form decoding: %2B is a plus, + is a space',
    },
    {
      id: 'ev-query-bracket',
      group: 'query',
      mode: 'evaluate',
      expression: '$request.query.filter[name]',
      expect: {
        value: 'fn',
      },
      basis: 'rfc',
      why: 'names are compared after decoding',
    },
    {
      id: 'ev-query-undeclared',
      group: 'query',
      mode: 'evaluate',
      expression: '$request.query.tag',
      options: {
        declared: {
          query: ['callback_url'],
        },
      },
      expect: {
        error: 'undeclared',
      },
      basis: 'spec',
      why: 'must be declared on the parent operation',
    },
    {
      id: 'ev-query-proto',
      group: 'query',
      mode: 'evaluate',
      expression: '$request.query.__proto__',
      expect: {
        error: 'missing',
      },
      basis: 'judgement',
      why: 'own entries only',
    },
    {
      id: 'ev-query-fragment',
      group: 'query',
      mode: 'evaluate',
      expression: '$request.query.a',
      request: {
        url: 'https://api.example.com/?a=1#x?a=2',
      },
      expect: {
        value: '1',
      },
      basis: 'rfc',
      why: 'a fragment never belongs to the query',
    },
    {
      id: 'ev-header',
      group: 'header',
      mode: 'evaluate',
      expression: '$request.header.accept',
      expect: {
        value: 'application/json',
      },
      basis: 'spec',
      why: 'token is case-insensitive',
    },
    {
      id: 'ev-header-upper',
      group: 'header',
      mode: 'evaluate',
      expression: '$request.header.CONTENT-TYPE',
      expect: {
        value: 'application/json',
      },
      basis: 'spec',
      why: 'token is case-insensitive',
    },
    {
      id: 'ev-header-empty',
      group: 'header',
      mode: 'evaluate',
      expression: '$request.header.x-empty',
      expect: {
        value: '',
      },
      basis: 'rfc',
      why: 'RFC 9110 allows an empty field value',
    },
    {
      id: 'ev-header-missing',
      group: 'header',
      mode: 'evaluate',
      expression: '$request.header.x-none',
      expect: {
        error: 'missing',
      },
      basis: 'spec',
      why: 'nothing to evaluate',
    },
    {
      id: 'ev-header-setcookie',
      group: 'header',
      mode: 'evaluate',
      expression: '$response.header.set-cookie',
      expect: {
        error: 'multi-value',
      },
      basis: 'rfc',
      why: 'RFC 6265 3: Set-Cookie lines must not be folded into one',
    },
    {
      id: 'ev-header-setcookie-1',
      group: 'header',
      mode: 'evaluate',
      expression: '$response.header.set-cookie',
      response: {
        headers: {
          'Set-Cookie': ['a=1'],
        },
      },
      expect: {
        value: 'a=1',
      },
      basis: 'rfc',
      why: 'a single line is a single value',
    },
    {
      id: 'ev-header-undeclared',
      group: 'header',
      mode: 'evaluate',
      expression: '$request.header.x-callback',
      options: {
        declared: {
          header: ['x-other'],
        },
      },
      expect: {
        error: 'undeclared',
      },
      basis: 'spec',
      why: '"This includes request headers"',
    },
    {
      id: 'ev-header-nores',
      group: 'header',
      mode: 'evaluate',
      expression: '$response.header.location',
      response: null,
      expect: {
        error: 'missing',
      },
      basis: 'judgement',
      why: 'no response recorded yet',
    },
    {
      id: 'ev-header-proto',
      group: 'header',
      mode: 'evaluate',
      expression: '$request.header.constructor',
      expect: {
        error: 'missing',
      },
      basis: 'judgement',
      why: 'own fields only',
    },
    {
      id: 'ev-header-accept',
      group: 'header',
      mode: 'evaluate',
      expression: '$request.header.accept',
      options: {
        declared: {
          header: [],
        },
      },
      expect: {
        value: 'application/json',
      },
      basis: 'spec',
      why: 'OpenAPI ignores header parameters of this name, so that no operation can declare it',
    },
    {
      id: 'ev-header-type',
      group: 'header',
      mode: 'evaluate',
      expression: '$request.header.Content-Type',
      options: {
        declared: {
          header: ['x-other'],
        },
      },
      expect: {
        value: 'application/json',
      },
      basis: 'spec',
      why: 'OpenAPI ignores header parameters of this name, so that no operation can declare it',
    },
    {
      id: 'ev-header-accept-language',
      group: 'header',
      mode: 'evaluate',
      expression: '$request.header.accept-language',
      options: {
        declared: {
          header: [],
        },
      },
      expect: {
        error: 'undeclared',
      },
      basis: 'spec',
      why: 'only Accept and Content-Type cannot be declared',
    },
    {
      id: 'ev-header-type-response',
      group: 'header',
      mode: 'evaluate',
      expression: '$response.header.content-type',
      options: {
        declared: {
          header: [],
        },
      },
      expect: {
        value: 'application/json',
      },
      basis: 'spec',
      why: 'declared names are those of the request',
    },
    {
      id: 'ev-body-str',
      group: 'body-types',
      mode: 'evaluate',
      expression: '$request.body#/id',
      expect: {
        value: '2expen51ve',
      },
      basis: 'spec',
      why: 'property of the body',
    },
    {
      id: 'ev-body-num',
      group: 'body-types',
      mode: 'evaluate',
      expression: '$request.body#/n',
      expect: {
        value: 42,
      },
      basis: 'spec',
      why: 'type preserved',
    },
    {
      id: 'ev-body-zero',
      group: 'body-types',
      mode: 'evaluate',
      expression: '$request.body#/zero',
      expect: {
        value: 0,
      },
      basis: 'spec',
      why: 'falsy is not missing',
    },
    {
      id: 'ev-body-true',
      group: 'body-types',
      mode: 'evaluate',
      expression: '$request.body#/t',
      expect: {
        value: true,
      },
      basis: 'spec',
      why: 'type preserved',
    },
    {
      id: 'ev-body-whole-hash',
      group: 'body-types',
      mode: 'evaluate',
      expression: '$response.body#',
      expect: {
        value: {
          id: 9,
          status: 'queued',
          links: {
            self: 'https://hooks.client.org/self',
          },
        },
      },
      basis: 'rfc',
      why: 'the empty pointer is the whole document',
    },
    {
      id: 'ev-body-text',
      group: 'body-types',
      mode: 'evaluate',
      expression: '$request.body',
      request: {
        headers: {
          'Content-Type': 'text/plain',
        },
        body: 'hello',
      },
      expect: {
        value: 'hello',
      },
      basis: 'judgement',
      why: 'a text body evaluates to its string',
    },
    {
      id: 'ev-body-jsonnull',
      group: 'body-types',
      mode: 'evaluate',
      expression: '$request.body',
      request: {
        body: null,
      },
      expect: {
        value: null,
      },
      basis: 'spec',
      why: 'the JSON text null is a body',
    },
    {
      id: 'ev-body-none-ptr',
      group: 'body-types',
      mode: 'evaluate',
      expression: '$request.body#/id',
      request: {
        noBody: true,
      },
      expect: {
        error: 'missing',
      },
      basis: 'judgement',
      why: 'no body was sent',
    },
    {
      id: 'ev-body-form',
      group: 'body-types',
      mode: 'evaluate',
      expression: '$request.body#/hub.callback',
      request: {
        headers: {
          'Content-Type': 'application/x-www-form-urlencoded',
        },
        body: {
          'hub.callback': 'https://hooks.client.org/f',
        },
      },
      expect: {
        value: 'https://hooks.client.org/f',
      },
      basis: 'judgement',
      why: 'a form body is read as an object of its fields (WebSub style)',
    },
    {
      id: 'ev-body-scalarroot',
      group: 'body-types',
      mode: 'evaluate',
      expression: '$request.body#',
      request: {
        body: 7,
      },
      expect: {
        value: 7,
      },
      basis: 'rfc',
      why: 'any JSON value may be the document',
    },
    {
      id: 'jp-deep',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/obj/a/b',
      expect: {
        value: 'deep',
      },
      basis: 'rfc',
      why: 'nested members',
    },
    {
      id: 'jp-arr0',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/arr/0',
      expect: {
        value: 'x',
      },
      basis: 'rfc',
      why: 'zero-based',
    },
    {
      id: 'jp-arr-obj',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/arr/2/z',
      expect: {
        value: 'zz',
      },
      basis: 'rfc',
      why: 'member of an element',
    },
    {
      id: 'jp-arr-oob',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/arr/3',
      expect: {
        error: 'missing',
      },
      basis: 'rfc',
      why: 'out of range',
    },
    {
      id: 'jp-arr-dash',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/arr/-',
      expect: {
        error: 'missing',
      },
      basis: 'rfc',
      why: '"-" names the nonexistent element after the last',
    },
    {
      id: 'jp-arr-leadzero',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/arr/01',
      expect: {
        error: 'missing',
      },
      basis: 'rfc',
      why: 'leading zeros are not allowed in array-index',
    },
    {
      id: 'jp-arr-00',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/arr/00',
      expect: {
        error: 'missing',
      },
      basis: 'rfc',
      why: 'leading zeros are not allowed',
    },
    {
      id: 'jp-arr-exp',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/arr/1e0',
      expect: {
        error: 'missing',
      },
      basis: 'rfc',
      why: 'not an array-index: never use Number()',
    },
    {
      id: 'jp-arr-space',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/arr/ 1',
      expect: {
        error: 'missing',
      },
      basis: 'rfc',
      why: 'not an array-index',
    },
    {
      id: 'jp-arr-length',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/arr/length',
      expect: {
        error: 'missing',
      },
      basis: 'rfc',
      why: 'array properties are not elements',
    },
    {
      id: 'jp-arr-huge',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/arr/99999999999999999999',
      expect: {
        error: 'missing',
      },
      basis: 'rfc',
      why: 'an index beyond the array',
    },
    {
      id: 'jp-key-slash',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/a~1b',
      expect: {
        value: 'slash',
      },
      basis: 'rfc',
      why: '~1 is /',
    },
    {
      id: 'jp-key-tilde',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/m~0n',
      expect: {
        value: 'tilde',
      },
      basis: 'rfc',
      why: '~0 is ~',
    },
    {
      id: 'jp-key-dot',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/a.b',
      expect: {
        value: 'dotkey',
      },
      basis: 'rfc',
      why: 'dots are ordinary (lodash get would split)',
    },
    {
      id: 'jp-key-space',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/a b',
      expect: {
        value: 'space',
      },
      basis: 'rfc',
      why: 'no escaping of space',
    },
    {
      id: 'jp-key-uni',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/\u00e9',
      expect: {
        value: 'eacute',
      },
      basis: 'rfc',
      why: 'code point comparison',
    },
    {
      id: 'jp-key-nfd',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/e\u0301',
      expect: {
        value: 'nfd',
      },
      basis: 'rfc',
      why: 'RFC 6901 3/4: no Unicode normalization',
    },
    {
      id: 'jp-key-01',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/01',
      expect: {
        value: 'zero-one',
      },
      basis: 'rfc',
      why: 'the index rules apply to arrays only',
    },
    {
      id: 'jp-key-dash',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/-',
      expect: {
        value: 'dash',
      },
      basis: 'rfc',
      why: '"-" is a member name on an object',
    },
    {
      id: 'jp-key-brace',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/a}b',
      expect: {
        value: 'brace',
      },
      basis: 'spec',
      why: 'allowed in a bare expression',
    },
    {
      id: 'jp-key-quote',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/a"b',
      expect: {
        value: 'quote',
      },
      basis: 'rfc',
      why: 'no JSON escapes inside the pointer',
    },
    {
      id: 'jp-key-bs',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/c\\d',
      expect: {
        value: 'bs',
      },
      basis: 'rfc',
      why: 'no JSON escapes inside the pointer',
    },
    {
      id: 'jp-key-sp',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/ ',
      expect: {
        value: 'sp',
      },
      basis: 'rfc',
      why: 'RFC 6901 section 5 example',
    },
    {
      id: 'jp-through-null',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/nul/a',
      expect: {
        error: 'missing',
      },
      basis: 'rfc',
      why: 'null is not a container; must not throw TypeError',
    },
    {
      id: 'jp-through-num',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/n/toFixed',
      expect: {
        error: 'missing',
      },
      basis: 'judgement',
      why: 'never read from a prototype',
    },
    {
      id: 'jp-proto',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/__proto__/polluted',
      expect: {
        error: 'missing',
      },
      basis: 'judgement',
      why: 'own members only',
    },
    {
      id: 'jp-ctor',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/constructor/name',
      expect: {
        error: 'missing',
      },
      basis: 'judgement',
      why: 'own members only',
    },
    {
      id: 'jp-own-proto',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/__proto__',
      rawBody: '{"__proto__":"own"}',
      expect: {
        value: 'own',
      },
      basis: 'rfc',
      why: 'JSON.parse creates an own member named __proto__: it is data',
    },
    {
      id: 'jp-missing-mid',
      group: 'json-pointer',
      mode: 'evaluate',
      expression: '$request.body#/nope/a/b',
      expect: {
        error: 'missing',
      },
      basis: 'rfc',
      why: 'a missing ancestor',
    },
    {
      id: 'tu-braced',
      group: 'template-url',
      mode: 'url',
      template: '{$request.query.callback_url}',
      expect: {
        url: 'https://hooks.client.org/cb',
      },
      basis: 'spec',
      why: 'first example of the Callback Object',
    },
    {
      id: 'tu-header',
      group: 'template-url',
      mode: 'url',
      template: '{$request.header.X-Callback}',
      expect: {
        url: 'https://hooks.client.org/h',
      },
      basis: 'spec',
      why: 'form of learn.openapis.org tictactoe',
    },
    {
      id: 'tu-two',
      group: 'template-url',
      mode: 'url',
      template: '{$request.query.callback_url}/invoices/{$request.body#/id}',
      expect: {
        url: 'https://hooks.client.org/cb/invoices/2expen51ve',
      },
      basis: 'spec',
      why: 'several expressions in one string',
    },
    {
      id: 'tu-hardcoded',
      group: 'template-url',
      mode: 'url',
      template:
        'http://notificationserver.com?transactionId={$request.body#/id}&email={$request.body#/email}',
      request: {
        body: {
          id: 12,
          email: 'jo@ex.org',
        },
      },
      expect: {
        url: 'http://notificationserver.com/?transactionId=12&email=jo%40ex.org',
      },
      basis: 'judgement',
      why: 'second example of the Callback Object; the spec does not say that @ is encoded. RFC 6570 simple expansion, which OAS uses for parameters, does',
    },
    {
      id: 'tu-literal',
      group: 'template-url',
      mode: 'url',
      template: 'https://ops.example.com/hook',
      expect: {
        url: 'https://ops.example.com/hook',
      },
      basis: 'judgement',
      why: 'a key without expression is a constant URL (Microcks dropped these: microcks/microcks#2017)',
    },
    {
      id: 'tu-response-header',
      group: 'template-url',
      mode: 'url',
      template: '{$response.header.Location}/events',
      expect: {
        url: 'https://api.example.com/invoices/1/events',
      },
      basis: 'spec',
      why: 'response header as base',
    },
    {
      id: 'tu-arr',
      group: 'template-url',
      mode: 'url',
      template: '{$request.body#/urls/1}',
      request: {
        body: {
          urls: ['https://a.example', 'https://b.example'],
        },
      },
      expect: {
        url: 'https://b.example/',
      },
      basis: 'spec',
      why: 'array element as target',
    },
    {
      id: 'tu-status',
      group: 'template-url',
      mode: 'url',
      template: 'https://ops.example.com/s/{$statusCode}/{$method}',
      expect: {
        url: 'https://ops.example.com/s/201/POST',
      },
      basis: 'spec',
      why: 'non-string scalar embedded as text',
    },
    {
      id: 'tu-url-in-query',
      group: 'template-url',
      mode: 'url',
      template: 'https://relay.example.com/?src={$request.query.callback_url}',
      expect: {
        url: 'https://relay.example.com/?src=https%3A%2F%2Fhooks.client.org%2Fcb',
      },
      basis: 'judgement',
      why: 'a URL used as data is fully encoded',
    },
    {
      id: 'tu-dollar-url',
      group: 'template-url',
      mode: 'url',
      template: 'https://relay.example.com/?u={$url}',
      request: {
        url: 'https://api.example.com/x?a=1',
      },
      expect: {
        url: 'https://relay.example.com/?u=https%3A%2F%2Fapi.example.com%2Fx%3Fa%3D1',
      },
      basis: 'judgement',
      why: '$url as data',
    },
    {
      id: 'tu-bare-pointer-path',
      group: 'template-url',
      mode: 'url',
      template: '$request.body#/hooks/paid',
      request: {
        body: {
          hooks: {
            paid: 'https://hooks.client.org/p',
          },
          '': '',
        },
      },
      expect: {
        url: 'https://hooks.client.org/p',
      },
      basis: 'spec',
      why: 'everything after # is pointer: not base plus suffix',
    },
    {
      id: 'tu-port',
      group: 'template-url',
      mode: 'url',
      template: '{$request.body#/u}/x',
      request: {
        body: {
          u: 'https://hooks.client.org:8443',
        },
      },
      expect: {
        url: 'https://hooks.client.org:8443/x',
      },
      basis: 'rfc',
      why: 'explicit port kept',
    },
    {
      id: 'tu-hostcase',
      group: 'template-url',
      mode: 'url',
      template: '{$request.body#/u}/X',
      request: {
        body: {
          u: 'HTTPS://Hooks.Client.ORG',
        },
      },
      expect: {
        url: 'https://hooks.client.org/X',
      },
      basis: 'rfc',
      why: 'scheme and host are case-insensitive, the path is not',
    },
    {
      id: 'tu-idn',
      group: 'template-url',
      mode: 'url',
      template: '{$request.body#/u}',
      request: {
        body: {
          u: 'https://b\u00fccher.example',
        },
      },
      expect: {
        url: 'https://xn--bcher-kva.example/',
      },
      basis: 'rfc',
      why: 'IDNA by the URL parser',
    },
    {
      id: 'tu-origin-join',
      group: 'template-url',
      mode: 'url',
      template: '{$request.body#/u}/invoices/1',
      request: {
        body: {
          u: 'https://hooks.client.org/',
        },
      },
      expect: {
        url: 'https://hooks.client.org/invoices/1',
      },
      basis: 'judgement',
      why: 'same for an origin with a slash',
    },
    {
      id: 'tu-base-query-amp',
      group: 'template-url',
      mode: 'url',
      template: '{$request.body#/u}&event=deposit',
      request: {
        body: {
          u: 'https://hooks.client.org/cb?token=s1',
        },
      },
      expect: {
        url: 'https://hooks.client.org/cb?token=s1&event=deposit',
      },
      basis: 'spec',
      why: 'form of OAI/OpenAPI-Specification#1141: plain concatenation',
    },
    {
      id: 'tu-base-query-path',
      group: 'template-url',
      mode: 'url',
      template: '{$request.body#/u}/invoices/1',
      request: {
        body: {
          u: 'https://hooks.client.org/cb?token=s1',
        },
      },
      expect: {
        error: 'base-has-query',
      },
      basis: 'judgement',
      why: 'concatenation would put the path into the query value; refuse instead of guessing',
    },
    {
      id: 'tu-fragment-dropped',
      group: 'template-url',
      mode: 'url',
      template: '{$request.body#/u}',
      request: {
        body: {
          u: 'https://hooks.client.org/cb#top',
        },
      },
      expect: {
        url: 'https://hooks.client.org/cb',
      },
      basis: 'rfc',
      why: 'RFC 9110 7.1: the fragment is not part of the request target',
    },
    {
      id: 'tu-key-trailing-space',
      group: 'template-url',
      mode: 'url',
      template: '{$request.body#/url} ',
      expect: {
        url: 'https://hooks.client.org/b',
      },
      basis: 'judgement',
      why: 'a trailing space is the common way to make two keys distinct for Swagger UI (swagger-api/swagger-ui#5536)',
    },
    {
      id: 'tu-noreexpand',
      group: 'template-url',
      mode: 'url',
      template: '{$request.body#/u}/{$request.body#/v}',
      request: {
        body: {
          u: 'https://hooks.client.org',
          v: '{$request.body#/secret}',
          secret: 's',
        },
      },
      expect: {
        url: 'https://hooks.client.org/%7B%24request.body%23%2Fsecret%7D',
      },
      basis: 'judgement',
      why: 'one pass only: a value that looks like an expression is data',
    },
    {
      id: 'tu-repeat',
      group: 'template-url',
      mode: 'url',
      template: 'https://ops.example.com/{$request.body#/id}/{$request.body#/id}',
      expect: {
        url: 'https://ops.example.com/2expen51ve/2expen51ve',
      },
      basis: 'judgement',
      why: 'the once-only rule of path templating (3.2) does not cover callback keys',
    },
    {
      id: 'tu-join-none',
      group: 'template-url',
      mode: 'url',
      template: '{$request.body#/u}?event=paid',
      request: {
        body: {
          u: 'https://hooks.client.org/cb',
          id: 7,
        },
      },
      expect: {
        url: 'https://hooks.client.org/cb?event=paid',
      },
      basis: 'judgement',
      why: 'a base without a query: the text is kept as it is',
    },
    {
      id: 'tu-join',
      group: 'template-url',
      mode: 'url',
      template: '{$request.body#/u}?event=paid',
      request: {
        body: {
          u: 'https://hooks.client.org/cb?token=s1',
          id: 7,
        },
      },
      expect: {
        url: 'https://hooks.client.org/cb?token=s1&event=paid',
      },
      basis: 'judgement',
      why: 'callback URLs carry tokens: a second "?" would belong to the value of token',
    },
    {
      id: 'tu-join-empty',
      group: 'template-url',
      mode: 'url',
      template: '{$request.body#/u}?event=paid',
      request: {
        body: {
          u: 'https://hooks.client.org/cb?',
          id: 7,
        },
      },
      expect: {
        url: 'https://hooks.client.org/cb?event=paid',
      },
      basis: 'judgement',
      why: 'an empty query has nothing to separate',
    },
    {
      id: 'tu-join-amp',
      group: 'template-url',
      mode: 'url',
      template: '{$request.body#/u}?event=paid',
      request: {
        body: {
          u: 'https://hooks.client.org/cb?token=s1&',
          id: 7,
        },
      },
      expect: {
        url: 'https://hooks.client.org/cb?token=s1&event=paid',
      },
      basis: 'judgement',
      why: 'the base has its separator already',
    },
    {
      id: 'tu-join-no-path',
      group: 'template-url',
      mode: 'url',
      template: '{$request.body#/u}?event=paid',
      request: {
        body: {
          u: 'https://hooks.client.org?token=s1',
          id: 7,
        },
      },
      expect: {
        url: 'https://hooks.client.org/?token=s1&event=paid',
      },
      basis: 'judgement',
      why: "the URL parser adds the path, and the query stays the base's",
    },
    {
      id: 'tu-join-question',
      group: 'template-url',
      mode: 'url',
      template: '{$request.body#/u}?event=paid',
      request: {
        body: {
          u: 'https://hooks.client.org/cb?next=/a?b',
          id: 7,
        },
      },
      expect: {
        url: 'https://hooks.client.org/cb?next=/a?b&event=paid',
      },
      basis: 'judgement',
      why: '"?" is a legal character of a query (RFC 3986, 3.4)',
    },
    {
      id: 'tu-join-value',
      group: 'template-url',
      mode: 'url',
      template: '{$request.body#/u}?id={$request.body#/id}&{$method}',
      request: {
        body: {
          u: 'https://hooks.client.org/cb?token=s1',
          id: 7,
        },
      },
      expect: {
        url: 'https://hooks.client.org/cb?token=s1&id=7&POST',
      },
      basis: 'judgement',
      why: 'expressions after the joined query are data as before',
    },
    {
      id: 'tu-join-fragment',
      group: 'template-url',
      mode: 'url',
      template: '{$request.body#/u}?event=paid',
      request: {
        body: {
          u: 'https://hooks.client.org/cb?token=s1#top',
          id: 7,
        },
      },
      expect: {
        error: 'base-has-fragment',
      },
      basis: 'judgement',
      why: 'the text would be dropped with the fragment',
    },
    {
      id: 'tu-join-path',
      group: 'template-url',
      mode: 'url',
      template: '{$request.body#/u}/paid?event=paid',
      request: {
        body: {
          u: 'https://hooks.client.org/cb?token=s1',
          id: 7,
        },
      },
      expect: {
        error: 'base-has-query',
      },
      basis: 'judgement',
      why: 'a path after a query has no place, whatever follows it',
    },
    {
      id: 'tu-join-path-empty',
      group: 'template-url',
      mode: 'url',
      template: '{$request.body#/u}/paid?event=paid',
      request: {
        body: {
          u: 'https://hooks.client.org/cb?',
          id: 7,
        },
      },
      expect: {
        error: 'base-has-query',
      },
      basis: 'judgement',
      why: 'an empty query is a query',
    },
    {
      id: 'tu-question-data',
      group: 'template-url',
      mode: 'url',
      template: 'https://ops.example.com/?a={$method}?b',
      expect: {
        url: 'https://ops.example.com/?a=POST?b',
      },
      basis: 'rfc',
      why: 'only the "?" after a whole URL begins a query',
    },
    {
      id: 'tu-join-encoded',
      group: 'template-url',
      mode: 'url',
      template: '{$request.query.cb}?event=paid',
      request: {
        url: 'https://api.example.com/?cb=https%3A%2F%2Fhooks.client.org%2Fcb%3Ftoken%3Ds1',
      },
      expect: {
        url: 'https://hooks.client.org/cb?token=s1&event=paid',
      },
      basis: 'judgement',
      why: 'the same for a base that a query parameter carries',
    },
    {
      id: 'tu-join-plain',
      group: 'template-url',
      mode: 'url',
      template: '{$request.query.cb}?event=paid',
      request: {
        url: 'https://api.example.com/?cb=https%3A%2F%2Fhooks.client.org%2Fcb',
      },
      expect: {
        url: 'https://hooks.client.org/cb?event=paid',
      },
      basis: 'judgement',
      why: 'the same without a query',
    },
    {
      id: 'tu-join-response',
      group: 'template-url',
      mode: 'url',
      template: '{$response.body#/links/self}?event=paid',
      response: {
        body: {
          links: {
            self: 'https://hooks.client.org/self?a=1',
          },
        },
      },
      expect: {
        url: 'https://hooks.client.org/self?a=1&event=paid',
      },
      basis: 'judgement',
      why: 'the same for a base of the response',
    },
    {
      id: 'tu-header-type',
      group: 'template-url',
      mode: 'url',
      template: 'https://ops.example.com/{$request.header.content-type}',
      options: {
        declared: {
          header: [],
        },
      },
      expect: {
        url: 'https://ops.example.com/application%2Fjson',
      },
      basis: 'spec',
      why: 'OpenAPI ignores header parameters of this name, so that no operation can declare it',
    },
    {
      id: 'ts-stray',
      group: 'template-syntax',
      mode: 'url',
      template: 'https://ops.example.com/$url}',
      expect: {
        error: 'syntax',
      },
      basis: 'judgement',
      why: 'unbalanced }',
    },
    {
      id: 'ts-empty',
      group: 'template-syntax',
      mode: 'url',
      template: 'https://ops.example.com/{}',
      expect: {
        error: 'syntax',
      },
      basis: 'judgement',
      why: 'empty placeholder',
    },
    {
      id: 'ts-nested',
      group: 'template-syntax',
      mode: 'url',
      template: 'https://ops.example.com/{$request.body#/{$method}}',
      expect: {
        error: 'syntax',
      },
      basis: 'judgement',
      why: 'expressions do not nest',
    },
    {
      id: 'ts-brace-in-pointer',
      group: 'template-syntax',
      mode: 'url',
      template: 'https://ops.example.com/{$request.body#/a}b}',
      expect: {
        error: 'syntax',
      },
      basis: 'judgement',
      why: 'the first } closes (Schemathesis, Arazzo 1.1): the rest has a stray }. Use a bare key for such a member',
    },
    {
      id: 'ts-fastapi-var',
      group: 'template-syntax',
      mode: 'url',
      template: '{$callback_url}/invoices/{$request.body#/id}',
      expect: {
        error: 'syntax',
      },
      basis: 'spec',
      why: 'not an expression; every peer lets it through, Prism gives "/invoices/.."',
    },
    {
      id: 'ts-bare-unknown',
      group: 'template-syntax',
      mode: 'url',
      template: '$callback_url',
      expect: {
        error: 'syntax',
      },
      basis: 'judgement',
      why: 'a key that begins with $ is meant as an expression',
    },
    {
      id: 'ts-bare-swallows',
      group: 'template-syntax',
      mode: 'url',
      template: '$request.query.callback_url/{$request.body#/id}',
      expect: {
        error: 'ambiguous',
      },
      basis: 'judgement',
      why: 'by the ABNF this is ONE bare expression whose name holds "/{$request...}": certainly a forgotten brace',
    },
    {
      id: 'ts-empty-key',
      group: 'template-syntax',
      mode: 'url',
      template: '',
      expect: {
        error: 'syntax',
      },
      basis: 'judgement',
      why: 'empty key',
    },
    {
      id: 'ts-undeclared',
      group: 'template-syntax',
      mode: 'url',
      template: '{$request.query.callback_url}',
      options: {
        declared: {
          query: [],
        },
      },
      expect: {
        error: 'undeclared',
      },
      basis: 'spec',
      why: 'request parameters must be declared',
    },
    {
      id: 'ts-unclosed',
      group: 'template-syntax',
      mode: 'url',
      template: 'https://ops.example.com/{$request.body#/id',
      expect: {
        error: 'syntax',
      },
      basis: 'judgement',
      why: 'a brace that is never closed',
    },
    {
      id: 'ts-unclosed-start',
      group: 'template-syntax',
      mode: 'url',
      template: '{$request.query.callback_url/paid',
      expect: {
        error: 'syntax',
      },
      basis: 'judgement',
      why: 'the same at the start',
    },
    {
      id: 'ts-unclosed-second',
      group: 'template-syntax',
      mode: 'url',
      template: '{$request.query.callback_url}/{$request.body#/id',
      expect: {
        error: 'syntax',
      },
      basis: 'judgement',
      why: 'the same after an expression',
    },
    {
      id: 'ts-blanks',
      group: 'template-syntax',
      mode: 'url',
      template: 'https://ops.example.com/{ $request.body#/id }',
      expect: {
        error: 'syntax',
      },
      basis: 'judgement',
      why: 'blanks are no part of the grammar',
    },
    {
      id: 'ts-blank-end',
      group: 'template-syntax',
      mode: 'url',
      template: 'https://ops.example.com/{$method }',
      expect: {
        error: 'syntax',
      },
      basis: 'judgement',
      why: 'nor after a keyword',
    },
    {
      id: 'ts-no-name',
      group: 'template-syntax',
      mode: 'url',
      template: '{$request.query}',
      expect: {
        error: 'syntax',
      },
      basis: 'judgement',
      why: 'query needs a name',
    },
    {
      id: 'mt-missing-base',
      group: 'missing-and-types',
      mode: 'url',
      template: '{$request.query.nope}',
      expect: {
        error: 'missing',
      },
      basis: 'judgement',
      why: 'no URL: the callback is not sent (learn.openapis.org: "if no value is supplied no callback will be made"); report as skipped',
    },
    {
      id: 'mt-empty-query',
      group: 'missing-and-types',
      mode: 'url',
      template: 'https://ops.example.com/?a={$request.body#/empty}',
      expect: {
        url: 'https://ops.example.com/?a=',
      },
      basis: 'rfc',
      why: 'an empty query value is well-formed',
    },
    {
      id: 'mt-num',
      group: 'missing-and-types',
      mode: 'url',
      template: 'https://ops.example.com/{$request.body#/n}',
      expect: {
        url: 'https://ops.example.com/42',
      },
      basis: 'judgement',
      why: 'JSON number text',
    },
    {
      id: 'mt-zero',
      group: 'missing-and-types',
      mode: 'url',
      template: 'https://ops.example.com/{$request.body#/zero}',
      expect: {
        url: 'https://ops.example.com/0',
      },
      basis: 'judgement',
      why: 'falsy is not missing',
    },
    {
      id: 'mt-neg',
      group: 'missing-and-types',
      mode: 'url',
      template: 'https://ops.example.com/{$request.body#/neg}',
      expect: {
        url: 'https://ops.example.com/-1.5',
      },
      basis: 'judgement',
      why: 'JSON number text',
    },
    {
      id: 'mt-obj',
      group: 'missing-and-types',
      mode: 'url',
      template: 'https://ops.example.com/{$request.body#/obj}',
      expect: {
        error: 'type',
      },
      basis: 'judgement',
      why: 'Prism gives [object Object]; Arazzo 1.1 JSON; refuse',
    },
    {
      id: 'mt-arr',
      group: 'missing-and-types',
      mode: 'url',
      template: 'https://ops.example.com/?x={$request.body#/arr}',
      expect: {
        error: 'type',
      },
      basis: 'judgement',
      why: 'no style/explode is attached to an expression',
    },
    {
      id: 'mt-body-whole',
      group: 'missing-and-types',
      mode: 'url',
      template: 'https://ops.example.com/{$request.body}',
      expect: {
        error: 'type',
      },
      basis: 'judgement',
      why: 'an object is not embeddable',
    },
    {
      id: 'mt-num-base',
      group: 'missing-and-types',
      mode: 'url',
      template: '{$request.body#/n}',
      expect: {
        error: 'type',
      },
      basis: 'judgement',
      why: 'only a string can be the base',
    },
    {
      id: 'mt-bare-obj',
      group: 'missing-and-types',
      mode: 'url',
      template: '$request.body#/obj',
      expect: {
        error: 'type',
      },
      basis: 'judgement',
      why: 'a URL must be a string',
    },
    {
      id: 'mt-query-repeat-base',
      group: 'missing-and-types',
      mode: 'url',
      template: '{$request.query.cb}',
      request: {
        url: 'https://api.example.com/?cb=https%3A%2F%2Fgood.example&cb=https%3A%2F%2Fevil.example',
      },
      expect: {
        error: 'multi-value',
      },
      basis: 'judgement',
      why: 'parameter pollution must not choose the target',
    },
    {
      id: 'mt-nores',
      group: 'missing-and-types',
      mode: 'url',
      template: '{$response.header.Location}',
      response: null,
      expect: {
        error: 'missing',
      },
      basis: 'judgement',
      why: 'no response recorded yet',
    },
    {
      id: 'mt-null-url',
      group: 'missing-and-types',
      mode: 'url',
      template: '{$request.body#/u}',
      request: {
        body: {
          u: null,
        },
      },
      expect: {
        error: 'missing',
      },
      basis: 'judgement',
      why: 'null is no URL: nothing was asked for',
    },
    {
      id: 'mt-null-url-path',
      group: 'missing-and-types',
      mode: 'url',
      template: '{$request.body#/u}/paid',
      request: {
        body: {
          u: null,
        },
      },
      expect: {
        error: 'missing',
      },
      basis: 'judgement',
      why: 'never null/paid',
    },
    {
      id: 'mt-null-element',
      group: 'missing-and-types',
      mode: 'url',
      template: 'https://ops.example.com/{$request.body#/a/0}',
      request: {
        body: {
          a: [null],
        },
      },
      expect: {
        error: 'missing',
      },
      basis: 'judgement',
      why: 'null in an array is null',
    },
    {
      id: 'mt-null-query',
      group: 'missing-and-types',
      mode: 'url',
      template: 'https://ops.example.com/?a={$request.body#/v}',
      request: {
        body: {
          v: null,
        },
      },
      expect: {
        error: 'missing',
      },
      basis: 'judgement',
      why: 'a query position is no exception',
    },
    {
      id: 'mt-null-host',
      group: 'missing-and-types',
      mode: 'url',
      template: 'https://{$request.body#/v}/',
      request: {
        body: {
          v: null,
        },
      },
      expect: {
        error: 'missing',
      },
      basis: 'judgement',
      why: 'nor is a host',
    },
    {
      id: 'mt-null-body',
      group: 'missing-and-types',
      mode: 'url',
      template: 'https://ops.example.com/{$request.body}',
      request: {
        body: null,
      },
      expect: {
        error: 'missing',
      },
      basis: 'judgement',
      why: 'a body that is null',
    },
    {
      id: 'mt-null-response',
      group: 'missing-and-types',
      mode: 'url',
      template: 'https://ops.example.com/{$response.body#/v}',
      response: {
        body: {
          v: null,
        },
      },
      expect: {
        error: 'missing',
      },
      basis: 'judgement',
      why: 'null in a response',
    },
    {
      id: 'mt-past-2-53',
      group: 'missing-and-types',
      mode: 'url',
      template: 'https://ops.example.com/{$request.body#/v}',
      rawBody: '{"v":9007199254740993}',
      expect: {
        error: 'type',
      },
      basis: 'judgement',
      why: '9007199254740993 is 9007199254740992 once it is parsed: another resource',
    },
    {
      id: 'mt-2-53',
      group: 'missing-and-types',
      mode: 'url',
      template: 'https://ops.example.com/{$request.body#/v}',
      request: {
        body: {
          v: 9007199254740992,
        },
      },
      expect: {
        error: 'type',
      },
      basis: 'judgement',
      why: 'the first integer that another one is parsed as',
    },
    {
      id: 'mt-below-2-53',
      group: 'missing-and-types',
      mode: 'url',
      template: 'https://ops.example.com/{$request.body#/v}',
      request: {
        body: {
          v: 9007199254740991,
        },
      },
      expect: {
        url: 'https://ops.example.com/9007199254740991',
      },
      basis: 'judgement',
      why: 'the last integer that is exact',
    },
    {
      id: 'mt-minus-2-53',
      group: 'missing-and-types',
      mode: 'url',
      template: 'https://ops.example.com/?n={$request.body#/v}',
      request: {
        body: {
          v: -9007199254740992,
        },
      },
      expect: {
        error: 'type',
      },
      basis: 'judgement',
      why: 'digits are lost below zero as well, and in a query',
    },
    {
      id: 'mt-past-2-53-text',
      group: 'missing-and-types',
      mode: 'url',
      template: 'https://ops.example.com/{$request.body#/v}',
      request: {
        body: {
          v: '9007199254740993',
        },
      },
      expect: {
        url: 'https://ops.example.com/9007199254740993',
      },
      basis: 'judgement',
      why: 'text keeps its digits',
    },
    {
      id: 'mt-past-2-53-value',
      group: 'missing-and-types',
      mode: 'evaluate',
      expression: '$request.body#/v',
      request: {
        body: {
          v: 9007199254740992,
        },
      },
      expect: {
        value: 9007199254740992,
      },
      basis: 'judgement',
      why: 'a value that is not embedded is given as it was parsed',
    },
    {
      id: 'en-space',
      group: 'encoding',
      mode: 'url',
      template: 'https://ops.example.com/{$request.body#/v}',
      request: {
        body: {
          v: 'a b',
        },
      },
      expect: {
        url: 'https://ops.example.com/a%20b',
      },
      basis: 'judgement',
      why: 'space as %20 in a path',
    },
    {
      id: 'en-space-q',
      group: 'encoding',
      mode: 'url',
      template: 'https://ops.example.com/?x={$request.body#/v}',
      request: {
        body: {
          v: 'a b',
        },
      },
      expect: {
        url: 'https://ops.example.com/?x=a%20b',
      },
      basis: 'judgement',
      why: 'space as %20 in a query too (RFC 6570), readable by both decoders',
    },
    {
      id: 'en-plus-q',
      group: 'encoding',
      mode: 'url',
      template: 'https://ops.example.com/?x={$request.body#/v}',
      request: {
        body: {
          v: 'a+b',
        },
      },
      expect: {
        url: 'https://ops.example.com/?x=a%2Bb',
      },
      basis: 'judgement',
      why: 'a raw + would be read as a space by form decoders',
    },
    {
      id: 'en-amp',
      group: 'encoding',
      mode: 'url',
      template: 'https://ops.example.com/?x={$request.body#/v}&y=1',
      request: {
        body: {
          v: 'a&y=2',
        },
      },
      expect: {
        url: 'https://ops.example.com/?x=a%26y%3D2&y=1',
      },
      basis: 'judgement',
      why: 'no parameter injection',
    },
    {
      id: 'en-slash',
      group: 'encoding',
      mode: 'url',
      template: 'https://ops.example.com/{$request.body#/v}/x',
      request: {
        body: {
          v: 'a/b',
        },
      },
      expect: {
        url: 'https://ops.example.com/a%2Fb/x',
      },
      basis: 'judgement',
      why: 'a value is one segment',
    },
    {
      id: 'en-percent',
      group: 'encoding',
      mode: 'url',
      template: 'https://ops.example.com/{$request.body#/v}',
      request: {
        body: {
          v: 'a%20b',
        },
      },
      expect: {
        url: 'https://ops.example.com/a%2520b',
      },
      basis: 'judgement',
      why: 'a value is data: an existing triplet is encoded again',
    },
    {
      id: 'en-unicode',
      group: 'encoding',
      mode: 'url',
      template: 'https://ops.example.com/{$request.body#/v}',
      request: {
        body: {
          v: 'na\u00efve \u20ac',
        },
      },
      expect: {
        url: 'https://ops.example.com/na%C3%AFve%20%E2%82%AC',
      },
      basis: 'rfc',
      why: 'UTF-8, RFC 3986 2.5',
    },
    {
      id: 'en-unreserved',
      group: 'encoding',
      mode: 'url',
      template: 'https://ops.example.com/{$request.body#/v}',
      request: {
        body: {
          v: 'aZ0-._~',
        },
      },
      expect: {
        url: 'https://ops.example.com/aZ0-._~',
      },
      basis: 'rfc',
      why: 'unreserved are left',
    },
    {
      id: 'en-subdelims',
      group: 'encoding',
      mode: 'url',
      template: 'https://ops.example.com/{$request.body#/v}',
      request: {
        body: {
          v: "!'()*:@",
        },
      },
      expect: {
        url: 'https://ops.example.com/%21%27%28%29%2A%3A%40',
      },
      basis: 'judgement',
      why: "RFC 6570 simple expansion: everything but unreserved (encodeURIComponent leaves !'()*)",
    },
    {
      id: 'en-nul',
      group: 'encoding',
      mode: 'url',
      template: 'https://ops.example.com/{$request.body#/v}',
      request: {
        body: {
          v: 'a\u0000',
        },
      },
      expect: {
        url: 'https://ops.example.com/a%00',
      },
      basis: 'judgement',
      why: 'NUL as data is encoded',
    },
    {
      id: 'en-backslash',
      group: 'encoding',
      mode: 'url',
      template: 'https://ops.example.com/{$request.body#/v}',
      request: {
        body: {
          v: 'a\\b',
        },
      },
      expect: {
        url: 'https://ops.example.com/a%5Cb',
      },
      basis: 'judgement',
      why: 'the URL parser would turn \\ into /',
    },
    {
      id: 'en-dot',
      group: 'encoding',
      mode: 'url',
      template: 'https://ops.example.com/a/{$request.body#/v}',
      request: {
        body: {
          v: '.',
        },
      },
      expect: {
        error: 'dot-segment',
      },
      basis: 'judgement',
      why: '"." likewise',
    },
    {
      id: 'en-dotdot-pct',
      group: 'encoding',
      mode: 'url',
      template: 'https://ops.example.com/a/{$request.body#/v}',
      request: {
        body: {
          v: '%2e%2e',
        },
      },
      expect: {
        url: 'https://ops.example.com/a/%252e%252e',
      },
      basis: 'judgement',
      why: 'WHATWG treats %2e%2e as ..; the encoded % defuses it',
    },
    {
      id: 'en-dotdot-partial',
      group: 'encoding',
      mode: 'url',
      template: 'https://ops.example.com/a/x{$request.body#/v}',
      request: {
        body: {
          v: '..',
        },
      },
      expect: {
        url: 'https://ops.example.com/a/x..',
      },
      basis: 'judgement',
      why: 'not a whole segment',
    },
    {
      id: 'en-dotdot-query',
      group: 'encoding',
      mode: 'url',
      template: 'https://ops.example.com/?p={$request.body#/v}',
      request: {
        body: {
          v: '..',
        },
      },
      expect: {
        url: 'https://ops.example.com/?p=..',
      },
      basis: 'judgement',
      why: 'no dot segments in a query',
    },
    {
      id: 'en-fragment-pos',
      group: 'encoding',
      mode: 'url',
      template: 'https://ops.example.com/a#{$request.body#/v}',
      request: {
        body: {
          v: 'x',
        },
      },
      expect: {
        url: 'https://ops.example.com/a',
      },
      basis: 'judgement',
      why: 'the fragment is dropped',
    },
    {
      id: 'en-surrogate-path',
      group: 'encoding',
      mode: 'url',
      template: 'https://ops.example.com/{$request.body#/v}',
      rawBody: '{"v":"a\\ud800"}',
      expect: {
        error: 'unsafe-char',
      },
      basis: 'judgement',
      why: 'a lone surrogate has no UTF-8: U+FFFD in its place would be another resource',
    },
    {
      id: 'en-surrogate-only',
      group: 'encoding',
      mode: 'url',
      template: 'https://ops.example.com/{$request.body#/v}',
      rawBody: '{"v":"\\udfff"}',
      expect: {
        error: 'unsafe-char',
      },
      basis: 'judgement',
      why: 'the same for one alone',
    },
    {
      id: 'en-surrogate-query',
      group: 'encoding',
      mode: 'url',
      template: 'https://ops.example.com/?a={$request.body#/v}',
      rawBody: '{"v":"\\udc00b"}',
      expect: {
        error: 'unsafe-char',
      },
      basis: 'judgement',
      why: 'the same in a query',
    },
    {
      id: 'en-surrogate-reversed',
      group: 'encoding',
      mode: 'url',
      template: 'https://ops.example.com/{$request.body#/v}',
      rawBody: '{"v":"\\udc00\\ud800"}',
      expect: {
        error: 'unsafe-char',
      },
      basis: 'judgement',
      why: 'two in the wrong order are no pair',
    },
    {
      id: 'en-surrogate-pair',
      group: 'encoding',
      mode: 'url',
      template: 'https://ops.example.com/{$request.body#/v}',
      rawBody: '{"v":"\\ud83d\\ude00"}',
      expect: {
        url: 'https://ops.example.com/%F0%9F%98%80',
      },
      basis: 'rfc',
      why: 'a pair is one character',
    },
    {
      id: 'us-relative-base',
      group: 'url-safety',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: '/cb',
        },
      },
      options: {
        base: 'https://client.example/',
      },
      expect: {
        url: 'https://client.example/cb',
      },
      basis: 'judgement',
      why: 'only where the caller gives a base',
    },
    {
      id: 'us-protorel',
      group: 'url-safety',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: '//evil.example/x',
        },
      },
      expect: {
        error: 'not-absolute',
      },
      basis: 'judgement',
      why: 'protocol-relative',
    },
    {
      id: 'us-hostonly',
      group: 'url-safety',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'hooks.client.org/cb',
        },
      },
      expect: {
        error: 'not-absolute',
      },
      basis: 'judgement',
      why: 'no scheme',
    },
    {
      id: 'us-hostport',
      group: 'url-safety',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'hooks.client.org:443/cb',
        },
      },
      expect: {
        error: 'unsafe-scheme',
      },
      basis: 'rfc',
      why: 'parses as scheme "hooks.client.org"',
    },
    {
      id: 'us-js',
      group: 'url-safety',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'javascript:alert(1)',
        },
      },
      expect: {
        error: 'unsafe-scheme',
      },
      basis: 'judgement',
      why: 'http and https only',
    },
    {
      id: 'us-js-case',
      group: 'url-safety',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'JaVaScRiPt:alert(1)',
        },
      },
      expect: {
        error: 'unsafe-scheme',
      },
      basis: 'judgement',
      why: 'scheme is case-insensitive',
    },
    {
      id: 'us-ftp',
      group: 'url-safety',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'ftp://hooks.client.org/',
        },
      },
      expect: {
        error: 'unsafe-scheme',
      },
      basis: 'judgement',
      why: 'http and https only',
    },
    {
      id: 'us-blob',
      group: 'url-safety',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'blob:https://x/1',
        },
      },
      expect: {
        error: 'unsafe-scheme',
      },
      basis: 'judgement',
      why: 'http and https only',
    },
    {
      id: 'us-unix',
      group: 'url-safety',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'unix:/var/run/docker.sock',
        },
      },
      expect: {
        error: 'unsafe-scheme',
      },
      basis: 'judgement',
      why: 'http and https only',
    },
    {
      id: 'us-userinfo',
      group: 'url-safety',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'https://user:pw@hooks.client.org/',
        },
      },
      expect: {
        error: 'userinfo',
      },
      basis: 'judgement',
      why: 'fetch() throws on credentials; RFC 9110 4.2.4 deprecates them',
    },
    {
      id: 'us-backslash',
      group: 'url-safety',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'https://good.example\\@evil.example/',
        },
      },
      expect: {
        error: 'unsafe-char',
      },
      basis: 'judgement',
      why: 'parsers disagree on the host',
    },
    {
      id: 'us-backslash2',
      group: 'url-safety',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'https:\\\\evil.example',
        },
      },
      expect: {
        error: 'unsafe-char',
      },
      basis: 'judgement',
      why: 'WHATWG reads \\\\ as //',
    },
    {
      id: 'us-crlf',
      group: 'url-safety',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'https://hooks.client.org/a\r\nHost: evil',
        },
      },
      expect: {
        error: 'unsafe-char',
      },
      basis: 'judgement',
      why: 'WHATWG silently strips CR LF TAB: refuse before parsing',
    },
    {
      id: 'us-tab',
      group: 'url-safety',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'https://hooks.cli\tent.org/',
        },
      },
      expect: {
        error: 'unsafe-char',
      },
      basis: 'judgement',
      why: 'as above',
    },
    {
      id: 'us-nul',
      group: 'url-safety',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'https://hooks.client.org/\u0000',
        },
      },
      expect: {
        error: 'unsafe-char',
      },
      basis: 'judgement',
      why: 'control character',
    },
    {
      id: 'us-innerspace',
      group: 'url-safety',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'https://hooks.client.org/a b',
        },
      },
      expect: {
        error: 'unsafe-char',
      },
      basis: 'judgement',
      why: 'not a valid URI; a base is not encoded for the caller',
    },
    {
      id: 'us-badhost2',
      group: 'url-safety',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'https://[::1',
        },
      },
      expect: {
        error: 'invalid-url',
      },
      basis: 'rfc',
      why: 'unclosed IPv6 literal',
    },
    {
      id: 'us-dots-in-base',
      group: 'url-safety',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'https://hooks.client.org/a/../b',
        },
      },
      expect: {
        url: 'https://hooks.client.org/b',
      },
      basis: 'rfc',
      why: 'the subscriber gave the whole URL: normal dot-segment removal',
    },
    {
      id: 'us-host-at',
      group: 'url-safety',
      mode: 'url',
      template: 'https://api.example.com{$request.body#/v}',
      request: {
        body: {
          v: '@evil.example/',
        },
      },
      expect: {
        error: 'unsafe-template',
      },
      basis: 'judgement',
      why: 'as above',
    },
    {
      id: 'us-label',
      group: 'url-safety',
      mode: 'url',
      template: 'https://{$request.body#/v}.hooks.example.com/x',
      request: {
        body: {
          v: 'acme',
        },
      },
      expect: {
        url: 'https://acme.hooks.example.com/x',
      },
      basis: 'judgement',
      why: 'one label inside a literal domain is allowed when it is a host label',
    },
    {
      id: 'us-label-dot',
      group: 'url-safety',
      mode: 'url',
      template: 'https://{$request.body#/v}.hooks.example.com/x',
      request: {
        body: {
          v: 'evil.example/',
        },
      },
      expect: {
        error: 'unsafe-host',
      },
      basis: 'judgement',
      why: 'not a host label',
    },
    {
      id: 'us-host-whole',
      group: 'url-safety',
      mode: 'url',
      template: 'https://{$request.body#/v}/x',
      request: {
        body: {
          v: 'hooks.client.org:8443',
        },
      },
      expect: {
        url: 'https://hooks.client.org:8443/x',
      },
      basis: 'judgement',
      why: 'a whole host[:port] is allowed',
    },
    {
      id: 'us-host-whole-bad',
      group: 'url-safety',
      mode: 'url',
      template: 'https://{$request.body#/v}/x',
      request: {
        body: {
          v: 'good.example@evil.example',
        },
      },
      expect: {
        error: 'unsafe-host',
      },
      basis: 'judgement',
      why: 'not host[:port]',
    },
    {
      id: 'us-scheme-pos-ok',
      group: 'url-safety',
      mode: 'url',
      template: '{$request.body#/v}://hooks.example.com/x',
      request: {
        body: {
          v: 'http',
        },
      },
      expect: {
        url: 'http://hooks.example.com/x',
      },
      basis: 'judgement',
      why: 'a value in scheme position must be http or https',
    },
    {
      id: 'us-port-pos-bad',
      group: 'url-safety',
      mode: 'url',
      template: 'https://hooks.example.com:{$request.body#/v}/x',
      request: {
        body: {
          v: '80@evil.example',
        },
      },
      expect: {
        error: 'unsafe-host',
      },
      basis: 'judgement',
      why: 'digits only in port position',
    },
    {
      id: 'us-sensitive',
      group: 'url-safety',
      mode: 'url',
      template: 'https://ops.example.com/{$request.header.authorization}',
      request: {
        headers: {
          Authorization: 'Bearer x',
        },
      },
      expect: {
        error: 'sensitive-header',
      },
      basis: 'judgement',
      why: 'credentials of the caller must not leak into a URL that the caller may choose',
    },
    {
      id: 'us-sensitive-cookie',
      group: 'url-safety',
      mode: 'url',
      template: 'https://ops.example.com/{$request.header.cookie}',
      request: {
        headers: {
          Cookie: 'sid=x',
        },
      },
      expect: {
        error: 'sensitive-header',
      },
      basis: 'judgement',
      why: 'as above',
    },
    {
      id: 'us-toolong',
      group: 'url-safety',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'https://hooks.client.org/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
        },
      },
      expect: {
        error: 'too-long',
      },
      basis: 'judgement',
      why: 'bound the length of a target (limit 8192)',
    },
    {
      id: 'us-surrogate-url',
      group: 'url-safety',
      mode: 'url',
      template: '{$request.body#/v}',
      rawBody: '{"v":"https://hooks.client.org/\\ud800"}',
      expect: {
        error: 'unsafe-char',
      },
      basis: 'judgement',
      why: 'the URL parser would put U+FFFD in its place',
    },
    {
      id: 'us-surrogate-url-query',
      group: 'url-safety',
      mode: 'url',
      template: '{$request.body#/v}?a=1',
      rawBody: '{"v":"https://hooks.client.org/?t=\\udc00"}',
      expect: {
        error: 'unsafe-char',
      },
      basis: 'judgement',
      why: 'the same in the query of a whole URL',
    },
    {
      id: 'us-surrogate-host',
      group: 'url-safety',
      mode: 'url',
      template: 'https://{$request.body#/v}/',
      rawBody: '{"v":"a\\ud800.example"}',
      expect: {
        error: 'unsafe-char',
      },
      basis: 'judgement',
      why: 'the same in a host',
    },
    {
      id: 'us-surrogate-label',
      group: 'url-safety',
      mode: 'url',
      template: 'https://{$request.body#/v}.example.com/',
      rawBody: '{"v":"a\\ud800"}',
      expect: {
        error: 'unsafe-char',
      },
      basis: 'judgement',
      why: 'the same in a label',
    },
    {
      id: 'sp-127',
      group: 'ssrf-policy',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'http://127.0.0.1/',
        },
      },
      options: {
        policy: 'public-only',
      },
      expect: {
        error: 'blocked-address',
      },
      basis: 'judgement',
      why: 'loopback',
    },
    {
      id: 'sp-oct',
      group: 'ssrf-policy',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'http://0177.0.0.1/',
        },
      },
      options: {
        policy: 'public-only',
      },
      expect: {
        error: 'blocked-address',
      },
      basis: 'judgement',
      why: 'octal form',
    },
    {
      id: 'sp-zero',
      group: 'ssrf-policy',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'http://0.0.0.0/',
        },
      },
      options: {
        policy: 'public-only',
      },
      expect: {
        error: 'blocked-address',
      },
      basis: 'judgement',
      why: 'unspecified',
    },
    {
      id: 'sp-meta',
      group: 'ssrf-policy',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'http://169.254.169.254/latest/meta-data/',
        },
      },
      options: {
        policy: 'public-only',
      },
      expect: {
        error: 'blocked-address',
      },
      basis: 'judgement',
      why: 'link-local metadata',
    },
    {
      id: 'sp-10',
      group: 'ssrf-policy',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'https://10.0.0.5/',
        },
      },
      options: {
        policy: 'public-only',
      },
      expect: {
        error: 'blocked-address',
      },
      basis: 'judgement',
      why: 'RFC 1918',
    },
    {
      id: 'sp-172',
      group: 'ssrf-policy',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'https://172.16.0.1/',
        },
      },
      options: {
        policy: 'public-only',
      },
      expect: {
        error: 'blocked-address',
      },
      basis: 'judgement',
      why: 'RFC 1918',
    },
    {
      id: 'sp-v6',
      group: 'ssrf-policy',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'http://[::1]/',
        },
      },
      options: {
        policy: 'public-only',
      },
      expect: {
        error: 'blocked-address',
      },
      basis: 'judgement',
      why: 'IPv6 loopback',
    },
    {
      id: 'sp-ula',
      group: 'ssrf-policy',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'http://[fd00::1]/',
        },
      },
      options: {
        policy: 'public-only',
      },
      expect: {
        error: 'blocked-address',
      },
      basis: 'judgement',
      why: 'unique local',
    },
    {
      id: 'sp-v6ll',
      group: 'ssrf-policy',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'http://[fe80::1]/',
        },
      },
      options: {
        policy: 'public-only',
      },
      expect: {
        error: 'blocked-address',
      },
      basis: 'judgement',
      why: 'link-local',
    },
    {
      id: 'sp-nat64',
      group: 'ssrf-policy',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'http://[64:ff9b::7f00:1]/',
        },
      },
      options: {
        policy: 'public-only',
      },
      expect: {
        error: 'blocked-address',
      },
      basis: 'judgement',
      why: 'NAT64 of 127.0.0.1',
    },
    {
      id: 'sp-localhost',
      group: 'ssrf-policy',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'http://localhost:3000/',
        },
      },
      options: {
        policy: 'public-only',
      },
      expect: {
        error: 'blocked-address',
      },
      basis: 'judgement',
      why: 'RFC 6761',
    },
    {
      id: 'sp-sub-localhost',
      group: 'ssrf-policy',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'http://a.localhost/',
        },
      },
      options: {
        policy: 'public-only',
      },
      expect: {
        error: 'blocked-address',
      },
      basis: 'judgement',
      why: 'RFC 6761 subdomains',
    },
    {
      id: 'sp-fullwidth',
      group: 'ssrf-policy',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'http://\uff11\uff12\uff17.0.0.1/',
        },
      },
      options: {
        policy: 'public-only',
      },
      expect: {
        error: 'blocked-address',
      },
      basis: 'judgement',
      why: 'full-width digits are mapped by IDNA',
    },
    {
      id: 'sp-public',
      group: 'ssrf-policy',
      mode: 'url',
      template: '{$request.body#/v}',
      request: {
        body: {
          v: 'https://93.184.216.34/',
        },
      },
      options: {
        policy: 'public-only',
      },
      expect: {
        url: 'https://93.184.216.34/',
      },
      basis: 'judgement',
      why: 'a public literal passes the syntactic policy',
    },
    {
      id: 'fa-tutorial',
      group: 'fastapi-compat',
      mode: 'compat',
      template: '{$callback_url}/invoices/{$request.body.id}',
      options: {
        compat: true,
        declared: {
          query: ['callback_url'],
          path: ['tenant'],
          header: ['X-Callback'],
          body: true,
        },
      },
      expect: {
        canonical: '{$request.query.callback_url}/invoices/{$request.body#/id}',
        url: 'https://hooks.client.org/cb/invoices/2expen51ve',
      },
      basis: 'judgement',
      why: 'FastAPI tutorial: the one meaning that its text gives. Emit the canonical key',
    },
    {
      id: 'fa-escape',
      group: 'fastapi-compat',
      mode: 'compat',
      template: '{$callback_url}/{$request.body.m~n}',
      options: {
        compat: true,
        declared: {
          query: ['callback_url'],
          path: ['tenant'],
          header: ['X-Callback'],
          body: true,
        },
      },
      expect: {
        canonical: '{$request.query.callback_url}/{$request.body#/m~0n}',
        url: 'https://hooks.client.org/cb/tilde',
      },
      basis: 'judgement',
      why: 'RFC 6901 escapes are applied on rewriting',
    },
    {
      id: 'fa-undeclared',
      group: 'fastapi-compat',
      mode: 'compat',
      template: '{$webhook}/x',
      options: {
        compat: true,
        declared: {
          query: ['callback_url'],
          path: ['tenant'],
          header: ['X-Callback'],
          body: true,
        },
      },
      expect: {
        error: 'undeclared',
      },
      basis: 'judgement',
      why: 'no parameter of that name: fail at definition time',
    },
    {
      id: 'fa-ambiguous',
      group: 'fastapi-compat',
      mode: 'compat',
      template: '{$callback_url}/x',
      options: {
        compat: true,
        declared: {
          query: ['callback_url'],
          path: ['callback_url'],
        },
      },
      expect: {
        error: 'ambiguous',
      },
      basis: 'judgement',
      why: 'declared in two places',
    },
    {
      id: 'fa-reserved',
      group: 'fastapi-compat',
      mode: 'compat',
      template: '{$url}',
      options: {
        compat: true,
        declared: {
          query: ['url'],
        },
      },
      request: {
        url: 'https://api.example.com/inv',
      },
      expect: {
        canonical: '{$url}',
        url: 'https://api.example.com/inv',
      },
      basis: 'judgement',
      why: '$url, $method and $statusCode keep their meaning although a parameter has that name',
    },
    {
      id: 'fa-response-body',
      group: 'fastapi-compat',
      mode: 'compat',
      template: '{$response.body.links.self}',
      options: {
        compat: true,
        declared: {
          query: ['callback_url'],
          path: ['tenant'],
          header: ['X-Callback'],
          body: true,
        },
      },
      expect: {
        canonical: '{$response.body#/links/self}',
        url: 'https://hooks.client.org/self',
      },
      basis: 'judgement',
      why: 'same rewrite for the response',
    },
    {
      id: 'fa-plain-brace',
      group: 'fastapi-compat',
      mode: 'compat',
      template: '{callback_url}/x',
      options: {
        compat: true,
        declared: {
          query: ['callback_url'],
          path: ['tenant'],
          header: ['X-Callback'],
          body: true,
        },
      },
      expect: {
        error: 'syntax',
      },
      basis: 'judgement',
      why: 'without $ it would be a path parameter of the receiver: say so',
    },
  ],
}
