// A private report site on Cloudflare Pages, printed by `quarterdeck host cloudflare`.
//
// 1. Save it as functions/_middleware.js beside site.toml: it stands before every file
//    of every deployment, previews and the pages.dev address among them. A _headers
//    file isn't needed, and has no effect on what a function answers.
//
// 2. In the project's settings, under Runtime, set "Fail open / closed" to closed. By
//    default Cloudflare serves the files WITHOUT this function once a free plan's
//    requests of the day are used up.
//
// 3. Make a hash for each person; the shell asks for `name:passphrase` and shows
//    nothing. Use generated passphrases: a short one can be guessed from its hash.
//
//      read -rs pair; printf '%s' "$pair" | sha256sum
//
// 4. Set two secrets, for production and for previews, each a list of such hashes with
//    spaces between: @LEADERSHIP@ and @BOARD@. While there is none, everybody is
//    turned away. To revoke somebody, remove the hash and deploy again.
//
//      wrangler pages secret put @LEADERSHIP@ --project-name REPLACE-ME
//
// 5. Deploy from the folder that holds functions/:
//    wrangler pages deploy @ROOT@ --project-name REPLACE-ME
//
// Leadership's names open everything. The board's open a memo's own folder below
// /board/, and nothing else: the index with every memo's link is leadership's.
//
// Where readers should sign in as themselves, put Cloudflare Access before it: one
// application over @DOMAIN@, REPLACE-ME.pages.dev and *.REPLACE-ME.pages.dev, whose
// policy allows leadership and the board. This function then still says what the board
// may open; an Access application for /board/* alone would show the board the index.

@GATE@

export const onRequest = (context) =>
  answer(context.request, () => context.next(), (name) => context.env[name]);
