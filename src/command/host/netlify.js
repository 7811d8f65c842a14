// A private report site on Netlify, printed by `quarterdeck host netlify`.
//
// 1. Save it as netlify/edge-functions/quarterdeck.js beside site.toml: it stands
//    before every file of every deploy, previews and the netlify.app address among
//    them. The free plan runs it. What the free plan hasn't got is Netlify's own
//    password protection, and `Basic-Auth` in a _headers file has no effect on it.
//
// 2. Make a hash for each person; the shell asks for `name:passphrase` and shows
//    nothing. Use generated passphrases: a short one can be guessed from its hash.
//
//      read -rs pair; printf '%s' "$pair" | sha256sum
//
// 3. Set two environment variables in the site's settings, each a list of such hashes
//    with spaces between: @LEADERSHIP@ and @BOARD@. While there is none, everybody
//    is turned away. To revoke somebody, remove the hash and deploy again.
//
// 4. Build in your own workflow and deploy the folder, not from Netlify's build:
//    netlify deploy --prod --no-build --dir @ROOT@
//
// Leadership's names open everything. The board's open a memo's own folder below
// /board/, and nothing else: the index with every memo's link is leadership's.

@GATE@

export default (request, context) =>
  answer(request, () => context.next(), (name) => Netlify.env.get(name));

// A fault of the function's own is an error page, never the site.
export const config = { path: "/*", onError: "fail" };
