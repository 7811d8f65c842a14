import cf from 'cloudfront';
import crypto from 'crypto';

// SHA-256 of `name:passphrase`, and `leadership` or `board`.
const people = cf.kvs();

// What the board's names open: a memo's own folder and the files in it.
const MEMO_PATHS = /@MEMO_PATHS_JS@/;
const HIDDEN_PATHS = /\/(\.|%2e)/i;

const HEADERS = {
  @HEADERS@
};

function refusal(statusCode, statusDescription, more) {
  return { statusCode, statusDescription, headers: Object.assign({}, HEADERS, more) };
}

// Whether the request carries a name and password that open its path.
async function admitted(request) {
  const header = request.headers.authorization;
  const given = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(header ? header.value : '');
  if (!given) return false;
  const pair = Buffer.from(given[1], 'base64');
  const hash = crypto.createHash('sha256').update(pair).digest('hex');
  let role;
  try {
    role = await people.get(hash);
  } catch (unknown) {
    return false;
  }
  return role === 'leadership' || (role === 'board' && MEMO_PATHS.test(request.uri));
}

// Whoever gives no name is asked for one, whatever the path and whether or not there
// is anything at it.
async function handler(event) {
  const request = event.request;
  if (!(await admitted(request))) {
    return refusal(401, 'Unauthorized', {
      'www-authenticate': { value: 'Basic realm="@REALM@", charset="UTF-8"' },
    });
  }
  if (HIDDEN_PATHS.test(request.uri)) return refusal(404, 'Not Found', {});
  // The bucket has no use for it, and takes it for a signature of its own.
  delete request.headers.authorization;
  // A bucket has no folders: a page is asked for by its file.
  if (request.uri.endsWith('/')) request.uri += 'index.html';
  return request;
}
