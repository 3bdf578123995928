<div class="answerable mx-auto" style="max-width: 40rem;">
  {{{ if saved }}}<div class="alert alert-success" role="status">Saved.</div>{{{ end }}}
  {{{ if undone }}}<div class="alert alert-warning" role="alert">This could not be done just now. What you said before still holds. Please try again in a few minutes.</div>{{{ end }}}
  {{{ if notAttached }}}<div class="alert alert-warning" role="alert">This account could not be attached just now. Please try again in a few minutes. If that does not help, ask the people who run this forum: its name may have to be kept under another one.</div>{{{ end }}}
  <h1 class="fw-semibold fs-3">{title}</h1>
  {{{ if answerable }}}
  {{{ if wishes }}}
  <form method="post" action="{config.relative_path}/answerable" class="mb-4">
    <input type="hidden" name="_csrf" value="{config.csrf_token}" />
    <fieldset class="mb-3">
      <legend class="fs-5">Only answerable accounts may…</legend>
      <div class="form-check"><input class="form-check-input" type="checkbox" id="wish-reply" name="reply" {{{ if wishes.reply }}}checked{{{ end }}} /><label class="form-check-label" for="wish-reply">reply to me</label></div>
      <div class="form-check"><input class="form-check-input" type="checkbox" id="wish-mention" name="mention" {{{ if wishes.mention }}}checked{{{ end }}} /><label class="form-check-label" for="wish-mention">mention me</label></div>
      <div class="form-check"><input class="form-check-input" type="checkbox" id="wish-message" name="message" {{{ if wishes.message }}}checked{{{ end }}} /><label class="form-check-label" for="wish-message">message me</label></div>
    </fieldset>
    <p>A person stands behind an answerable account, and can be held to what they do. You can say the same in your wallet; what you said last counts.</p>
    <button class="btn btn-primary" type="submit">Save</button>
  </form>
  {{{ else }}}
  <p>Your wishes cannot be shown just now. What you said holds.</p>
  {{{ end }}}
  <h2 class="fs-5 mt-4">Blocks and knocks</h2>
  <p>You block somebody on their profile here. Who knocks, and whom you blocked, is in your wallet alone: this forum does not see it.</p>
  {{{ if wallet }}}<p><a class="btn btn-outline-primary" href="{wallet}">Open your wallet</a></p>{{{ end }}}
  <p>If this forum asks you for your name, you add it in your wallet too.</p>
  {{{ else }}}
  <p>Some rooms here, and some members, ask for an account with a person behind it. Nobody here learns who you are. If somebody does grave harm, independent guardians decide in public whether it is opened.</p>
  <p><a class="btn btn-primary" href="{config.relative_path}{join}">Join with your wallet</a></p>
  {{{ if attach }}}
  <h2 class="fs-5 mt-4">Keep the account that you use now</h2>
  <p>It is from before this forum asked for this. You can attach it to your person: it keeps its name and all that you wrote, and from then on you come in with your wallet. Your wallet asks you first. What this forum knows of you already, it still knows.</p>
  <form method="post" action="{config.relative_path}/answerable-attach">
    <input type="hidden" name="_csrf" value="{config.csrf_token}" />
    <button class="btn btn-outline-primary" type="submit">Attach this account</button>
  </form>
  {{{ else }}}
  {{{ if loggedIn }}}<p>The account that you use now stays as it is.</p>{{{ end }}}
  {{{ end }}}
  {{{ end }}}
</div>
