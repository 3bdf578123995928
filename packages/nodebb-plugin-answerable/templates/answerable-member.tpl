<div class="answerable mx-auto" style="max-width: 40rem;">
  {{{ if block }}}<div class="alert alert-success" role="status">Blocked. It holds the person behind this account.</div>{{{ end }}}
  {{{ if unblock }}}<div class="alert alert-success" role="status">The block of this account is taken back.</div>{{{ end }}}
  {{{ if knock }}}<div class="alert alert-success" role="status">Now knock in your wallet: only you can. Choose the account that you use here.</div>{{{ end }}}
  {{{ if undone }}}<div class="alert alert-warning" role="alert">This could not be done just now. Please try again in a few minutes.</div>{{{ end }}}
  <h1 class="fw-semibold fs-3 text-break">You and {txEscape(username)}</h1>
  {{{ if answerable }}}
  <h2 class="fs-5 mt-4">You want to reach them</h2>
  <p>Some members are not reached without knocking. You knock in your wallet, and they decide. You are not told if they say no.</p>
  <form method="post" action="{config.relative_path}/answerable/{userslug}" class="mb-4">
    <input type="hidden" name="_csrf" value="{config.csrf_token}" />
    <div class="d-flex flex-wrap gap-2">
      <button class="btn btn-outline-primary" type="submit" name="say" value="knock">I want to knock</button>
      {{{ if knock }}}{{{ if wallet }}}<a class="btn btn-primary" href="{wallet}">Open your wallet</a>{{{ end }}}{{{ end }}}
    </div>
  </form>
  <h2 class="fs-5 mt-4">You want to be rid of them</h2>
  <p>A block holds the person: an account that they make later does not get through to you either. Nobody is told which accounts are theirs.</p>
  <p>It has a price. <strong>From your first block on, everybody who is new to you must knock</strong>, friends-to-be as well. What they wrote before stays: report it. Nobody is kept from reading what is public.</p>
  <form method="post" action="{config.relative_path}/answerable/{userslug}">
    <input type="hidden" name="_csrf" value="{config.csrf_token}" />
    <div class="d-flex flex-wrap gap-2">
      <button class="btn btn-danger" type="submit" name="say" value="block">Block this person</button>
      <button class="btn btn-outline-secondary" type="submit" name="say" value="unblock">Take a block back</button>
    </div>
  </form>
  {{{ else }}}
  <p>Nobody stands behind this account, so there is no person to hold. You can block the account itself, with NodeBB's own block on its profile; and you can say that <a class="text-decoration-underline" href="{config.relative_path}/answerable">only answerable accounts reach you</a>.</p>
  {{{ end }}}
</div>
