const LEADERSHIP = "QUARTERDECK_LEADERSHIP";
const BOARD = "QUARTERDECK_BOARD";

/// What the board's names open: a memo's own folder and the files in it.
const MEMO_PATHS = /@MEMO_PATHS_JS@/;
const ASSET_PATHS = /@ASSET_PATHS_JS@/;
const HIDDEN_PATHS = /\/(\.|%2e)/i;

const HEADERS = {
  @HEADERS@
};
// A page states a policy of its own, and a browser keeps to both. A memo's style is
// within it, so its header can't forbid that.
const POLICY_SITE = "@POLICY_SITE@";
const POLICY_MEMO = "@POLICY_MEMO@";

/// Whether the request carries a name and password that open its path. `lists` are
/// SHA-256 hashes, so that a look at the settings tells no password.
async function admitted(request, path, environment) {
  const given = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(request.headers.get("Authorization") ?? "");
  if (!given) return false;
  let pair;
  try {
    pair = Uint8Array.from(atob(given[1]), (sign) => sign.charCodeAt(0));
  } catch {
    return false;
  }
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", pair));
  const hash = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const lists = MEMO_PATHS.test(path) ? [LEADERSHIP, BOARD] : [LEADERSHIP];
  return lists.some((list) => (environment(list) ?? "").split(/[\s,]+/).includes(hash));
}

/// The same answer with the headers of its path.
function dressed(response, path) {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value);
  headers.set("Content-Security-Policy", MEMO_PATHS.test(path) ? POLICY_MEMO : POLICY_SITE);
  const keep = ASSET_PATHS.test(path) && [200, 206, 304].includes(response.status);
  headers.set("Cache-Control", keep ? "@CACHE_ASSETS@" : "@CACHE_SITE@");
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

function refusal(status, text, headers = {}) {
  const type = { "Content-Type": "text/plain; charset=utf-8" };
  return new Response(text, { status, headers: { ...type, ...headers } });
}

/// Whoever gives no name is asked for one, whatever the path and whether or not there
/// is anything at it. `serve` gets the site's own answer.
async function answer(request, serve, environment) {
  const path = new URL(request.url).pathname;
  if (!(await admitted(request, path, environment))) {
    const asked = { "WWW-Authenticate": 'Basic realm="@REALM@", charset="UTF-8"' };
    return dressed(refusal(401, "401 Unauthorized\n", asked), path);
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    return dressed(refusal(405, "405 Method Not Allowed\n", { Allow: "GET, HEAD" }), path);
  }
  if (HIDDEN_PATHS.test(path)) return dressed(refusal(404, "404 Not Found\n"), path);
  return dressed(await serve(), path);
}
